import type { Address } from "../memory/address.js";
import { family } from "./entry.js";
import type { Machine } from "./machine.js";

const zero = (m: Machine) => (destination: Address, length: number) => {
  m.memory.u8.fill(0, destination, destination + (length >>> 0));
};

const copy = (m: Machine) => (destination: Address, source: Address, length: number) => {
  m.memory.u8.copyWithin(destination, source, source + (length >>> 0));
};

function areEqual(m: Machine, a: Address, b: Address, length: number): number {
  const { u8 } = m.memory;
  for (let i = 0; i < length >>> 0; i++) if (u8[a + i] !== u8[b + i]) return 0;
  return 1;
}

/** NDIS's names for what the run-time library does with bytes. Nobody owns anything by them. */
export const MEMORY_BYTES = family(
  { family: "Memory", header: "ndis.h", platform: "Desktop", since: "NDIS 5.0" },
  {
    NdisZeroMemory: {
      c: "VOID NdisZeroMemory(PVOID Destination, ULONG Length)",
      macro: "NdisZeroMemory(Destination, Length) RtlZeroMemory(Destination, Length)",
      contract: ["F5-51"],
      page: "ndis/nf-ndis-ndiszeromemory",
      bind: zero,
    },
    NdisFillMemory: {
      c: "VOID NdisFillMemory(PVOID Destination, ULONG Length, UCHAR Fill)",
      macro: "NdisFillMemory(Destination, Length, Fill) RtlFillMemory(Destination, Length, Fill)",
      contract: ["F5-52"],
      page: "ndis/nf-ndis-ndisfillmemory",
      bind: (m) => (destination: Address, length: number, fill: number) => {
        m.memory.u8.fill(fill & 0xff, destination, destination + (length >>> 0));
      },
    },
    NdisMoveMemory: {
      c: "VOID NdisMoveMemory(PVOID Destination, PVOID Source, ULONG Length)",
      // Ranges that overlap are the function's, where the verifier sees them: no other copy leaves the driver.
      macro:
        "NdisMoveMemory(Destination, Source, Length) ndislab_copy_apart(NdisMoveMemory, Destination, Source, Length)",
      exported: true,
      contract: ["F5-53"],
      page: "ndis/nf-ndis-ndismovememory",
      bind: copy,
    },
    NdisEqualMemory: {
      c: "ULONG NdisEqualMemory(CONST VOID *Source1, CONST VOID *Source2, ULONG Length)",
      macro: "NdisEqualMemory(Source1, Source2, Length) RtlEqualMemory(Source1, Source2, Length)",
      contract: ["F5-54"],
      page: "ndis/nf-ndis-ndisequalmemory",
      bind: (m) => (a: Address, b: Address, length: number) => areEqual(m, a, b, length),
    },
    NdisRetrieveUlong: {
      c: "VOID NdisRetrieveUlong(PULONG Destination, PULONG Source)",
      macro: "NdisRetrieveUlong(Destination, Source) RtlRetrieveUlong(Destination, Source)",
      contract: ["F5-55"],
      page: "ndis/nf-ndis-ndisretrieveulong",
      bind: (m) => (destination: Address, source: Address) =>
        m.memory.writeUlong(destination, m.memory.readUlong(source)),
    },
    NdisStoreUlong: {
      c: "VOID NdisStoreUlong(PULONG Destination, ULONG Value)",
      macro: "NdisStoreUlong(Destination, Value) RtlStoreUlong(Destination, Value)",
      contract: ["F5-56"],
      page: "ndis/nf-ndis-ndisstoreulong",
      bind: (m) => (destination: Address, value: number) => m.memory.writeUlong(destination, value),
    },
    NdisMoveMappedMemory: {
      c: "VOID NdisMoveMappedMemory(PVOID Destination, PVOID Source, ULONG Length)",
      macro: "NdisMoveMappedMemory(Destination, Source, Length) RtlCopyMemory(Destination, Source, Length)",
      page: "ndis/nf-ndis-ndiszeromappedmemory",
      bind: copy,
    },
    NdisMoveToMappedMemory: {
      c: "VOID NdisMoveToMappedMemory(PVOID Destination, PVOID Source, ULONG Length)",
      macro: "NdisMoveToMappedMemory(Destination, Source, Length) NdisMoveMappedMemory(Destination, Source, Length)",
      page: "ndis/nf-ndis-ndiszeromappedmemory",
      bind: copy,
    },
    NdisMoveFromMappedMemory: {
      c: "VOID NdisMoveFromMappedMemory(PVOID Destination, PVOID Source, ULONG Length)",
      macro: "NdisMoveFromMappedMemory(Destination, Source, Length) NdisMoveMappedMemory(Destination, Source, Length)",
      page: "ndis/nf-ndis-ndiszeromappedmemory",
      bind: copy,
    },
    NdisZeroMappedMemory: {
      c: "VOID NdisZeroMappedMemory(PVOID Destination, ULONG Length)",
      macro: "NdisZeroMappedMemory(Destination, Length) RtlZeroMemory(Destination, Length)",
      page: "ndis/nf-ndis-ndiszeromappedmemory",
      platform: "Universal",
      bind: zero,
    },
  },
);

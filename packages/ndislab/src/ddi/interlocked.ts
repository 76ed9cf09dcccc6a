import type { Address } from "../memory/address.js";
import type { Memory } from "../memory/memory.js";
import { family } from "./entry.js";
import type { Machine } from "./machine.js";

/** Adds to a word, wrapping around: what it was before. Atomic where there are other processors. */
function add({ u32, shared }: Memory, at: number, increment: number): number {
  if (shared) return Atomics.add(u32, at, increment);
  const before = u32[at];
  u32[at] = before + increment;
  return before;
}

/** Adds to a LONG; the sum as a signed number. */
const addLong = (m: Machine, addend: Address, increment: number): number =>
  (add(m.memory, addend >>> 2, increment) + increment) | 0;

/** Adds 32 bits to 64: none is lost, though another processor may see the lower half before the upper one. */
function addLarge(m: Machine, addend: Address, increment: number): void {
  const at = addend >>> 2;
  const low = add(m.memory, at, increment >>> 0) + (increment >>> 0);
  if (low > 0xffff_ffff) add(m.memory, at + 1, 1);
}

/** Counters that several processors may touch. */
export const INTERLOCKED = family(
  { family: "Interlocked operations", header: "ndis.h", platform: "Universal", since: "NDIS 5.0" },
  {
    NdisInterlockedIncrement: {
      c: "LONG NdisInterlockedIncrement(PLONG Addend)",
      macro: "NdisInterlockedIncrement(Addend) InterlockedIncrement(Addend)",
      page: "ndis/nf-ndis-ndisinterlockedincrement",
      bind: (m) => (addend: Address) => addLong(m, addend, 1),
    },
    NdisInterlockedDecrement: {
      c: "LONG NdisInterlockedDecrement(PLONG Addend)",
      macro: "NdisInterlockedDecrement(Addend) InterlockedDecrement(Addend)",
      page: "ndis/nf-ndis-ndisinterlockeddecrement",
      bind: (m) => (addend: Address) => addLong(m, addend, -1),
    },
    NdisInterlockedAddUlong: {
      c: "ULONG NdisInterlockedAddUlong(PULONG _Addend, ULONG _Increment, PNDIS_SPIN_LOCK _SpinLock)",
      macro:
        "NdisInterlockedAddUlong(_Addend, _Increment, _SpinLock) ExInterlockedAddUlong(_Addend, _Increment, &(_SpinLock)->SpinLock)",
      page: "ndis/nf-ndis-ndisinterlockedaddulong",
      bind: (m) => (addend: Address, increment: number, lock: Address) => m.lists.addUlong(addend, increment, lock),
    },
    NdisInterlockedAddLargeStatistic: {
      c: "VOID NdisInterlockedAddLargeStatistic(PLARGE_INTEGER _Addend, ULONG _Increment)",
      macro:
        "NdisInterlockedAddLargeStatistic(_Addend, _Increment) ExInterlockedAddLargeStatistic((PLARGE_INTEGER)(_Addend), _Increment)",
      platform: "Desktop",
      page: "ndis/nf-ndis-ndisinterlockedaddlargestatistic",
      bind: (m) => (addend: Address, increment: number) => addLarge(m, addend, increment),
    },
    ExInterlockedAddUlong: {
      c: "ULONG ExInterlockedAddUlong(PULONG Addend, ULONG Increment, PKSPIN_LOCK Lock)",
      header: "wdm.h",
      library: "ntoskrnl.lib",
      since: "Windows 2000",
      page: "wdm/nf-wdm-exinterlockedaddulong",
      bind: (m) => (addend: Address, increment: number, lock: Address) => m.lists.addUlong(addend, increment, lock),
    },
    ExInterlockedAddLargeStatistic: {
      c: "VOID ExInterlockedAddLargeStatistic(PLARGE_INTEGER Addend, ULONG Increment)",
      macro:
        "ExInterlockedAddLargeStatistic(Addend, Increment) ((VOID)InterlockedAdd64(&(Addend)->QuadPart, (ULONG)(Increment)))",
      header: "wdm.h",
      since: "Windows 2000",
      page: "wdm/nf-wdm-exinterlockedaddlargestatistic",
      bind: (m) => (addend: Address, increment: number) => addLarge(m, addend, increment),
    },
  },
);

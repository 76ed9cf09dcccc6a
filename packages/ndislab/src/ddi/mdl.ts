import { MDL } from "../layout/mdl.js";
import { IRQL } from "../layout/spin-lock.js";
import { mdlByteCount, mdlByteOffset, mdlSpanPages } from "../mdl/mdl.js";
import type { Address, Handle } from "../memory/address.js";
import { accessor } from "./accessor.js";
import { family } from "./entry.js";

const BYTE_COUNT = MDL.offset.ByteCount >>> 2;

/** MDLs as NDIS 6 has them. The same structure is NDIS_BUFFER in NDIS 5. */
export const MDLS = family(
  {
    family: "MDLs",
    header: "ndis.h",
    library: "ndis.lib",
    platform: "Universal",
    since: "NDIS 6.0",
    irql: IRQL.DISPATCH_LEVEL,
    irqlRule: "NB-IRQL",
  },
  {
    NdisAllocateMdl: {
      c: "PMDL NdisAllocateMdl(NDIS_HANDLE NdisHandle, PVOID VirtualAddress, UINT Length)",
      contract: ["F6-18"],
      page: "mdlapi/nf-mdlapi-ndisallocatemdl",
      compliance: ["Irql_NetBuffer_Function", "NdisAllocateMdl"],
      bind: (m) => (_handle: Handle, address: Address, length: number) =>
        m.mdls.allocate(m.mdlPool, address, length >>> 0),
    },
    NdisFreeMdl: {
      c: "VOID NdisFreeMdl(PMDL Mdl)",
      contract: ["F6-19"],
      page: "mdlapi/nf-mdlapi-ndisfreemdl",
      compliance: ["Irql_NetBuffer_Function", "NdisAllocateMdl"],
      bind: (m) => (mdl: Address) => {
        m.mdls.free(mdl);
      },
    },
    NdisAdjustMdlLength: {
      c: "VOID NdisAdjustMdlLength(PMDL Mdl, UINT Length)",
      contract: ["F6-20"],
      page: "ndis/nf-ndis-ndisadjustmdllength",
      irql: IRQL.HIGH_LEVEL,
      bind: (m) => (mdl: Address, length: number) => {
        m.memory.u32[(mdl >>> 2) + BYTE_COUNT] = length;
      },
    },
    NdisQueryMdl: {
      c: "VOID NdisQueryMdl(PMDL _Mdl, PVOID *_Va OPTIONAL, PUINT _Length, ULONG _Priority)",
      macro:
        "NdisQueryMdl(_Mdl, _Va, _Length, _Priority) do { if ((_Va) != NULL) *(PVOID *)(_Va) = MmGetSystemAddressForMdlSafe(_Mdl, _Priority); *(_Length) = (_Mdl)->ByteCount; } while (0)",
      contract: ["M6-01"],
      page: "/windows-hardware/drivers/network/ndisquerymdl",
      compliance: ["Irql_NetBuffer_Function"],
      bind: (m) => (mdl: Address, address: Address, length: Address, _priority: number) => {
        if (address !== 0) m.memory.u32[address >>> 2] = m.mappings.map(mdl);
        m.memory.u32[length >>> 2] = mdlByteCount(m.memory, mdl);
      },
    },
    NdisQueryMdlOffset: {
      c: "VOID NdisQueryMdlOffset(PMDL _Mdl, PUINT _Offset, PUINT _Length)",
      macro:
        "NdisQueryMdlOffset(_Mdl, _Offset, _Length) do { *(_Offset) = (_Mdl)->ByteOffset; *(_Length) = (_Mdl)->ByteCount; } while (0)",
      contract: ["M6-02"],
      page: "/windows-hardware/drivers/network/ndisquerymdloffset",
      compliance: ["Irql_NetBuffer_Function"],
      bind: (m) => (mdl: Address, offset: Address, length: Address) => {
        m.memory.u32[offset >>> 2] = mdlByteOffset(m.memory, mdl);
        m.memory.u32[length >>> 2] = mdlByteCount(m.memory, mdl);
      },
    },
    NdisGetNextMdl: {
      c: "VOID NdisGetNextMdl(PMDL _CurrentMdl, PMDL *_NextMdl)",
      macro: "NdisGetNextMdl(_CurrentMdl, _NextMdl) do { *(_NextMdl) = (_CurrentMdl)->Next; } while (0)",
      contract: ["M6-03"],
      page: "/windows-hardware/drivers/network/ndisgetnextmdl",
      irql: IRQL.HIGH_LEVEL,
      bind: (m) => (mdl: Address, next: Address) => {
        m.memory.u32[next >>> 2] = m.memory.u32[mdl >>> 2];
      },
    },
    NdisGetMdlPhysicalArraySize: {
      c: "VOID NdisGetMdlPhysicalArraySize(PMDL _Mdl, PUINT _ArraySize)",
      macro: "NdisGetMdlPhysicalArraySize(_Mdl, _ArraySize) (*(_ArraySize) = NDIS_MDL_TO_SPAN_PAGES(_Mdl))",
      contract: ["M6-04"],
      page: "/windows-hardware/drivers/network/ndisgetmdlphysicalarraysize",
      compliance: ["Irql_NetBuffer_Function"],
      bind: (m) => (mdl: Address, size: Address) => {
        m.memory.u32[size >>> 2] = mdlSpanPages(m.memory, mdl);
      },
    },
    NDIS_MDL_LINKAGE: {
      c: "PMDL NDIS_MDL_LINKAGE(PMDL _Mdl)",
      macro: "NDIS_MDL_LINKAGE(_Mdl) ((_Mdl)->Next)",
      contract: ["M6-06"],
      page: "/windows-hardware/drivers/network/ndis-mdl-linkage",
      irql: IRQL.HIGH_LEVEL,
      bind: accessor(MDL, "Next"),
    },
    NDIS_MDL_TO_SPAN_PAGES: {
      c: "ULONG NDIS_MDL_TO_SPAN_PAGES(PMDL _Mdl)",
      macro:
        "NDIS_MDL_TO_SPAN_PAGES(_Mdl) ((_Mdl)->ByteCount == 0 ? 1 : ADDRESS_AND_SIZE_TO_SPAN_PAGES((_Mdl)->ByteOffset, (_Mdl)->ByteCount))",
      contract: ["M6-05"],
      page: "/windows-hardware/drivers/network/ndis-mdl-to-span-pages",
      irql: IRQL.HIGH_LEVEL,
      bind: (m) => (mdl: Address) => mdlSpanPages(m.memory, mdl),
    },
  },
);

import { MDL, MDL_FLAGS } from "../layout/mdl.js";
import { IRQL } from "../layout/spin-lock.js";
import { buildMdl, mdlAddress, mdlByteCount, mdlByteOffset, mdlSize, mdlSpanPages } from "../mdl/mdl.js";
import type { Address, Handle } from "../memory/address.js";
import { poolTag } from "../memory/tag.js";
import { accessor } from "./accessor.js";
import { family } from "./entry.js";

const IO_TAG = poolTag("Mdl ");
const BYTE_COUNT = MDL.offset.ByteCount >>> 2;

/** MDLs of NDIS 6 and of the I/O and memory managers beneath. */
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
      page: "ndis/nf-ndis-ndisallocatemdl",
      compliance: ["Irql_NetBuffer_Function", "NdisAllocateMdl"],
      bind: (m) => (_handle: Handle, address: Address, length: number) =>
        m.mdls.allocate(m.mdlPool, address, length >>> 0),
    },
    NdisFreeMdl: {
      c: "VOID NdisFreeMdl(PMDL Mdl)",
      page: "ndis/nf-ndis-ndisfreemdl",
      compliance: ["Irql_NetBuffer_Function", "NdisAllocateMdl"],
      bind: (m) => (mdl: Address) => {
        m.mdls.free(mdl);
      },
    },
    NdisAdjustMdlLength: {
      c: "VOID NdisAdjustMdlLength(PMDL Mdl, UINT Length)",
      page: "ndis/nf-ndis-ndisadjustmdllength",
      irql: IRQL.HIGH_LEVEL,
      bind: (m) => (mdl: Address, length: number) => {
        m.memory.u32[(mdl >>> 2) + BYTE_COUNT] = length;
      },
    },
    NdisQueryMdl: {
      macro:
        "NdisQueryMdl(_Mdl, _Va, _Length, _Priority) do { if ((_Va) != NULL) *(PVOID *)(_Va) = MmGetSystemAddressForMdlSafe(_Mdl, _Priority); *(_Length) = (_Mdl)->ByteCount; } while (0)",
      page: "ndis/nf-ndis-ndisquerymdl",
      compliance: ["Irql_NetBuffer_Function"],
      bind: (m) => (mdl: Address, address: Address, length: Address, _priority: number) => {
        if (address !== 0) m.memory.u32[address >>> 2] = mdlAddress(m.memory, mdl);
        m.memory.u32[length >>> 2] = mdlByteCount(m.memory, mdl);
      },
    },
    NdisQueryMdlOffset: {
      macro:
        "NdisQueryMdlOffset(_Mdl, _Offset, _Length) do { *(_Offset) = (_Mdl)->ByteOffset; *(_Length) = (_Mdl)->ByteCount; } while (0)",
      page: "ndis/nf-ndis-ndisquerymdloffset",
      compliance: ["Irql_NetBuffer_Function"],
      bind: (m) => (mdl: Address, offset: Address, length: Address) => {
        m.memory.u32[offset >>> 2] = mdlByteOffset(m.memory, mdl);
        m.memory.u32[length >>> 2] = mdlByteCount(m.memory, mdl);
      },
    },
    NdisGetNextMdl: {
      macro: "NdisGetNextMdl(_CurrentMdl, _NextMdl) do { *(_NextMdl) = (_CurrentMdl)->Next; } while (0)",
      page: "ndis/nf-ndis-ndisgetnextmdl",
      irql: IRQL.HIGH_LEVEL,
      bind: (m) => (mdl: Address, next: Address) => {
        m.memory.u32[next >>> 2] = m.memory.u32[mdl >>> 2];
      },
    },
    NDIS_MDL_LINKAGE: {
      macro: "NDIS_MDL_LINKAGE(_Mdl) ((_Mdl)->Next)",
      page: "ndis/nf-ndis-ndis_mdl_linkage",
      irql: IRQL.HIGH_LEVEL,
      bind: accessor(MDL, "Next"),
    },
    NDIS_MDL_TO_SPAN_PAGES: {
      macro:
        "NDIS_MDL_TO_SPAN_PAGES(_Mdl) ((_Mdl)->ByteCount == 0 ? 1 : ADDRESS_AND_SIZE_TO_SPAN_PAGES((_Mdl)->ByteOffset, (_Mdl)->ByteCount))",
      page: "ndis/nf-ndis-ndis_mdl_to_span_pages",
      irql: IRQL.HIGH_LEVEL,
      bind: (m) => (mdl: Address) => mdlSpanPages(m.memory, mdl),
    },
    IoAllocateMdl: {
      c: "PMDL IoAllocateMdl(PVOID VirtualAddress OPTIONAL, ULONG Length, BOOLEAN SecondaryBuffer, BOOLEAN ChargeQuota, PIRP Irp OPTIONAL)",
      header: "wdm.h",
      library: "ntoskrnl.lib",
      since: "Windows 2000",
      irqlRule: "MEM-IRQL",
      page: "wdm/nf-wdm-ioallocatemdl",
      bind: (m) => (address: Address, length: number, _secondary: number, _quota: number, _irp: Address) =>
        m.mdls.allocateIo(address, length >>> 0, IO_TAG),
    },
    IoFreeMdl: {
      c: "VOID IoFreeMdl(PMDL Mdl)",
      header: "wdm.h",
      library: "ntoskrnl.lib",
      since: "Windows 2000",
      irqlRule: "MEM-IRQL",
      page: "wdm/nf-wdm-iofreemdl",
      bind: (m) => (mdl: Address) => {
        m.mdls.free(mdl);
      },
    },
    MmBuildMdlForNonPagedPool: {
      c: "VOID MmBuildMdlForNonPagedPool(PMDL MemoryDescriptorList)",
      header: "wdm.h",
      library: "ntoskrnl.lib",
      since: "Windows 2000",
      irqlRule: "MEM-IRQL",
      page: "wdm/nf-wdm-mmbuildmdlfornonpagedpool",
      bind: (m) => (mdl: Address) => {
        const { u32 } = m.memory;
        const next = u32[mdl >>> 2];
        const at = (mdl + MDL.offset.StartVa) >>> 2;
        buildMdl(m.memory, mdl, u32[at] + mdlByteOffset(m.memory, mdl), mdlByteCount(m.memory, mdl));
        u32[mdl >>> 2] = next;
      },
    },
    MmGetSystemAddressForMdlSafe: {
      macro:
        "MmGetSystemAddressForMdlSafe(_Mdl, _Priority) (((_Mdl)->MdlFlags & (MDL_MAPPED_TO_SYSTEM_VA | MDL_SOURCE_IS_NONPAGED_POOL)) ? (_Mdl)->MappedSystemVa : NULL)",
      header: "wdm.h",
      library: "ntoskrnl.lib",
      since: "Windows 2000",
      page: "wdm/nf-wdm-mmgetsystemaddressformdlsafe",
      bind: (m) => (mdl: Address, _priority: number) => {
        const flags = m.memory.u16[(mdl + MDL.offset.MdlFlags) >>> 1];
        const mapped = flags & (MDL_FLAGS.MDL_MAPPED_TO_SYSTEM_VA | MDL_FLAGS.MDL_SOURCE_IS_NONPAGED_POOL);
        return mapped === 0 ? 0 : mdlAddress(m.memory, mdl);
      },
    },
    MmGetMdlVirtualAddress: {
      macro: "MmGetMdlVirtualAddress(_Mdl) ((PVOID)((PUCHAR)(_Mdl)->StartVa + (_Mdl)->ByteOffset))",
      header: "wdm.h",
      since: "Windows 2000",
      irql: IRQL.HIGH_LEVEL,
      page: "wdm/nf-wdm-mmgetmdlvirtualaddress",
      bind: (m) => (mdl: Address) => m.memory.u32[(mdl + MDL.offset.StartVa) >>> 2] + mdlByteOffset(m.memory, mdl),
    },
    MmGetMdlByteCount: {
      macro: "MmGetMdlByteCount(_Mdl) ((_Mdl)->ByteCount)",
      header: "wdm.h",
      since: "Windows 2000",
      irql: IRQL.HIGH_LEVEL,
      page: "wdm/nf-wdm-mmgetmdlbytecount",
      bind: (m) => (mdl: Address) => mdlByteCount(m.memory, mdl),
    },
    MmGetMdlByteOffset: {
      macro: "MmGetMdlByteOffset(_Mdl) ((_Mdl)->ByteOffset)",
      header: "wdm.h",
      since: "Windows 2000",
      irql: IRQL.HIGH_LEVEL,
      page: "wdm/nf-wdm-mmgetmdlbyteoffset",
      bind: (m) => (mdl: Address) => mdlByteOffset(m.memory, mdl),
    },
    MmSizeOfMdl: {
      c: "SIZE_T MmSizeOfMdl(PVOID Base, SIZE_T Length)",
      header: "wdm.h",
      library: "ntoskrnl.lib",
      since: "Windows 2000",
      irql: IRQL.HIGH_LEVEL,
      page: "wdm/nf-wdm-mmsizeofmdl",
      bind: () => (address: Address, length: number) => mdlSize(address, length >>> 0),
    },
  },
);

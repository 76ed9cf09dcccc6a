import { MDL, PAGE, PAGE_FRAME_SIZE } from "../layout/mdl.js";
import { IRQL } from "../layout/spin-lock.js";
import { buildForNonpagedPool } from "../mdl/locked-pages.js";
import { initializeMdl, mdlVirtualAddress, spanPages } from "../mdl/mdl.js";
import { buildPartialMdl } from "../mdl/partial-mdl.js";
import type { Address } from "../memory/address.js";
import { poolTag } from "../memory/tag.js";
import { getter } from "./accessor.js";
import { family } from "./entry.js";

const IO_TAG = poolTag("Mdl ");

/** MDLs as the I/O manager and the memory manager have them. What they describe is locked or mapped by others. */
export const IO_MDLS = family(
  {
    family: "MDLs of the kernel",
    header: "wdm.h",
    library: "ntoskrnl.lib",
    platform: "Universal",
    since: "Windows 2000",
    irql: IRQL.DISPATCH_LEVEL,
    irqlRule: "MEM-IRQL",
  },
  {
    IoAllocateMdl: {
      c: "PMDL IoAllocateMdl(PVOID VirtualAddress OPTIONAL, ULONG Length, BOOLEAN SecondaryBuffer, BOOLEAN ChargeQuota, PIRP Irp OPTIONAL)",
      contract: ["F5-67"],
      page: "wdm/nf-wdm-ioallocatemdl",
      bind: (m) => (address: Address, length: number, secondary: number, _quota: number, irp: Address) => {
        const mdl = m.mdls.allocateIo(address, length >>> 0, IO_TAG);
        if (mdl !== 0 && irp !== 0) m.mdls.attach(mdl, irp, secondary !== 0);
        return mdl;
      },
    },
    IoFreeMdl: {
      c: "VOID IoFreeMdl(PMDL Mdl)",
      contract: ["F5-68"],
      page: "wdm/nf-wdm-iofreemdl",
      bind: (m) => (mdl: Address) => {
        m.mdls.free(mdl);
      },
    },
    MmBuildMdlForNonPagedPool: {
      c: "VOID MmBuildMdlForNonPagedPool(PMDL MemoryDescriptorList)",
      contract: ["F5-69"],
      page: "wdm/nf-wdm-mmbuildmdlfornonpagedpool",
      bind: (m) => (mdl: Address) => buildForNonpagedPool(m.memory, mdl),
    },
    IoBuildPartialMdl: {
      c: "VOID IoBuildPartialMdl(PMDL SourceMdl, PMDL TargetMdl, PVOID VirtualAddress, ULONG Length)",
      contract: ["F5-70"],
      page: "wdm/nf-wdm-iobuildpartialmdl",
      bind: (m) => (source: Address, target: Address, address: Address, length: number) =>
        buildPartialMdl(m.memory, source, target, address, length >>> 0),
    },
    MmInitializeMdl: {
      c: "VOID MmInitializeMdl(PMDL _Mdl, PVOID _BaseVa, SIZE_T _Length)",
      macro:
        "MmInitializeMdl(_Mdl, _BaseVa, _Length) do { (_Mdl)->Next = NULL; (_Mdl)->Size = (CSHORT)MmSizeOfMdl(_BaseVa, _Length); (_Mdl)->MdlFlags = 0; (_Mdl)->StartVa = PAGE_ALIGN(_BaseVa); (_Mdl)->ByteOffset = BYTE_OFFSET(_BaseVa); (_Mdl)->ByteCount = (ULONG)(_Length); } while (0)",
      page: "wdm/nf-wdm-mminitializemdl",
      bind: (m) => (mdl: Address, address: Address, length: number) =>
        initializeMdl(m.memory, mdl, address, length >>> 0),
    },
    MmSizeOfMdl: {
      c: "SIZE_T MmSizeOfMdl(PVOID Base, SIZE_T Length)",
      contract: ["F5-74"],
      irql: IRQL.HIGH_LEVEL,
      page: "wdm/nf-wdm-mmsizeofmdl",
      bind: () => (address: Address, length: number) => MDL.size + PAGE_FRAME_SIZE * spanPages(address, length >>> 0),
    },
    MmGetMdlVirtualAddress: {
      c: "PVOID MmGetMdlVirtualAddress(PMDL _Mdl)",
      macro: "MmGetMdlVirtualAddress(_Mdl) ((PVOID)((PUCHAR)(_Mdl)->StartVa + (_Mdl)->ByteOffset))",
      contract: ["F5-72"],
      irql: IRQL.HIGH_LEVEL,
      page: "wdm/nf-wdm-mmgetmdlvirtualaddress",
      bind: (m) => (mdl: Address) => mdlVirtualAddress(m.memory, mdl),
    },
    MmGetMdlBaseVa: {
      c: "PVOID MmGetMdlBaseVa(PMDL _Mdl)",
      macro: "MmGetMdlBaseVa(_Mdl) ((_Mdl)->StartVa)",
      irql: IRQL.HIGH_LEVEL,
      page: "wdm/ns-wdm-_mdl",
      bind: (m) => (mdl: Address) => (mdlVirtualAddress(m.memory, mdl) & -PAGE.PAGE_SIZE) >>> 0,
    },
    MmGetMdlByteCount: {
      c: "ULONG MmGetMdlByteCount(PMDL _Mdl)",
      macro: "MmGetMdlByteCount(_Mdl) ((_Mdl)->ByteCount)",
      contract: ["F5-73"],
      irql: IRQL.HIGH_LEVEL,
      page: "wdm/nf-wdm-mmgetmdlbytecount",
      bind: getter(MDL, "ByteCount"),
    },
    MmGetMdlByteOffset: {
      c: "ULONG MmGetMdlByteOffset(PMDL _Mdl)",
      macro: "MmGetMdlByteOffset(_Mdl) ((_Mdl)->ByteOffset)",
      contract: ["F5-73"],
      irql: IRQL.HIGH_LEVEL,
      page: "wdm/nf-wdm-mmgetmdlbyteoffset",
      bind: getter(MDL, "ByteOffset"),
    },
    MmGetMdlPfnArray: {
      c: "PPFN_NUMBER MmGetMdlPfnArray(PMDL _Mdl)",
      macro: "MmGetMdlPfnArray(_Mdl) ((PPFN_NUMBER)((PMDL)(_Mdl) + 1))",
      irql: IRQL.HIGH_LEVEL,
      page: "wdm/nf-wdm-mmgetmdlpfnarray",
      bind: () => (mdl: Address) => mdl + MDL.size,
    },
    ADDRESS_AND_SIZE_TO_SPAN_PAGES: {
      c: "ULONG ADDRESS_AND_SIZE_TO_SPAN_PAGES(PVOID _Va, SIZE_T _Size)",
      macro:
        "ADDRESS_AND_SIZE_TO_SPAN_PAGES(_Va, _Size) ((ULONG)(((ULONGLONG)BYTE_OFFSET(_Va) + (SIZE_T)(_Size) + PAGE_SIZE - 1) >> PAGE_SHIFT))",
      irql: IRQL.HIGH_LEVEL,
      page: "wdm/nf-wdm-address_and_size_to_span_pages",
      bind: () => (address: Address, length: number) => spanPages(address, length >>> 0),
    },
  },
);

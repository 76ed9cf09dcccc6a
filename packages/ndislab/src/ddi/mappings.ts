import { unicodeText } from "../kernel/unicode-string.js";
import { MDL_FLAGS } from "../layout/mdl.js";
import { LOCK_OPERATION } from "../layout/memory-manager.js";
import { IRQL } from "../layout/spin-lock.js";
import { lockPages, unlockPages } from "../mdl/locked-pages.js";
import { mdlFlags } from "../mdl/mdl.js";
import type { Address } from "../memory/address.js";
import { family } from "./entry.js";

/** Pages of MDLs: locked so that they stay, mapped so that they have a system address. */
export const MAPPINGS = family(
  {
    family: "Locked pages and mappings",
    header: "wdm.h",
    library: "ntoskrnl.lib",
    platform: "Universal",
    since: "Windows 2000",
    irql: IRQL.DISPATCH_LEVEL,
    irqlRule: "MEM-IRQL",
  },
  {
    MmProbeAndLockPages: {
      c: "VOID MmProbeAndLockPages(PMDL MemoryDescriptorList, KPROCESSOR_MODE AccessMode, LOCK_OPERATION Operation)",
      page: "wdm/nf-wdm-mmprobeandlockpages",
      bind: (m) => (mdl: Address, _mode: number, operation: number) =>
        lockPages(m.memory, mdl, operation !== LOCK_OPERATION.values.IoReadAccess),
    },
    MmUnlockPages: {
      c: "VOID MmUnlockPages(PMDL MemoryDescriptorList)",
      page: "wdm/nf-wdm-mmunlockpages",
      bind: (m) => (mdl: Address) => unlockPages(m.memory, m.mappings, mdl),
    },
    MmGetSystemAddressForMdlSafe: {
      c: "PVOID MmGetSystemAddressForMdlSafe(PMDL _Mdl, ULONG _Priority)",
      macro:
        "MmGetSystemAddressForMdlSafe(_Mdl, _Priority) (((_Mdl)->MdlFlags & (MDL_MAPPED_TO_SYSTEM_VA | MDL_SOURCE_IS_NONPAGED_POOL)) ? (_Mdl)->MappedSystemVa : MmMapLockedPagesSpecifyCache(_Mdl, KernelMode, MmCached, NULL, FALSE, _Priority))",
      contract: ["F5-71"],
      page: "wdm/nf-wdm-mmgetsystemaddressformdlsafe",
      bind: (m) => (mdl: Address, _priority: number) => m.mappings.map(mdl),
    },
    MmGetSystemAddressForMdl: {
      c: "PVOID MmGetSystemAddressForMdl(PMDL _Mdl)",
      macro:
        "MmGetSystemAddressForMdl(_Mdl) (((_Mdl)->MdlFlags & (MDL_MAPPED_TO_SYSTEM_VA | MDL_SOURCE_IS_NONPAGED_POOL)) ? (_Mdl)->MappedSystemVa : MmMapLockedPages(_Mdl, KernelMode))",
      deprecated: true,
      successor: "MmGetSystemAddressForMdlSafe",
      page: "wdm/nf-wdm-mmgetsystemaddressformdl",
      bind: (m) => (mdl: Address) => m.mappings.mapOrBugCheck(mdl),
    },
    MmMapLockedPagesSpecifyCache: {
      c: "PVOID MmMapLockedPagesSpecifyCache(PMDL MemoryDescriptorList, KPROCESSOR_MODE AccessMode, MEMORY_CACHING_TYPE CacheType, PVOID RequestedAddress OPTIONAL, ULONG BugCheckOnFailure, ULONG Priority)",
      page: "wdm/nf-wdm-mmmaplockedpagesspecifycache",
      bind:
        (m) =>
        (
          mdl: Address,
          _mode: number,
          _cache: number,
          _requested: Address,
          bugCheckOnFailure: number,
          _priority: number,
        ) =>
          bugCheckOnFailure === 0 ? m.mappings.map(mdl) : m.mappings.mapOrBugCheck(mdl),
    },
    MmMapLockedPages: {
      c: "PVOID MmMapLockedPages(PMDL MemoryDescriptorList, KPROCESSOR_MODE AccessMode)",
      deprecated: true,
      successor: "MmMapLockedPagesSpecifyCache",
      page: "wdm/nf-wdm-mmmaplockedpages",
      bind: (m) => (mdl: Address, _mode: number) => m.mappings.mapOrBugCheck(mdl),
    },
    MmUnmapLockedPages: {
      c: "VOID MmUnmapLockedPages(PVOID BaseAddress, PMDL MemoryDescriptorList)",
      page: "wdm/nf-wdm-mmunmaplockedpages",
      bind: (m) => (_address: Address, mdl: Address) => m.mappings.unmap(mdl),
    },
    MmPrepareMdlForReuse: {
      c: "VOID MmPrepareMdlForReuse(PMDL _Mdl)",
      macro:
        "MmPrepareMdlForReuse(_Mdl) do { if (((_Mdl)->MdlFlags & MDL_PARTIAL_HAS_BEEN_MAPPED) != 0) MmUnmapLockedPages((_Mdl)->MappedSystemVa, _Mdl); } while (0)",
      page: "wdm/nf-wdm-mmpreparemdlforreuse",
      bind: (m) => (mdl: Address) => {
        if ((mdlFlags(m.memory, mdl) & MDL_FLAGS.MDL_PARTIAL_HAS_BEEN_MAPPED) !== 0) m.mappings.unmap(mdl);
      },
    },
    MmAllocateMappingAddress: {
      c: "PVOID MmAllocateMappingAddress(SIZE_T NumberOfBytes, ULONG PoolTag)",
      since: "Windows XP",
      irql: IRQL.APC_LEVEL,
      page: "wdm/nf-wdm-mmallocatemappingaddress",
      bind: (m) => (bytes: number, tag: number) => m.reservedMappings.reserve(bytes >>> 0, tag >>> 0),
    },
    MmFreeMappingAddress: {
      c: "VOID MmFreeMappingAddress(PVOID BaseAddress, ULONG PoolTag)",
      since: "Windows XP",
      irql: IRQL.APC_LEVEL,
      page: "wdm/nf-wdm-mmfreemappingaddress",
      bind: (m) => (range: Address, tag: number) => {
        m.reservedMappings.release(range, tag >>> 0);
      },
    },
    MmMapLockedPagesWithReservedMapping: {
      c: "PVOID MmMapLockedPagesWithReservedMapping(PVOID MappingAddress, ULONG PoolTag, PMDL MemoryDescriptorList, MEMORY_CACHING_TYPE CacheType)",
      since: "Windows XP",
      page: "wdm/nf-wdm-mmmaplockedpageswithreservedmapping",
      bind: (m) => (range: Address, tag: number, mdl: Address, _cache: number) =>
        m.reservedMappings.map(range, tag >>> 0, mdl),
    },
    MmUnmapReservedMapping: {
      c: "VOID MmUnmapReservedMapping(PVOID BaseAddress, ULONG PoolTag, PMDL MemoryDescriptorList)",
      since: "Windows XP",
      page: "wdm/nf-wdm-mmunmapreservedmapping",
      bind: (m) => (range: Address, tag: number, mdl: Address) => {
        m.reservedMappings.unmap(range, tag >>> 0, mdl);
      },
    },
    MmGetSystemRoutineAddress: {
      c: "PVOID MmGetSystemRoutineAddress(PUNICODE_STRING SystemRoutineName)",
      irql: IRQL.PASSIVE_LEVEL,
      page: "wdm/nf-wdm-mmgetsystemroutineaddress",
      bind: (m) => (name: Address) => m.callbacks.routineAddress(unicodeText(m.memory, name)),
    },
  },
);

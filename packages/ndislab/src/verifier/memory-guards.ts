import type { DdiName } from "../ddi/table.js";
import { isPagedType } from "../kernel/pool-memory.js";
import { POOL_FLAGS } from "../layout/memory-manager.js";
import { IRQL } from "../layout/spin-lock.js";
import { type Address, hexAddress } from "../memory/address.js";
import { BLOCK, MEMORY_FLAGS_SHIFT, track } from "./block-notes.js";
import type { Guards } from "./guards.js";
import { checkFlags, checkFree, checkLevel, checkLevelOfFlags, checkRequest, checkTag } from "./memory-checks.js";
import type { Verifier } from "./verifier.js";

const PAGED_FLAG = BigInt(POOL_FLAGS.POOL_FLAG_PAGED);

/** What is checked of a request for pool memory, and what the block is then. */
function poolFacts(v: Verifier, ddi: DdiName, paged: boolean, length: number, tag: number): number {
  checkRequest(v, ddi, length, tag);
  if (!paged) return BLOCK.fromExecutive;
  checkLevel(v, ddi, "paged", IRQL.APC_LEVEL);
  return BLOCK.fromExecutive | BLOCK.paged;
}

/** In front of the allocations by pool type. */
const allocate =
  (name: DdiName) =>
  (next: (type: number, length: number, tag: number) => Address, v: Verifier) =>
  (type: number, length: number, tag: number): Address => {
    const facts = poolFacts(v, name, isPagedType(type), length, tag);
    return track(v, next(type, length, tag), facts);
  };

const allocateByPriority =
  (name: DdiName) =>
  (next: (type: number, length: number, tag: number, priority: number) => Address, v: Verifier) =>
  (type: number, length: number, tag: number, priority: number): Address => {
    const facts = poolFacts(v, name, isPagedType(type), length, tag);
    return track(v, next(type, length, tag, priority), facts);
  };

export const MEMORY_GUARDS: Guards = {
  NdisAllocateMemory: (next, v) => (out, length, flags, highest) => {
    checkLevelOfFlags(v, "NdisAllocateMemory", flags);
    checkRequest(v, "NdisAllocateMemory", length, UNTAGGED);
    const status = next(out, length, flags, highest);
    track(v, v.machine.memory.u32[out >>> 2], flags << MEMORY_FLAGS_SHIFT);
    return status;
  },
  NdisAllocateMemoryWithTag: (next, v) => (out, length, tag) => {
    checkRequest(v, "NdisAllocateMemoryWithTag", length, tag);
    const status = next(out, length, tag);
    track(v, v.machine.memory.u32[out >>> 2]);
    return status;
  },
  NdisAllocateMemoryWithTagPriority: (next, v) => (handle, length, tag, priority) => {
    checkRequest(v, "NdisAllocateMemoryWithTagPriority", length, tag);
    return track(v, next(handle, length, tag, priority));
  },
  NdisFreeMemory: (next, v) => (address, length, flags) => {
    checkLevelOfFlags(v, "NdisFreeMemory", flags);
    checkFlags(v, "NdisFreeMemory", address, flags, length);
    if (checkFree(v, "NdisFreeMemory", address)) next(address, length, flags);
  },
  NdisFreeMemoryWithTag: (next, v) => (address, tag) => {
    checkTag(v, "NdisFreeMemoryWithTag", address, tag);
    checkFlags(v, "NdisFreeMemoryWithTag", address, 0, 0);
    if (checkFree(v, "NdisFreeMemoryWithTag", address)) next(address, tag);
  },
  NdisFreeMemoryWithTagPriority: (next, v) => (handle, address, tag) => {
    checkTag(v, "NdisFreeMemoryWithTagPriority", address, tag);
    checkFlags(v, "NdisFreeMemoryWithTagPriority", address, 0, 0);
    if (checkFree(v, "NdisFreeMemoryWithTagPriority", address)) next(handle, address, tag);
  },
  NdisMoveMemory: (next, v) => (destination, source, length) => {
    const apart = Math.abs(destination - source);
    if (apart !== 0 && apart < length >>> 0)
      v.report(
        "MEM-OVERLAP",
        `NdisMoveMemory: ${length >>> 0} bytes from ${hexAddress(source)} to ${hexAddress(destination)} overlap, ${apart} bytes apart; call RtlMoveMemory.`,
      );
    next(destination, source, length);
  },
  ExAllocatePool: (next, v) => (type, length) => {
    const facts = poolFacts(v, "ExAllocatePool", isPagedType(type), length, UNTAGGED);
    return track(v, next(type, length), facts);
  },
  ExAllocatePoolWithTag: allocate("ExAllocatePoolWithTag"),
  ExAllocatePoolWithQuotaTag: allocate("ExAllocatePoolWithQuotaTag"),
  ExAllocatePoolUninitialized: allocate("ExAllocatePoolUninitialized"),
  ExAllocatePoolZero: allocate("ExAllocatePoolZero"),
  ExAllocatePoolWithTagPriority: allocateByPriority("ExAllocatePoolWithTagPriority"),
  ExAllocatePoolPriorityUninitialized: allocateByPriority("ExAllocatePoolPriorityUninitialized"),
  ExAllocatePoolPriorityZero: allocateByPriority("ExAllocatePoolPriorityZero"),
  ExAllocatePool2: (next, v) => (flags, length, tag) => {
    const facts = poolFacts(v, "ExAllocatePool2", (flags & PAGED_FLAG) !== 0n, length, tag);
    return track(v, next(flags, length, tag), facts);
  },
  ExFreePoolWithTag: (next, v) => (address, tag) => {
    checkTag(v, "ExFreePoolWithTag", address, tag);
    checkFlags(v, "ExFreePoolWithTag", address, 0, 0);
    if (checkFree(v, "ExFreePoolWithTag", address)) next(address, tag);
  },
  ExFreePool: (next, v) => (address) => {
    checkFlags(v, "ExFreePool", address, 0, 0);
    if (checkFree(v, "ExFreePool", address)) next(address);
  },
};

/** In the place of a tag where a function has no parameter for one. */
const UNTAGGED = 1;

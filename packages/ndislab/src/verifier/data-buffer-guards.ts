import type { DdiName } from "../ddi/table.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NDIS_STATUS } from "../layout/status.js";
import { mdlByteCount, mdlNext, mdlVirtualAddress } from "../mdl/mdl.js";
import { type Address, hexAddress } from "../memory/address.js";
import type { Guards } from "./guards.js";
import { checkNetBuffer } from "./net-buffer-checks.js";
import type { Verifier } from "./verifier.js";

const CURRENT = NET_BUFFER.offset.CurrentMdl >>> 2;
const CURRENT_OFFSET = NET_BUFFER.offset.CurrentMdlOffset >>> 2;
const DATA_LENGTH = NET_BUFFER.offset.DataLength >>> 2;

/** GDB-ZERO and GDB-ALIGN: what NdisGetDataBuffer answers with NULL whatever the data is. */
function checkRequest(v: Verifier, nb: Address, bytesNeeded: number, multiple: number, offset: number): void {
  if (bytesNeeded === 0)
    v.report(
      "GDB-ZERO",
      `NdisGetDataBuffer(NetBuffer ${hexAddress(nb)}): BytesNeeded is 0, for which the answer is NULL; ask for at least one byte.`,
      { object: nb, kind: "NET_BUFFER", allocationSite: v.ledger.allocationSite(nb) },
    );
  if (multiple !== 0 && (multiple & (multiple - 1)) === 0 && offset < multiple) return;
  v.report(
    "GDB-ALIGN",
    `NdisGetDataBuffer(NetBuffer ${hexAddress(nb)}): AlignMultiple is ${multiple} and AlignOffset ${offset}; ` +
      "pass a power of two and an offset below it, 1 and 0 for any address.",
    { object: nb, kind: "NET_BUFFER", allocationSite: v.ledger.allocationSite(nb) },
  );
}

/** GDB-SMALL: whether a storage in a block of the driver's has room for the bytes. The stack is not looked at. */
function checkStorage(v: Verifier, nb: Address, bytesNeeded: number, storage: Address): boolean {
  const { nonpaged } = v.machine;
  if (storage < nonpaged.base) return true;
  const room = nonpaged.roomAt(storage);
  if (room < 0 || room >= bytesNeeded) return true;
  v.report(
    "GDB-SMALL",
    `NdisGetDataBuffer(NetBuffer ${hexAddress(nb)}): Storage ${hexAddress(storage)} has ${room} bytes to the end of its block, and ${bytesNeeded} are asked for; ` +
      "whenever they are not contiguous they are copied there, so give it as many bytes.",
    { object: storage, kind: "memory", allocationSite: v.ledger.allocationSite(nonpaged.find(storage)?.address ?? 0) },
  );
  return false;
}

/** Whether a copy goes from one MDL to another that lies elsewhere, as most do. */
function areApart(
  v: Verifier,
  to: Address,
  toOffset: number,
  length: number,
  from: Address,
  fromOffset: number,
): boolean {
  const { memory } = v.machine;
  const { u32 } = memory;
  const destination: Address = u32[(to >>> 2) + CURRENT];
  const source: Address = u32[(from >>> 2) + CURRENT];
  if (destination === 0 || source === 0) return false;
  const last = u32[(from >>> 2) + CURRENT_OFFSET] + fromOffset + length;
  const lastTo = u32[(to >>> 2) + CURRENT_OFFSET] + toOffset + length;
  const bytes = mdlByteCount(memory, source);
  const bytesTo = mdlByteCount(memory, destination);
  if (last > bytes || lastTo > bytesTo) return false;
  const start = mdlVirtualAddress(memory, source);
  const startTo = mdlVirtualAddress(memory, destination);
  return start + bytes <= startTo || startTo + bytesTo <= start;
}

/**
 * COPY-OVERLAP: whether the bytes to copy and where they go are apart. What counts is where the pages are, which need
 * not be mapped yet, and how many bytes there is room for.
 */
function checkApart(
  v: Verifier,
  ddi: DdiName,
  to: Address,
  toOffset: number,
  length: number,
  from: Address,
  fromOffset: number,
): void {
  const { memory } = v.machine;
  const { u32 } = memory;
  const destination: Address = u32[(to >>> 2) + CURRENT];
  const source: Address = u32[(from >>> 2) + CURRENT];
  const sourceOffset = u32[(from >>> 2) + CURRENT_OFFSET] + fromOffset;
  let skipped = u32[(to >>> 2) + CURRENT_OFFSET] + toOffset;
  const copied = bytesFrom(v, destination, skipped, Math.min(length, u32[(from >>> 2) + DATA_LENGTH] - fromOffset));
  let rest = copied;
  for (let mdl = destination; rest > 0; mdl = mdlNext(memory, mdl)) {
    const here = Math.min(rest, mdlByteCount(memory, mdl) - skipped);
    if (here > 0) {
      const start = mdlVirtualAddress(memory, mdl) + skipped;
      if (meets(v, source, sourceOffset, copied, start, start + here)) {
        v.report(
          "COPY-OVERLAP",
          `${ddi}: of the ${copied} bytes from NET_BUFFER ${hexAddress(from)} some lie where they are to go in NET_BUFFER ${hexAddress(to)}, ` +
            `at [${hexAddress(start)}, ${hexAddress(start + here)}); nothing says what is there afterwards, copy by way of another buffer.`,
          { object: to, kind: "NET_BUFFER", allocationSite: v.ledger.allocationSite(to) },
        );
        return;
      }
      rest -= here;
    }
    skipped = Math.max(0, skipped - mdlByteCount(memory, mdl));
  }
}

/** How many of `length` bytes from `offset` on a chain has. */
function bytesFrom(v: Verifier, chain: Address, offset: number, length: number): number {
  const { memory } = v.machine;
  let bytes = -offset;
  for (let mdl = chain; mdl !== 0 && bytes < length; mdl = mdlNext(memory, mdl)) bytes += mdlByteCount(memory, mdl);
  return Math.max(0, Math.min(bytes, length));
}

/** Whether some of `length` bytes from `offset` of a chain lie in `[start, end)`. */
function meets(v: Verifier, chain: Address, offset: number, length: number, start: Address, end: Address): boolean {
  const { memory } = v.machine;
  let skipped = offset;
  let rest = length;
  for (let mdl = chain; mdl !== 0 && rest > 0; mdl = mdlNext(memory, mdl)) {
    const here = Math.min(rest, mdlByteCount(memory, mdl) - skipped);
    if (here > 0) {
      const first = mdlVirtualAddress(memory, mdl) + skipped;
      if (first < end && start < first + here) return true;
      rest -= here;
    }
    skipped = Math.max(0, skipped - mdlByteCount(memory, mdl));
  }
  return false;
}

export const DATA_BUFFER_GUARDS: Guards = {
  NdisGetDataBuffer: (next, v, limit) => (nb, bytesNeeded, storage, alignMultiple, alignOffset) => {
    limit.check();
    if (!checkNetBuffer(v, "NdisGetDataBuffer", nb)) return 0;
    if (bytesNeeded === 0 || alignMultiple !== 1 || alignOffset !== 0)
      checkRequest(v, nb, bytesNeeded >>> 0, alignMultiple >>> 0, alignOffset >>> 0);
    // Without a storage the bytes are shown where they are or not at all, so nothing is overwritten.
    const usable = storage === 0 || checkStorage(v, nb, bytesNeeded >>> 0, storage) ? storage : 0;
    return next(nb, bytesNeeded, usable, alignMultiple, alignOffset);
  },
  NdisCopyFromNetBufferToNetBuffer: (next, v, limit) => (to, toOffset, length, from, fromOffset, copied) => {
    limit.check();
    const ddi = "NdisCopyFromNetBufferToNetBuffer";
    if (!checkNetBuffer(v, ddi, to) || !checkNetBuffer(v, ddi, from)) {
      v.machine.memory.u32[copied >>> 2] = 0;
      return NDIS_STATUS.NDIS_STATUS_FAILURE;
    }
    if (!areApart(v, to, toOffset >>> 0, length >>> 0, from, fromOffset >>> 0))
      checkApart(v, ddi, to, toOffset >>> 0, length >>> 0, from, fromOffset >>> 0);
    return next(to, toOffset, length, from, fromOffset, copied);
  },
  NdisQueryNetBufferPhysicalCount: (next, v) => (nb) =>
    checkNetBuffer(v, "NdisQueryNetBufferPhysicalCount", nb) ? next(nb) : 0,
};

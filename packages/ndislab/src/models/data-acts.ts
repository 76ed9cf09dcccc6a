import { NDIS_STATUS } from "../layout/status.js";
import type { Address } from "../memory/address.js";
import type { Act } from "./act.js";
import { bytesOf, overlap, overlapsItself, piecesOf, shows, writeOver } from "./chain.js";
import { same } from "./expect.js";
import { hasData, type NetBuffer } from "./net-buffer.js";
import { spanOf } from "./packet.js";
import { STORAGE_SIZE, type World } from "./world.js";

/** Where the first `length` used bytes are when one MDL has them all; undefined when none has. */
function contiguous(nb: NetBuffer, length: number): Address | undefined {
  const [piece, ...more] = nb.used(0, length);
  return more.length > 0 ? undefined : piece.block.address + piece.offset;
}

/** What NdisGetDataBuffer must return: an address in the data, the storage, or NULL. */
function dataBuffer(nb: NetBuffer, length: number, storage: Address, multiple: number, offset: number): Address {
  if (length === 0 || length > nb.dataLength) return 0;
  if (multiple === 0 || Math.log2(multiple) % 1 !== 0 || offset >= multiple) return 0;
  const address = contiguous(nb, length);
  return address !== undefined && address % multiple === offset ? address : storage;
}

/** NdisGetDataBuffer, compared with what must come of it; storage is `at` bytes into the world's, none for -1. */
export function getData(
  world: World,
  nb: NetBuffer,
  length: number,
  at: number,
  multiple: number,
  offset: number,
): void {
  const { ddi, storage } = world;
  const target = at < 0 ? 0 : storage.address + at;
  world.say(`NdisGetDataBuffer(${nb.text}, ${length}, ${at < 0 ? "NULL" : `storage + ${at}`}, ${multiple}, ${offset})`);
  let found: Address = 0;
  const unmapped = world.mapping(() => {
    found = ddi.NdisGetDataBuffer(nb.address, length, target, multiple, offset);
  });
  if (unmapped !== 0) {
    same("whether what could not be mapped was needed", shows(nb.chain, unmapped, nb.dataOffset, length), true);
    same("the address", found, 0);
    return;
  }
  const expected = dataBuffer(nb, length, target, multiple, offset);
  same("the address", found, expected);
  if (expected === 0) world.fails();
  if (expected !== 0 && expected === target) storage.bytes.set(bytesOf(nb.used(0, length)), at);
}

const GET: Act = {
  name: "NdisGetDataBuffer",
  weight: 5,
  fails: "sometimes",
  ready: (world) => world.netBuffers.length > 0,
  run(world, draw) {
    const { verified } = world;
    const nb = draw.prefer(world.netBuffers, hasData);
    const length = draw.near(nb.marks, Math.min(STORAGE_SIZE, nb.dataLength + (draw.once(4) ? 2 : 0)));
    const at = draw.once(3) ? -1 : draw.below(STORAGE_SIZE - length + 1);
    const alignments = verified ? [1, 1, 2, 4, 8, 32] : [1, 1, 2, 4, 8, 16, 0, 3, 6, 0x8000_0000];
    const multiple = draw.pick(alignments);
    const offset = draw.below(verified ? multiple : multiple + 2);
    // Of no bytes a verifier has something to say.
    if (length > 0 || !verified) getData(world, nb, length, at, multiple, offset);
  },
};

const COPY: Act = {
  name: "NdisCopyFromNetBufferToNetBuffer",
  weight: 6,
  fails: "sometimes",
  ready: (world) => world.netBuffers.length > 1,
  run(world, draw) {
    const from = draw.prefer(world.netBuffers, hasData);
    const others = world.netBuffers.filter((nb) => nb !== from);
    const to = draw.prefer(others, ({ chainLength, dataOffset }) => chainLength > dataOffset);
    const space = to.chainLength - to.dataOffset;
    const fromOffset = draw.near(from.marks, from.dataLength + 2);
    const toOffset = draw.near(to.marks, space + 2);
    const length = draw.near([from.dataLength, space, ...from.marks, ...to.marks], from.dataLength + 50);
    copyData(world, to, toOffset, length, from, fromOffset);
  },
};

/** NdisCopyFromNetBufferToNetBuffer, compared with what must come of it, between data that do not overlap: what does is undefined. */
export function copyData(
  world: World,
  to: NetBuffer,
  toOffset: number,
  length: number,
  from: NetBuffer,
  fromOffset: number,
): void {
  const { ddi, lab } = world;
  const source = from.used(fromOffset, length);
  const target = piecesOf(to.chain, to.dataOffset + toOffset, length);
  const bytes = bytesOf(source).subarray(0, bytesOf(target).length);
  if (overlap(source, target) || overlapsItself(target)) return;
  world.say(`NdisCopyFromNetBufferToNetBuffer(${to.text}, ${toOffset}, ${length}, ${from.text}, ${fromOffset})`);
  let status = 0;
  const unmapped = world.mapping(() => {
    status = ddi.NdisCopyFromNetBufferToNetBuffer(to.address, toOffset, length, from.address, fromOffset, lab.out);
  });
  if (unmapped !== 0) {
    const isNeeded =
      shows(from.chain, unmapped, from.dataOffset + fromOffset, bytes.length) ||
      shows(to.chain, unmapped, to.dataOffset + toOffset, bytes.length);
    same("whether what could not be mapped was needed", isNeeded, true);
    same("the status", status, NDIS_STATUS.NDIS_STATUS_RESOURCES);
    same("BytesCopied", lab.u32(lab.out), 0);
    return;
  }
  same("the status", status, NDIS_STATUS.NDIS_STATUS_SUCCESS);
  same("BytesCopied", lab.u32(lab.out), bytes.length);
  writeOver(target, bytes);
}

/** NdisQueryNetBufferPhysicalCount: the pages of every MDL that has some of the used bytes. */
export function physicalCount(world: World, nb: NetBuffer): void {
  world.say(`NdisQueryNetBufferPhysicalCount(${nb.text})`);
  let start = 0;
  let pages = 0;
  for (const mdl of nb.chain) {
    const end = start + mdl.length;
    if (Math.max(start, nb.dataOffset) < Math.min(end, nb.dataOffset + nb.dataLength)) pages += spanOf(mdl);
    start = end;
  }
  same("the count", world.ddi.NdisQueryNetBufferPhysicalCount(nb.address), pages);
}

const COUNT: Act = {
  name: "NdisQueryNetBufferPhysicalCount",
  weight: 1,
  ready: (world) => world.netBuffers.length > 0,
  run(world, draw) {
    physicalCount(world, draw.prefer(world.netBuffers, hasData));
  },
};

/** Reading the data of NET_BUFFERs, and copying between them. */
export const DATA_ACTS: readonly Act[] = [GET, COPY, COUNT];

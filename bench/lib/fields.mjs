// What an allocation of a NET_BUFFER with MDL and data must have written, in whatever language it was made.
import { MDL, NET_BUFFER } from "ndislab";

/** Bytes of data of the NET_BUFFERs that all jobs allocate. */
export const DATA_SIZE = 2048;

/**
 * @typedef {object} Slot a NET_BUFFER that was allocated
 * @property {number} pool
 * @property {number} nb
 * @property {number} data
 * @property {number[]} words the 24 of the NET_BUFFER, then the 7 of its MDL
 */

const NB_WORDS = NET_BUFFER.size / 4;
const MDL_FLAGS_NONPAGED = 4;

/**
 * The words of a NET_BUFFER and its MDL that were all dirty before, but for the link of the free list.
 * @param {import("ndislab").Machine} machine
 * @param {number} pool
 * @param {() => number} allocate
 * @param {(nb: number) => void} free
 * @returns {Slot}
 */
export function dirtySlot(machine, pool, allocate, free) {
  const { u32 } = machine.memory;
  const wordAt = (/** @type {number} */ address) => u32[address >>> 2];
  const nb = allocate();
  const mdl = wordAt(nb + NET_BUFFER.offset.MdlChain);
  const data = wordAt(mdl + MDL.offset.MappedSystemVa);
  free(nb);
  const parts = [u32.subarray(nb >>> 2, (nb + NET_BUFFER.size) >>> 2), u32.subarray(mdl >>> 2, (mdl + MDL.size) >>> 2)];
  const state = NET_BUFFER.offset.NdisReserved >>> 2;
  const link = parts[0][state];
  for (const part of parts) part.fill(0xaaaaaaaa);
  parts[0][state] = link;
  if (allocate() !== nb) throw new Error("the slot that was freed last is not handed out first");
  const words = parts.flatMap((part) => [...part]);
  free(nb);
  return { pool, nb, data, words };
}

/**
 * The members that are not what an allocation has to leave there. The state word is each side's own; that it is
 * written at all shows in that it is no link and no dirt.
 * @param {Slot} slot
 * @returns {string[]} empty when the work was done
 */
export function unwritten({ pool, nb, data, words }) {
  const mdl = words[NET_BUFFER.offset.MdlChain / 4];
  const state = NET_BUFFER.offset.NdisReserved / 4;
  const expected = new Array(words.length).fill(0);
  expected[NET_BUFFER.offset.CurrentMdl / 4] = mdl;
  expected[NET_BUFFER.offset.MdlChain / 4] = mdl;
  expected[NET_BUFFER.offset.NdisPoolHandle / 4] = pool;
  expected[state] = words[state];
  const pages = Math.ceil(((data & 0xfff) + DATA_SIZE) / 4096);
  const m = NB_WORDS;
  expected[m + MDL.offset.Size / 4] = (MDL.size + 4 * pages) | (MDL_FLAGS_NONPAGED << 16);
  expected[m + MDL.offset.MappedSystemVa / 4] = data;
  expected[m + MDL.offset.StartVa / 4] = data - (data & 0xfff);
  expected[m + MDL.offset.ByteCount / 4] = DATA_SIZE;
  expected[m + MDL.offset.ByteOffset / 4] = data & 0xfff;
  const wrong = expected.flatMap((value, i) => (value === words[i] ? [] : [placeOf(i)]));
  if (words.length !== NB_WORDS + MDL.size / 4) wrong.push(`${words.length} words`);
  if (mdl <= nb || mdl >= data) wrong.push("MDL outside its block");
  if (words[state] % 2 === 0) wrong.push("state");
  return wrong.map((place) => `${place} is not written`);
}

/** @param {number} word */
const placeOf = (word) => (word < NB_WORDS ? `NET_BUFFER+${4 * word}` : `MDL+${4 * (word - NB_WORDS)}`);

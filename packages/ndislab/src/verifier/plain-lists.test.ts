import { expect, it } from "vitest";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NBL_FLAGS, NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import { NB_RETREATS_OFFSET, NB_STATE_OFFSET } from "../ndis6/net-buffer.js";
import { NBL_STATE_OFFSET } from "../ndis6/net-buffer-list-pools.js";
import { Lab } from "../testing/lab.js";
import { Others } from "../testing/others.js";
import { KIND } from "./ledger.js";
import { LIST_NOTE } from "./net-buffer-list-notes.js";
import { cameBack, passOn } from "./ownership.js";

const FILTER = 0x40;
const NBL = NET_BUFFER_LIST.offset;
const NB = NET_BUFFER.offset;

interface Lists {
  readonly lab: Lab;
  /** Of the driver, and of another. */
  readonly own: number;
  readonly other: number;
  readonly ownNb: number;
  readonly otherNb: number;
  readonly otherMdl: number;
}

function lists(): Lists {
  const lab = new Lab();
  const other = new Others(lab).take();
  const pool = lab.netBufferListPool({ fAllocateNetBuffer: true, DataSize: 256 });
  const own = lab.ddi.NdisAllocateNetBufferList(pool, 0, 0);
  lab.setU32(own + NBL.SourceHandle, FILTER);
  const [ownNb, otherNb] = [lab.u32(own + NBL.FirstNetBuffer), lab.u32(other + NBL.FirstNetBuffer)];
  return { lab, own, other, ownNb, otherNb, otherMdl: lab.u32(otherNb + NB.MdlChain) };
}

const sound = ({ lab: { verifier }, ownNb, otherNb }: Lists) =>
  [ownNb, otherNb].map((nb) => verifier.plain.isSound(nb));
const goOn = ({ lab: { verifier }, own, other }: Lists) =>
  [own, other].map((nbl) => verifier.plain.mayGoOn(nbl, FILTER));
const goBack = ({ lab: { verifier }, other }: Lists) => [
  verifier.plain.mayGoBack(other, true),
  verifier.plain.mayGoBack(other, false),
];
const free = ({ lab: { verifier }, own }: Lists) => [verifier.plain.mayBeFreed(own)];

it("a list as it was allocated, or as it came, is plain", () => {
  const all = lists();
  for (const question of [sound, goOn, goBack, free]) expect(question(all)).not.toContain(false);
});

it("a list is not what it is not: one's own goes not back, another's is not freed", () => {
  const { lab, own, other } = lists();
  expect(lab.verifier.plain.mayGoBack(own, false)).toBe(false);
  expect(lab.verifier.plain.mayBeFreed(other)).toBe(false);
  expect([0, own + 4, other + 4, 0x7fff_fff8, -8].map((nbl) => lab.verifier.plain.mayGoOn(nbl, FILTER))).not.toContain(
    true,
  );
  expect([1, 2, 4, 8].map((within) => lab.verifier.plain.mayBeFreed(own + within))).not.toContain(true);
});

type Change = [string, (lists: Lists) => void];

/** Changes of one member. */
const set = (name: string, object: (lists: Lists) => number, offset: number, value: number): Change => [
  name,
  (all) => all.lab.setU32(object(all) + offset, value),
];
const own = (all: Lists) => all.own;
const other = (all: Lists) => all.other;

const GEOMETRY: Change[] = [
  set("CurrentMdl", ({ otherNb }) => otherNb, NB.CurrentMdl, 0),
  set("CurrentMdlOffset", ({ otherNb }) => otherNb, NB.CurrentMdlOffset, 49),
  set("DataOffset", ({ otherNb }) => otherNb, NB.DataOffset, 51),
  set("DataLength", ({ otherNb }) => otherNb, NB.DataLength, 2048 - 49),
  set("MdlChain", ({ otherNb }) => otherNb, NB.MdlChain, 0xffff_fff0),
  set("a second MDL", ({ otherMdl }) => otherMdl, 0, 0x1000),
  set("NdisReserved", ({ otherNb }) => otherNb, NB_STATE_OFFSET, 0),
  [
    "an MDL that was freed",
    ({ lab, otherNb, otherMdl }) => {
      const mdl = lab.chain([2048]);
      lab.verifier.ledger.allocated(mdl, KIND.mdl, 1);
      lab.verifier.ledger.freed(mdl, 2);
      expect(otherMdl).not.toBe(mdl);
      lab.setU32(otherNb + NB.MdlChain, mdl);
      lab.setU32(otherNb + NB.CurrentMdl, mdl);
    },
  ],
];

it.each(GEOMETRY)("isSound: %s", (_, change) => {
  const all = lists();
  change(all);
  expect(sound(all)).toEqual([true, false]);
  expect([goOn(all)[1], ...goBack(all)]).not.toContain(true);
});

const HEADER: Change[] = [
  set("SourceHandle", other, NBL.SourceHandle, 4),
  set("Flags", other, NBL.Flags, NBL_FLAGS.NBL_FLAGS_NDIS_RESERVED),
  set("NblFlags", other, NBL.NblFlags, NBL_FLAGS.NDIS_NBL_FLAGS_IS_TCP),
  set("FirstNetBuffer", other, NBL.FirstNetBuffer, 0),
  set("a second NET_BUFFER", ({ otherNb }) => otherNb, NB.Next, 0x1000),
  set("NdisReserved", other, NBL_STATE_OFFSET, 0),
  set("NdisPoolHandle", other, NBL.NdisPoolHandle, 0x1000),
  ["passed on", ({ lab, other: nbl }) => passOn(lab.verifier, "NdisFSendNetBufferLists", nbl)],
  ["never seen", ({ lab, other: nbl }) => lab.verifier.ledger.setNote(nbl, LIST_NOTE.seen, 0)],
];

it.each(HEADER)("mayGoOn, mayGoBack of another driver's: %s", (_, change) => {
  const all = lists();
  change(all);
  expect([goOn(all)[1], ...goBack(all)]).not.toContain(true);
});

const OWN: Change[] = [
  set("SourceHandle", own, NBL.SourceHandle, 0),
  set("Flags", own, NBL.Flags, NBL_FLAGS.NBL_FLAGS_NDIS_RESERVED),
  set("NblFlags", own, NBL.NblFlags, NBL_FLAGS.NDIS_NBL_FLAGS_IS_TCP),
  set("a retreat", ({ ownNb }) => ownNb, NB_RETREATS_OFFSET, 0x1000),
  set("DataPhysicalAddress", ({ ownNb }) => ownNb, NB.DataPhysicalAddress, 1),
  set("DataPhysicalAddress, high", ({ ownNb }) => ownNb, NB.DataPhysicalAddress + 4, 1),
];

it.each(OWN)("mayGoOn of the driver's: %s", (_, change) => {
  const all = lists();
  change(all);
  expect(goOn(all)).toEqual([false, true]);
});

const BACK: Change[] = [
  ["a data start that moved", ({ lab, otherNb }) => lab.ddi.NdisAdvanceNetBufferDataStart(otherNb, 4, 0, 0)],
  ["context", ({ lab, other: nbl }) => lab.ddi.NdisAllocateNetBufferListContext(nbl, 8, 0, 0)],
  ["a clone", ({ lab, other: nbl }) => lab.ddi.NdisAllocateCloneNetBufferList(nbl, 0, 0, 0)],
  set("ChildRefCount", other, NBL.ChildRefCount, 0xffff_ffff),
];

it.each(BACK)("mayGoBack: %s", (_, change) => {
  const all = lists();
  change(all);
  expect(goOn(all)).toEqual([true, true]);
  expect(goBack(all)).toEqual([false, false]);
});

it("mayGoBack: Status counts at the end of a send", () => {
  const all = lists();
  all.lab.setU32(all.other + NBL.Status, 1);
  expect(goBack(all)).toEqual([false, true]);
});

const FREED: Change[] = [
  [
    "the handle of another such pool",
    ({ lab, own: nbl }) =>
      lab.setU32(nbl + NBL.NdisPoolHandle, lab.netBufferListPool({ fAllocateNetBuffer: true, DataSize: 256 })),
  ],
  set("NdisReserved", own, NBL_STATE_OFFSET, 0),
  set("FirstNetBuffer", own, NBL.FirstNetBuffer, 0),
  set("another NET_BUFFER", ({ ownNb }) => ownNb, NB.Next, 0x1000),
  set("a retreat", ({ ownNb }) => ownNb, NB_RETREATS_OFFSET, 0x1000),
  set("ChildRefCount", own, NBL.ChildRefCount, 0xffff_ffff),
  ["context", ({ lab, own: nbl }) => lab.ddi.NdisAllocateNetBufferListContext(nbl, 8, 0, 0)],
  ["a clone", ({ lab, own: nbl }) => lab.ddi.NdisAllocateCloneNetBufferList(nbl, 0, 0, 0)],
  ["passed on", ({ lab, own: nbl }) => passOn(lab.verifier, "NdisFSendNetBufferLists", nbl)],
  ["freed", ({ lab, own: nbl }) => lab.ddi.NdisFreeNetBufferList(nbl)],
];

it.each(FREED)("mayBeFreed: %s", (_, change) => {
  const all = lists();
  change(all);
  expect(free(all)).toEqual([false]);
});

it("mayBeFreed: what was derived from another list is freed by another function", () => {
  const { lab, own: original } = lists();
  const clone = lab.ddi.NdisAllocateCloneNetBufferList(original, 0, 0, 0);
  expect(lab.verifier.plain.mayBeFreed(clone)).toBe(false);
  lab.ddi.NdisFreeCloneNetBufferList(clone, 0);
  expect(lab.verifier.plain.mayBeFreed(original)).toBe(true);
});

it("a list that came back is as plain as it was", () => {
  const all = lists();
  for (const nbl of [all.own, all.other]) passOn(all.lab.verifier, "NdisFSendNetBufferLists", nbl);
  expect([...goOn(all), ...free(all)]).not.toContain(true);
  for (const nbl of [all.own, all.other]) cameBack(all.lab.verifier, nbl);
  expect([...goOn(all), ...goBack(all), ...free(all)]).not.toContain(false);
});

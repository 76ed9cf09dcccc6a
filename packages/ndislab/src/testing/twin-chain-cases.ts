import { MDL } from "../layout/mdl.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NBL_FLAGS, NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import { NB_STATE } from "../layout/pool.js";
import type { Address } from "../memory/address.js";
import { NB_RETREATS_OFFSET, NB_STATE_OFFSET } from "../ndis6/net-buffer.js";
import { NBL_STATE_OFFSET } from "../ndis6/net-buffer-list-pools.js";
import { KIND } from "../verifier/ledger.js";
import { STACK, TAG } from "./lab.js";
import { type Change, inLedger, OTHERS_HEADER, word } from "./twin-changes.js";
import { FILTER, FLAGS, type TwinOthers, verifierOf } from "./twin-others.js";
import type { TwinWorld } from "./twin-world.js";

const NBL = NET_BUFFER_LIST.offset;
const NB = NET_BUFFER.offset;

/** The same of the NET_BUFFER of a list. */
const onNetBuffer = (changes: readonly Change[]): Change[] =>
  changes.map(([what, change]) => [`a NET_BUFFER's ${what}`, (world, list) => change(world, world.onList(list))]);

/** A plain list of the driver's; over an MDL of its own that came with no list when `isOver`. */
export function ownList(world: TwinWorld, isOver = false): Address {
  const list = isOver
    ? world.twins.call(
        "NdisAllocateNetBufferAndNetBufferList",
        world.pool("netBuffer"),
        0,
        0,
        world.twins.chain([80])[0],
        20,
        40,
      )
    : world.list("data");
  if (!isOver) world.store(world.onList(list), { DataOffset: 20, CurrentMdlOffset: 20, DataLength: 40 });
  world.twins.set(list + NBL.SourceHandle, FILTER);
  return list;
}

/** What makes a list one that is not plain, the driver's or another's. */
const UNSOUND: readonly Change[] = [
  ...word("a FirstNetBuffer", NBL.FirstNetBuffer, 0, 4, STACK, 0x7fff_fff8, 0xffff_fff8),
  ...word("NblFlags", NBL.NblFlags, NBL_FLAGS.NDIS_NBL_FLAGS_IS_IPV4, NBL_FLAGS.NDIS_NBL_FLAGS_IS_TCP),
  ...onNetBuffer([
    ...word("state", NB_STATE_OFFSET, NB_STATE.bare, 0),
    ...word("CurrentMdl", NB.CurrentMdl, 0, STACK),
    ...word("CurrentMdlOffset", NB.CurrentMdlOffset, 19, 0xffff_ffff),
    ...word("DataOffset", NB.DataOffset, 19, 0xffff_ffff),
    ...word("DataLength", NB.DataLength, 300, 0xffff_ffff),
    ...word("MdlChain", NB.MdlChain, 0, STACK, 0xffff_fff0),
    ["Next", (world, nb) => world.store(nb, { Next: world.onList(ownList(world)) })],
    ["second MDL", (world, nb) => world.twins.set(world.mdls(nb)[0], world.twins.chain([10])[0])],
    [
      "freed MDL",
      (world, nb) => {
        const [mdl] = world.twins.chain([300]);
        world.store(nb, { MdlChain: mdl, CurrentMdl: mdl });
        world.twins.call("NdisFreeMdl", mdl);
      },
    ],
    inLedger("mark of a list that is gone", (ledger, nb) => ledger.setHolder(nb, 0x3_0001)),
  ]),
];

/** What is nobody's business. */
const SOUND: readonly Change[] = [
  ["nothing", () => {}],
  ...word("NblFlags", NBL.NblFlags, 1),
  ...word("a Scratch", NBL.Scratch, 0x77),
  ...word("ChildRefCount", NBL.ChildRefCount, 1),
  [
    "data that moved there and back",
    (world, list) => {
      world.twins.call("NdisRetreatNetBufferDataStart", world.onList(list), 14, 0, 0);
      world.twins.call("NdisAdvanceNetBufferDataStart", world.onList(list), 14, 0, 0);
    },
  ],
  ...onNetBuffer([
    [
      "MDL of the driver's",
      (world, nb) => {
        const [mdl] = world.twins.chain([300]);
        world.store(nb, { MdlChain: mdl, CurrentMdl: mdl });
      },
    ],
  ]),
];

/** What a list has on it that must not go back. */
const LEFT_ON: readonly Change[] = [
  ...word("a ChildRefCount", NBL.ChildRefCount, 0xffff_ffff, 0x8000_0000),
  ["a retreat", (world, list) => void world.twins.call("NdisRetreatNetBufferDataStart", world.onList(list), 14, 0, 0)],
  ["an advance", (world, list) => void world.twins.call("NdisAdvanceNetBufferDataStart", world.onList(list), 14, 0, 0)],
  ["context", (world, list) => void world.twins.call("NdisAllocateNetBufferListContext", list, 8, 0, TAG)],
  ["a clone", (world, list) => void world.twins.call("NdisAllocateCloneNetBufferList", list, 0, 0, 0)],
];

/** What is wrong with a list of the driver's only. */
const OWN_ONLY: readonly Change[] = onNetBuffer([
  ...word("retreats", NB_RETREATS_OFFSET, STACK),
  ...word("DataPhysicalAddress", NB.DataPhysicalAddress, 1),
  ...word("DataPhysicalAddress, high", NB.DataPhysicalAddress + 4, 1),
]);

/** Changes of lists by what becomes of them on a way on. */
export const OWN_CHANGES: { readonly plain: readonly Change[]; readonly others: readonly Change[] } = {
  plain: [
    ...SOUND,
    ...LEFT_ON,
    [
      "a freed one in front",
      (world, list) => {
        const front = world.list("data");
        world.twins.set(front, list);
        world.twins.call("NdisFreeNetBufferList", front);
      },
    ],
    ...word("a Status", NBL.Status, 1),
    ...word("Flags", NBL.Flags, 1, 0xffff_f003),
    ...word("an NdisReserved", NBL_STATE_OFFSET, 0),
    ...word("an NdisPoolHandle", NBL.NdisPoolHandle, 0, 0xffff_fffc),
  ],
  others: [
    ...UNSOUND,
    ...OWN_ONLY,
    ...word("a SourceHandle", NBL.SourceHandle, 0, FILTER + 4),
    ...word("Flags", NBL.Flags, 4, NBL_FLAGS.NBL_FLAGS_NDIS_RESERVED),
    inLedger("another kind", (ledger, list) => ledger.allocated(list, KIND.genericObject, 1)),
    inLedger("the mark of a list that is gone", (ledger, list) => ledger.setHolder(list, 0x3_0001)),
  ],
};

/** The same of another driver's list, and what goes on and not back. */
export const OTHERS_CHANGES: {
  readonly plain: readonly Change[];
  readonly left: readonly Change[];
  readonly others: readonly Change[];
} = {
  plain: [...SOUND, ...OWN_ONLY, ...word("Flags", NBL.Flags, FLAGS | 0xf_0000)],
  left: LEFT_ON,
  others: [
    ...UNSOUND,
    ...OTHERS_HEADER,
    [
      "the filter's handle, as it came, and an NdisReserved 0x0",
      ({ twins }, list) => {
        twins.set(list + NBL.SourceHandle, FILTER);
        twins.set(list + NBL.Flags, 0);
        twins.both("it comes", (twin) => verifierOf(twin).plain.arrived(list, false));
        twins.set(list + NBL_STATE_OFFSET, 0);
      },
    ],
  ],
};

/** What is done to a list while another driver has it: what is found then, and what is not. */
export const AWAY_CHANGES: { readonly plain: readonly Change[]; readonly others: readonly Change[] } = {
  plain: [
    ["nothing", () => {}],
    ...word("a SourceHandle", NBL.SourceHandle, 0),
    ...word("Status", NBL.Status, 1),
    ...onNetBuffer([
      ...word("state", NB_STATE_OFFSET, 0),
      ...word("retreats", NB_RETREATS_OFFSET, 0x77),
      inLedger("value", (ledger, nb) => ledger.setValue(nb, 7)),
    ]),
    [
      "an MDL that another list has by now",
      (world, list) => {
        const [mdl] = world.mdls(world.onList(list));
        inLedger("a holder", (ledger) => ledger.setHolder(mdl, 0x3_0001))[1](world, mdl);
      },
    ],
  ],
  others: [
    ...word("a FirstNetBuffer", NBL.FirstNetBuffer, 0, STACK, STACK + 4, 0x7fff_fff8, 0xffff_fffc),
    ...onNetBuffer([
      ...word("Next", NB.Next, STACK, 0x7fff_fff8),
      ...word("CurrentMdl", NB.CurrentMdl, 0, STACK),
      ...word("CurrentMdlOffset", NB.CurrentMdlOffset, 1),
      ...word("DataLength", NB.DataLength, 1),
      ...word("MdlChain", NB.MdlChain, 0, 4, 0xffc, STACK, STACK + 2, 0x7_ffe8, 0x7fff_fff8, 0xffff_fffc),
      ...word("DataOffset", NB.DataOffset, 1),
      inLedger("mark of another list", (ledger, nb) => ledger.setHolder(nb, 0x3_0001)),
      inLedger("mark", (ledger, nb) => ledger.setHolder(nb, 0)),
      ["second MDL", (world, nb) => world.twins.set(world.mdls(nb)[0], world.twins.chain([10])[0])],
      ["other MDL", (world, nb) => world.store(nb, { MdlChain: world.twins.chain([300])[0] })],
      ["MDL at no address", (world, nb) => world.twins.set(world.mdls(nb)[0] + MDL.offset.Next, 0x7fff_fff8)],
    ]),
    [
      "the NET_BUFFER of another",
      (world, list) => world.twins.set(list + NBL.FirstNetBuffer, world.onList(ownList(world))),
    ],
  ],
};

/** Links lists; the first. */
export function linked({ world: { twins } }: TwinOthers, lists: readonly Address[]): Address {
  for (const [i, list] of lists.entries()) twins.set(list, lists[i + 1] ?? 0);
  return lists[0] ?? 0;
}

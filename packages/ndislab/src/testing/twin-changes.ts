import { NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import type { Address } from "../memory/address.js";
import { NBL_STATE_OFFSET } from "../ndis6/net-buffer-list-pools.js";
import type { Ledger } from "../verifier/ledger.js";
import { LIST_NOTE } from "../verifier/net-buffer-list-notes.js";
import { STACK } from "./lab.js";
import { FILTER, verifierOf } from "./twin-others.js";
import type { TwinWorld } from "./twin-world.js";

const NBL = NET_BUFFER_LIST.offset;

/** Where nothing can be: odd, within the NULL page, outside, negative. */
export const NOWHERE = [
  0, 4, 8, 0x0007_fffc, 0x0007_fff8, 0x7fff_fff8, 0x8000_0000, 0xfefe_fefe, 0xffff_fff8, 0xffff_fffc,
];

/** A change of the object that a call is about. */
export type Change = readonly [what: string, change: (world: TwinWorld, object: Address) => void];

/** Changes of one word. */
export const word = (what: string, offset: number, ...values: readonly number[]): Change[] =>
  values.map((value) => [`${what} 0x${value.toString(16)}`, ({ twins }, object) => twins.set(object + offset, value)]);

/** What is in the ledger from now on. */
export const inLedger = (what: string, change: (ledger: Ledger, object: Address, world: TwinWorld) => void): Change => [
  what,
  (world, object) => void world.twins.both(what, (twin) => change(verifierOf(twin).ledger, object, world)),
];

/** What of another driver's list says that it is not as it came. */
export const OTHERS_HEADER: readonly Change[] = [
  ...word("a SourceHandle", NBL.SourceHandle, 0, FILTER, 0x8001_2341),
  ...word("Flags", NBL.Flags, 0, 0x2000_0021, 0xa000_0020),
  ...word("an NdisReserved", NBL_STATE_OFFSET, 0, 0x4e42_0001),
  ...word("an NdisPoolHandle", NBL.NdisPoolHandle, ...NOWHERE, STACK),
  inLedger("no arrival", (ledger, list) => ledger.setNote(list, LIST_NOTE.seen, 0)),
  inLedger("the mark of a list that is gone", (ledger, list) => ledger.setHolder(list, 0x3_0001)),
];

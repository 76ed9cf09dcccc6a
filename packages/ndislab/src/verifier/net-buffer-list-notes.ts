import { NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import type { Address, Handle } from "../memory/address.js";
import type { Verifier } from "./verifier.js";

/** The numbers that the ledger notes with a NET_BUFFER_LIST. */
export const LIST_NOTE = {
  /** Its first NET_BUFFER while it is away. */
  first: 0,
  /** Bytes of context from NdisAllocateNetBufferListContext, and the call that allocated the last of them. */
  context: 1,
  contextSite: 2,
  /** Of a list that is Next of one that was freed: the call that freed it, and 1. */
  behind: 3,
  /** Pool of a list of the driver's. */
  pool: 4,
  /** Of another driver's list: SEEN, and what it brought along. */
  seen: 5,
  source: 6,
  flags: 7,
  /** The list that this one was derived from, and how many are derived from this one. */
  parent: 8,
  children: 9,
  /** Of another driver's list: 1 when it came up, 0 when it came down. */
  received: 10,
} as const;

/** Pool of a NET_BUFFER of the driver's, behind the words that are noted while it is away. */
export const NET_BUFFER_POOL_NOTE = 6;

export const SEEN = 0x4e4c_5345;
const SOURCE = NET_BUFFER_LIST.offset.SourceHandle >>> 2;
const FLAGS = NET_BUFFER_LIST.offset.Flags >>> 2;

/** Called for a list that the driver has allocated. */
export function listIsAllocated(v: Verifier, nbl: Address, pool: Handle): void {
  const { ledger } = v;
  ledger.setNote(nbl, LIST_NOTE.context, 0);
  ledger.setNote(nbl, LIST_NOTE.behind, 0);
  ledger.setNote(nbl, LIST_NOTE.pool, pool);
  ledger.setNote(nbl, LIST_NOTE.seen, 0);
  ledger.setNote(nbl, LIST_NOTE.parent, 0);
  ledger.setNote(nbl, LIST_NOTE.children, 0);
}

/** Called for a list of another driver that is about to be handed to this one. */
export function listArrives(v: Verifier, nbl: Address, received = false): void {
  const { ledger, machine } = v;
  const { u32 } = machine.memory;
  ledger.setHolder(nbl, 0);
  ledger.setNote(nbl, LIST_NOTE.context, 0);
  ledger.setNote(nbl, LIST_NOTE.behind, 0);
  ledger.setNote(nbl, LIST_NOTE.seen, SEEN);
  ledger.setNote(nbl, LIST_NOTE.received, received ? 1 : 0);
  ledger.setNote(nbl, LIST_NOTE.source, u32[(nbl >>> 2) + SOURCE]);
  ledger.setNote(nbl, LIST_NOTE.flags, u32[(nbl >>> 2) + FLAGS]);
  ledger.setNote(nbl, LIST_NOTE.parent, 0);
  ledger.setNote(nbl, LIST_NOTE.children, 0);
}

/** True for a list of another driver whose arrival was noted. */
export const wasSeen = (v: Verifier, nbl: Address): boolean => v.ledger.note(nbl, LIST_NOTE.seen) === SEEN;

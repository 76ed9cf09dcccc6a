import type { DdiName } from "../ddi/table.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import { NB_STATE, POOL, RETREAT } from "../layout/pool.js";
import { NDIS_STATUS } from "../layout/status.js";
import { mdlByteCount } from "../mdl/mdl.js";
import { type Address, hexAddress } from "../memory/address.js";
import { DERIVED } from "../ndis6/derived-lists.js";
import { NB_RETREATS_OFFSET, NB_STATE_OFFSET } from "../ndis6/net-buffer.js";
import { KIND } from "./ledger.js";
import { LIST_NOTE, wasSeen } from "./net-buffer-list-notes.js";
import type { Verifier } from "./verifier.js";

const CHAIN = NET_BUFFER.offset.MdlChain >>> 2;
const DATA_OFFSET = NET_BUFFER.offset.DataOffset >>> 2;
const DATA_LENGTH = NET_BUFFER.offset.DataLength >>> 2;
const POOL_HANDLE = NET_BUFFER.offset.NdisPoolHandle >>> 2;
const RETREATS = NB_RETREATS_OFFSET >>> 2;
const STATE = NB_STATE_OFFSET >>> 2;
const FIRST_NB = NET_BUFFER_LIST.offset.FirstNetBuffer >>> 2;
const NET_BUFFER_START = POOL.offset.NetBufferStart >>> 2;
const MDL = RETREAT.offset.Mdl >>> 2;
const BY_HANDLER = RETREAT.offset.ByHandler >>> 2;
const HANDLER = RETREAT.offset.Handler >>> 2;
const MAX_LENGTH = 0xffffffff;

const report = (v: Verifier, rule: Parameters<Verifier["report"]>[0], nb: Address, message: string): void =>
  v.report(rule, message, { object: nb, kind: "NET_BUFFER", allocationSite: v.ledger.allocationSite(nb) });

/** Keeps account of a data start for RET-UNBAL; `bytes` is positive for a retreat. */
export function moved(v: Verifier, nb: Address, bytes: number): void {
  v.ledger.setValue(nb, v.ledger.value(nb) + bytes);
  v.ledger.touched(nb, v.site);
}

/** RET-OVERFLOW: whether what NDIS has to compute for a retreat fits 32 bits. */
export function checkRetreatFits(v: Verifier, ddi: DdiName, nb: Address, delta: number, backFill: number): boolean {
  const { u32 } = v.machine.memory;
  const w = nb >>> 2;
  const length = u32[w + DATA_LENGTH] + delta;
  const size = delta + backFill;
  const tooLong = length > MAX_LENGTH;
  if (!tooLong && (size <= MAX_LENGTH || delta <= u32[w + DATA_OFFSET])) return true;
  report(
    v,
    "RET-OVERFLOW",
    nb,
    tooLong
      ? `${ddi}(NetBuffer ${hexAddress(nb)}): DataLength ${u32[w + DATA_LENGTH]} + DataOffsetDelta ${delta} is ${length}, beyond 32 bits; see that the delta is not negative.`
      : `${ddi}(NetBuffer ${hexAddress(nb)}): DataOffsetDelta ${delta} + DataBackFill ${backFill} is ${size}, beyond 32 bits; ask for no more than the headers need.`,
  );
  return false;
}

/** RET-SHORTMDL: why a retreat failed that fitted. */
export function checkHandlerMdl(v: Verifier, ddi: DdiName, status: number, asked: number): void {
  const { refused, refusedBy: nb } = v.machine.dataStart;
  if (status !== NDIS_STATUS.NDIS_STATUS_FAILURE || refused === 0) return;
  report(
    v,
    "RET-SHORTMDL",
    nb,
    `${ddi}(NetBuffer ${hexAddress(nb)}): the allocate handler was asked for ${asked} bytes and returned MDL ${hexAddress(refused)} of ` +
      `${mdlByteCount(v.machine.memory, refused)}; return one of *BufferSize bytes or more, or NULL. Nobody frees this one.`,
  );
}

/** NB-RANGE of the one member from which CurrentMdl is found; DataLength may not have been set yet. */
export function checkOffset(v: Verifier, ddi: DdiName, nb: Address, chainLength: number): void {
  const offset = v.machine.memory.u32[(nb >>> 2) + DATA_OFFSET];
  if (offset <= chainLength) return;
  report(
    v,
    "NB-RANGE",
    nb,
    `${ddi}(NetBuffer ${hexAddress(nb)}): DataOffset ${offset} is beyond its MDL chain of ${chainLength} bytes; set MdlChain and a DataOffset within it first.`,
  );
}

/** ADV-PASTEND: whether there is as much data as an advance takes off. */
export function checkAdvanceFits(v: Verifier, ddi: DdiName, nb: Address, delta: number): boolean {
  const length = v.machine.memory.u32[(nb >>> 2) + DATA_LENGTH];
  if (delta <= length) return true;
  report(
    v,
    "ADV-PASTEND",
    nb,
    `${ddi}(NetBuffer ${hexAddress(nb)}): DataOffsetDelta ${delta} is more than the ${length} bytes of used data; compare with NET_BUFFER_DATA_LENGTH first.`,
  );
  return false;
}

/**
 * ADV-RXFREE: an advance into what was received must leave the MDLs alone. One that takes back what this driver
 * retreated before may free them.
 */
export function checkReceived(v: Verifier, ddi: DdiName, nb: Address, delta: number): void {
  const { ledger, machine } = v;
  if (ledger.value(nb) >= delta || !isReceived(v, nb)) return;
  const { u32 } = machine.memory;
  report(
    v,
    "ADV-RXFREE",
    nb,
    `${ddi}(NetBuffer ${hexAddress(nb)}): FreeMdl is TRUE for ${delta} of ${u32[(nb >>> 2) + DATA_LENGTH]} bytes that another driver received, ` +
      "whose MDLs are that driver's; pass FALSE, and retreat before the list goes back.",
  );
}

/** True for a NET_BUFFER of a list that came up from another driver. */
function isReceived(v: Verifier, nb: Address): boolean {
  const { u32 } = v.machine.memory;
  const w = nb >>> 2;
  if (u32[w + STATE] !== NB_STATE.preallocated) return false;
  const nbl = nb - u32[(u32[w + POOL_HANDLE] >>> 2) + NET_BUFFER_START];
  return !v.ledger.isLive(nbl, KIND.netBufferList) && wasSeen(v, nbl) && v.ledger.note(nbl, LIST_NOTE.received) === 1;
}

/** ADV-HANDLER, after an advance with FreeMdl: an MDL of the driver's handler that stays for want of the other one. */
export function checkFreeHandler(v: Verifier, ddi: DdiName, nb: Address, handler: number): void {
  const { u32 } = v.machine.memory;
  const record: Address = u32[(nb >>> 2) + RETREATS];
  if (record === 0 || handler !== 0) return;
  const r = record >>> 2;
  const mdl: Address = u32[r + MDL];
  const w = nb >>> 2;
  if (u32[r + BY_HANDLER] === 0 || u32[w + CHAIN] !== mdl) return;
  if (mdlByteCount(v.machine.memory, mdl) > u32[w + DATA_OFFSET]) return;
  report(
    v,
    "ADV-HANDLER",
    nb,
    `${ddi}(NetBuffer ${hexAddress(nb)}): MDL ${hexAddress(mdl)} is no longer used; the allocate handler ${u32[r + HANDLER]} made it, and FreeMdlHandler is NULL, ` +
      "so nobody can free it; pass the handler that undoes the allocate handler.",
  );
}

/**
 * RET-ALLOC of a list that is sent: the driver made it, and still had NDIS allocate the room for a header. What is
 * derived from another list has no unused data to begin with.
 */
export function checkRetreats(v: Verifier, ddi: DdiName, nbl: Address): void {
  const { ledger, machine } = v;
  if (!ledger.isLive(nbl, KIND.netBufferList) || machine.derivedLists.kindOf(nbl) !== DERIVED.none) return;
  const { u32 } = machine.memory;
  for (let nb: Address = u32[(nbl >>> 2) + FIRST_NB]; nb !== 0; nb = u32[nb >>> 2]) {
    const record: Address = u32[(nb >>> 2) + RETREATS];
    if (record === 0 || u32[(record >>> 2) + BY_HANDLER] !== 0) continue;
    const mdl: Address = u32[(record >>> 2) + MDL];
    const site = ledger.touchSite(nb);
    v.report(
      "RET-ALLOC",
      `${ddi}: NET_BUFFER ${hexAddress(nb)} is sent with MDL ${hexAddress(mdl)} of ${mdlByteCount(machine.memory, mdl)} bytes in front, which a retreat had to allocate; ` +
        "the list is the driver's own, so a DataOffset as large as all headers would have saved that.",
      { object: nb, kind: "NET_BUFFER", at: v.locationOf(site), allocationSite: ledger.allocationSite(nbl) },
    );
    return;
  }
}

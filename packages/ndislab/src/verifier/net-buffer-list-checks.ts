import type { DdiName } from "../ddi/table.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NBL_FLAGS, NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import { NDIS_STATUS, statusName } from "../layout/status.js";
import { type Address, type Handle, hexAddress } from "../memory/address.js";
import { KIND } from "./ledger.js";
import { LIST_NOTE, wasSeen } from "./net-buffer-list-notes.js";
import type { RuleId } from "./rule.js";
import type { Verifier } from "./verifier.js";

const NBL = NET_BUFFER_LIST.offset;
const SOURCE = NBL.SourceHandle >>> 2;
const NBL_FLAGS_WORD = NBL.NblFlags >>> 2;
const FLAGS = NBL.Flags >>> 2;
const STATUS = NBL.Status >>> 2;
const FIRST_NB = NBL.FirstNetBuffer >>> 2;
const PHYSICAL = NET_BUFFER.offset.DataPhysicalAddress >>> 2;

const {
  NDIS_NBL_FLAGS_IS_IPV4: IPV4,
  NDIS_NBL_FLAGS_IS_IPV6: IPV6,
  NDIS_NBL_FLAGS_IS_TCP: TCP,
  NDIS_NBL_FLAGS_IS_UDP: UDP,
  NDIS_NBL_FLAGS_SPLIT_AT_UPPER_LAYER_PROTOCOL_HEADER: SPLIT_HEADER,
  NDIS_NBL_FLAGS_SPLIT_AT_UPPER_LAYER_PROTOCOL_PAYLOAD: SPLIT_PAYLOAD,
  NBL_FLAGS_SCRATCH: SCRATCH,
  NBL_FLAGS_NDIS_RESERVED: NDIS_RESERVED,
} = NBL_FLAGS;
const IP = IPV4 | IPV6;
const TRANSPORT = TCP | UDP;
const SPLIT = SPLIT_HEADER | SPLIT_PAYLOAD;
/** Of NblFlags: what says something of the frames. */
export const FRAME_FLAGS = IP | TRANSPORT | SPLIT;
/** Of Flags: what a driver leaves alone in a list of its own, and in another driver's. */
export const NDIS_FLAGS = NDIS_RESERVED;
export const OTHERS_FLAGS = ~SCRATCH;

function report(
  v: Verifier,
  rule: RuleId,
  nbl: Address,
  message: string,
  allocationSite = v.ledger.allocationSite(nbl),
) {
  v.report(rule, message, { object: nbl, kind: "NET_BUFFER_LIST", allocationSite });
}

/**
 * What a list says of itself when it leaves the driver, either way: NBL-FLAGS, NBL-FLAGMASK, NBL-SRCHANDLE and, of
 * lists that the driver made, NB-PHYS. Reading a few words of a list that is right.
 */
export function checkHeader(v: Verifier, ddi: DdiName, nbl: Address, filter: Handle): void {
  const { ledger, machine } = v;
  const { u32 } = machine.memory;
  const w = nbl >>> 2;
  if ((u32[w + NBL_FLAGS_WORD] & FRAME_FLAGS) !== 0) checkFrameFlags(v, ddi, nbl, u32[w + NBL_FLAGS_WORD]);
  if (ledger.isLive(nbl, KIND.netBufferList)) {
    if (u32[w + SOURCE] !== filter) reportSource(v, ddi, nbl, filter);
    if ((u32[w + FLAGS] & NDIS_RESERVED) !== 0) reportMask(v, ddi, nbl, u32[w + FLAGS], NDIS_RESERVED);
    if ((u32[w + NBL_FLAGS_WORD] & SPLIT) === 0) checkPhysical(v, ddi, nbl);
  } else if (wasSeen(v, nbl)) {
    const source = ledger.note(nbl, LIST_NOTE.source);
    if ((u32[w + SOURCE] | 0) !== source) reportSource(v, ddi, nbl, source >>> 0);
    const changed = (u32[w + FLAGS] ^ ledger.note(nbl, LIST_NOTE.flags)) & ~SCRATCH;
    if (changed !== 0) reportMask(v, ddi, nbl, changed, ~SCRATCH);
  }
}

function checkFrameFlags(v: Verifier, ddi: DdiName, nbl: Address, flags: number): void {
  const has = (mask: number): boolean => (flags & mask) !== 0;
  const hasAll = (mask: number): boolean => (flags & mask) === mask;
  const wrong = hasAll(IP)
    ? "IS_IPV4 and IS_IPV6 exclude each other"
    : hasAll(TRANSPORT)
      ? "IS_TCP and IS_UDP exclude each other"
      : has(TRANSPORT) && !has(IP)
        ? "IS_TCP and IS_UDP need IS_IPV4 or IS_IPV6"
        : hasAll(SPLIT)
          ? "SPLIT_AT_UPPER_LAYER_PROTOCOL_HEADER and …_PAYLOAD exclude each other"
          : has(SPLIT) && !has(IP)
            ? "SPLIT_AT_UPPER_LAYER_PROTOCOL_… needs IS_IPV4 or IS_IPV6"
            : has(SPLIT_PAYLOAD) && !has(TRANSPORT)
              ? "SPLIT_AT_UPPER_LAYER_PROTOCOL_PAYLOAD needs IS_TCP or IS_UDP"
              : "";
  if (wrong !== "")
    report(
      v,
      "NBL-FLAGS",
      nbl,
      `${ddi}: NblFlags of NET_BUFFER_LIST ${hexAddress(nbl)} is 0x${flags.toString(16)}, but ${wrong}; set what is true of every frame on the list.`,
    );
}

function reportSource(v: Verifier, ddi: DdiName, nbl: Address, expected: Handle): void {
  const own = v.ledger.isLive(nbl, KIND.netBufferList);
  const found = v.machine.memory.u32[(nbl >>> 2) + SOURCE];
  const what = `SourceHandle of NET_BUFFER_LIST ${hexAddress(nbl)} is ${found === 0 ? "NULL" : hexAddress(found)}`;
  report(
    v,
    "NBL-SRCHANDLE",
    nbl,
    own
      ? `${ddi}: ${what}, and the list is the driver's own; set it to the filter handle ${hexAddress(expected)} first, by which NDIS gives the list back.`
      : `${ddi}: ${what} and was ${hexAddress(expected)} when the list came; leave it to the driver that made the list.`,
  );
  v.machine.memory.u32[(nbl >>> 2) + SOURCE] = expected;
}

function reportMask(v: Verifier, ddi: DdiName, nbl: Address, bits: number, forbidden: number): void {
  const { u32 } = v.machine.memory;
  const at = (nbl >>> 2) + FLAGS;
  const own = forbidden === NDIS_RESERVED;
  const hex = (mask: number): string => `0x${(mask >>> 0).toString(16).padStart(8, "0")}`;
  report(
    v,
    "NBL-FLAGMASK",
    nbl,
    `${ddi}: bits ${hex(bits & forbidden)} of Flags of NET_BUFFER_LIST ${hexAddress(nbl)} were changed; ` +
      (own
        ? `${hex(NDIS_RESERVED)} is for NDIS alone.`
        : `in a list of another driver a filter may use ${hex(SCRATCH)} (NBL_FLAGS_SCRATCH) and no others.`),
  );
  u32[at] = own ? u32[at] & ~NDIS_RESERVED : u32[at] ^ bits;
}

/** NB-PHYS: only the driver of an adapter knows a physical address, and it says so with a flag. */
function checkPhysical(v: Verifier, ddi: DdiName, nbl: Address): void {
  const { u32 } = v.machine.memory;
  for (let nb: Address = u32[(nbl >>> 2) + FIRST_NB]; nb !== 0; nb = u32[nb >>> 2])
    if ((u32[(nb >>> 2) + PHYSICAL] | u32[(nb >>> 2) + PHYSICAL + 1]) !== 0) {
      v.report(
        "NB-PHYS",
        `${ddi}: DataPhysicalAddress of NET_BUFFER ${hexAddress(nb)} is set without a flag that the frame is split; leave it 0, only a miniport sets it.`,
        { object: nb, kind: "NET_BUFFER", allocationSite: v.ledger.allocationSite(nbl) },
      );
      return;
    }
}

/** NBL-RXMULTI: what is received comes one NET_BUFFER to a list, on everything but 802.11. */
export function checkSingle(v: Verifier, ddi: DdiName, nbl: Address): void {
  const { u32 } = v.machine.memory;
  const first: Address = u32[(nbl >>> 2) + FIRST_NB];
  if (first === 0 || u32[first >>> 2] === 0) return;
  let count = 0;
  for (let nb = first; nb !== 0; nb = u32[nb >>> 2]) count++;
  report(
    v,
    "NBL-RXMULTI",
    nbl,
    `${ddi}: NET_BUFFER_LIST ${hexAddress(nbl)} has ${count} NET_BUFFERs; indicate each frame in a list of its own.`,
  );
}

/** NBL-STATUS of a send that is completed: any known failure will do. */
export function checkStatus(v: Verifier, ddi: DdiName, nbl: Address): void {
  const status = v.machine.memory.u32[(nbl >>> 2) + STATUS];
  if (status === NDIS_STATUS.NDIS_STATUS_SUCCESS) return;
  if (status >>> 30 === 3 && statusName(status).includes("STATUS_")) return;
  report(
    v,
    "NBL-STATUS",
    nbl,
    `${ddi}: Status of NET_BUFFER_LIST ${hexAddress(nbl)} is ${statusName(status)}; set NDIS_STATUS_SUCCESS, INVALID_LENGTH, ` +
      "RESOURCES, FAILURE, SEND_ABORTED, RESET_IN_PROGRESS or PAUSED before the send is completed.",
  );
}

/**
 * NBL-NEXTLEFT: lists that leak because one before them was freed as if its chain went with it. Most drivers free
 * chains one list after the other and leave Next as it is, so it is said only of what is lost. They are broken
 * from then on.
 */
export function reportNextLeft(v: Verifier, isLost: (nbl: Address) => boolean): void {
  const { ledger, machine } = v;
  const { u32 } = machine.memory;
  for (const first of ledger.liveObjects(KIND.netBufferList)) {
    const note = ledger.note(first, LIST_NOTE.behind);
    if (note === 0 || v.broken.has(first) || !isLost(first)) continue;
    let count = 0;
    for (let nbl = first; ledger.isLive(nbl, KIND.netBufferList) && !v.broken.has(nbl); nbl = u32[nbl >>> 2]) {
      v.broken.add(nbl);
      count++;
    }
    v.report(
      "NBL-NEXTLEFT",
      `NdisFreeNetBufferList: the list that was freed had NET_BUFFER_LIST ${hexAddress(first)} as its Next, and ` +
        `${count === 1 ? "that was" : `the ${count} lists from there on were`} never freed; free a chain one list after the other, Next is not followed.`,
      { object: first, at: v.locationOf(note - 1), allocationSite: ledger.allocationSite(first) },
    );
  }
}

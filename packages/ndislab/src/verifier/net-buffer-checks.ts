import type { DdiName } from "../ddi/table.js";
import { MDL } from "../layout/mdl.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NB_STATE } from "../layout/pool.js";
import { mdlByteCount } from "../mdl/mdl.js";
import { type Address, hexAddress } from "../memory/address.js";
import { NB_STATE_OFFSET } from "../ndis6/net-buffer.js";
import { chainLength, LONGEST_CHAIN, lengthsText, reportEndless, reportFreed } from "./chain-checks.js";
import { KIND } from "./ledger.js";
import { reportAway } from "./ownership.js";
import type { Verifier } from "./verifier.js";
import { whereabouts } from "./whereabouts.js";

const OFFSET = NET_BUFFER.offset;
const CURRENT = OFFSET.CurrentMdl >>> 2;
const CURRENT_OFFSET = OFFSET.CurrentMdlOffset >>> 2;
const DATA_LENGTH = OFFSET.DataLength >>> 2;
const CHAIN = OFFSET.MdlChain >>> 2;
const DATA_OFFSET = OFFSET.DataOffset >>> 2;

/** NB-NOTPOOL and NBL-OWNER: whether `nb` is a live NET_BUFFER; one that another driver has was told of, and may go on. */
export function checkIsNetBuffer(v: Verifier, ddi: DdiName, nb: Address): boolean {
  if (!checkNetBufferLives(v, ddi, nb)) return false;
  if (v.ledger.holder(nb) !== 0) reportAway(v, ddi, "NET_BUFFER", nb);
  return true;
}

/** NB-NOTPOOL: whether `nb` is a live NET_BUFFER of a pool, the driver's or another's, whoever has it. */
export function checkNetBufferLives(v: Verifier, ddi: DdiName, nb: Address): boolean {
  const { ledger, machine } = v;
  if (ledger.isLive(nb, KIND.netBuffer)) return true;
  const { memory, nonpaged } = machine;
  if ((nb & 7) === 0 && memory.contains(nb, NET_BUFFER.size) && nonpaged.isSystem(nb)) {
    const state = memory.u32[(nb + NB_STATE_OFFSET) >>> 2];
    if (state === NB_STATE.preallocated) return true;
    // Another driver's. The ledger may still know one of this driver's that was at the same place before.
    const pool = memory.u32[(nb + OFFSET.NdisPoolHandle) >>> 2];
    if ((state === NB_STATE.bare || state === NB_STATE.withData) && machine.pools.kindOf(pool) === "netBuffer")
      return true;
  }
  const freed = ledger.wasFreed(nb, KIND.netBuffer);
  v.report(
    "NB-NOTPOOL",
    freed
      ? `${ddi}: NET_BUFFER ${hexAddress(nb)} was freed at ${v.place(ledger.freeSite(nb))}; use it only while it is yours.`
      : `${ddi}: ${hexAddress(nb)} is not a live NET_BUFFER of a pool but ${whereabouts(v, nb)}; get one from NdisAllocateNetBuffer, never from private memory or the stack.`,
    { object: nb, kind: "NET_BUFFER", allocationSite: freed ? ledger.allocationSite(nb) : 0 },
  );
  return false;
}

/**
 * NB-CURMDL and NB-RANGE: the invariants of a NET_BUFFER's geometry, both forms of a boundary accepted. What most
 * NET_BUFFERs are, data within a single MDL, is seen without the walk.
 */
export const checkGeometry = (v: Verifier, ddi: DdiName, nb: Address): boolean =>
  liesInOneMdl(v, nb) || checkChain(v, ddi, nb);

function liesInOneMdl(v: Verifier, nb: Address): boolean {
  const { ledger, machine } = v;
  const { u32 } = machine.memory;
  const w = nb >>> 2;
  const mdl: Address = u32[w + CHAIN];
  const offset = u32[w + DATA_OFFSET];
  return (
    u32[w + CURRENT] === mdl &&
    u32[w + CURRENT_OFFSET] === offset &&
    machine.memory.contains(mdl, MDL.size) &&
    u32[mdl >>> 2] === 0 &&
    offset + u32[w + DATA_LENGTH] <= mdlByteCount(machine.memory, mdl) &&
    !ledger.wasFreed(mdl, KIND.mdl)
  );
}

/** One walk of the chain. */
function checkChain(v: Verifier, ddi: DdiName, nb: Address): boolean {
  const { memory } = v.machine;
  const { u32 } = memory;
  const w = nb >>> 2;
  const chain: Address = u32[w + CHAIN];
  const current: Address = u32[w + CURRENT];
  const dataOffset = u32[w + DATA_OFFSET];
  const dataLength = u32[w + DATA_LENGTH];
  const currentOffset = u32[w + CURRENT_OFFSET];
  let total = 0;
  let startOfCurrent = -1;
  let steps = 0;
  for (let mdl = chain; mdl !== 0; mdl = u32[mdl >>> 2]) {
    if (steps++ === LONGEST_CHAIN || !memory.contains(mdl, MDL.size)) {
      reportEndless(v, ddi, chain, nb);
      return false;
    }
    if (v.ledger.wasFreed(mdl, KIND.mdl) && reportFreed(v, ddi, mdl, nb)) return false;
    if (mdl === current) startOfCurrent = total;
    total += mdlByteCount(memory, mdl);
  }
  const matches =
    chain === 0
      ? current === 0 && currentOffset === 0 && dataOffset === 0
      : startOfCurrent >= 0 &&
        startOfCurrent + currentOffset === dataOffset &&
        currentOffset <= mdlByteCount(memory, current);
  if (!matches && !(chain !== 0 && dataOffset > total)) {
    const { chains } = v.machine;
    const expected = chains.locate(chain, dataOffset);
    const where = startOfCurrent < 0 ? "is not in the chain" : `starts at chain offset ${startOfCurrent}`;
    v.report(
      "NB-CURMDL",
      `${ddi}(NetBuffer ${hexAddress(nb)}): DataOffset is ${dataOffset} but CurrentMdl ${hexAddress(current)} ${where} with CurrentMdlOffset ${currentOffset}. ` +
        `Expected CurrentMdl ${hexAddress(expected)}, offset ${chains.locatedOffset}; call NdisAdjustNetBufferCurrentMdl after changing DataOffset.`,
      { object: nb, kind: "NET_BUFFER", allocationSite: v.ledger.allocationSite(nb) },
    );
    return false;
  }
  if (dataOffset + dataLength <= total) return true;
  v.report(
    "NB-RANGE",
    `${ddi}(NetBuffer ${hexAddress(nb)}): DataOffset ${dataOffset} + DataLength ${dataLength} is beyond its MDL chain of ${lengthsText(v, chain)} bytes; ${mostText(dataOffset, total)}`,
    { object: nb, kind: "NET_BUFFER", allocationSite: v.ledger.allocationSite(nb) },
  );
  return false;
}

/** The end of an NB-RANGE: what would have been in range. */
const mostText = (dataOffset: number, total: number): string =>
  dataOffset > total ? `DataOffset can be at most ${total}.` : `behind DataOffset it has ${total - dataOffset}.`;

/** Identity and geometry: what every call on a NET_BUFFER starts with. */
export const checkNetBuffer = (v: Verifier, ddi: DdiName, nb: Address): boolean =>
  v.plain.isSound(nb) || (checkIsNetBuffer(v, ddi, nb) && checkGeometry(v, ddi, nb));

/** NB-NULLCHAIN, CHAIN-CYCLE and NB-RANGE of the arguments that a new NET_BUFFER is made from. */
export function checkChainArguments(
  v: Verifier,
  ddi: DdiName,
  chain: Address,
  dataOffset: number,
  dataLength: number,
): boolean {
  if (chain === 0) {
    if (dataOffset === 0 && dataLength === 0) return true;
    v.report(
      "NB-NULLCHAIN",
      `${ddi}: MdlChain is NULL but DataOffset is ${dataOffset} and DataLength ${dataLength}; both must be 0 without a chain.`,
    );
    return false;
  }
  const total = chainLength(v, ddi, chain);
  if (total < 0) return false;
  if (dataOffset + dataLength <= total) return true;
  v.report(
    "NB-RANGE",
    `${ddi}: DataOffset ${dataOffset} + DataLength ${dataLength} is beyond the MDL chain ${hexAddress(chain)} of ${lengthsText(v, chain)} bytes; ${mostText(dataOffset, total)}`,
    {
      object: chain,
      kind: "MDL",
      allocationSite: v.ledger.allocationSite(chain),
    },
  );
  return false;
}

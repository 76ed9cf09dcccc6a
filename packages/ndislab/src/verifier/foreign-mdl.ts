import type { DdiName } from "../ddi/table.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NB_STATE, RETREAT } from "../layout/pool.js";
import { mdlByteCount } from "../mdl/mdl.js";
import { type Address, hexAddress } from "../memory/address.js";
import { EMBEDDED_MDL, NB_RETREATS_OFFSET, NB_STATE_OFFSET } from "../ndis6/net-buffer.js";
import { positionIn } from "./chain-checks.js";
import type { Verifier } from "./verifier.js";

const CHAIN = NET_BUFFER.offset.MdlChain >>> 2;
const RETREATS = NB_RETREATS_OFFSET >>> 2;
const STATE = NB_STATE_OFFSET >>> 2;
const NEXT = RETREAT.offset.Next >>> 2;
const MDL = RETREAT.offset.Mdl >>> 2;
const BY_HANDLER = RETREAT.offset.ByHandler >>> 2;
const WITH_DATA = NB_STATE.withData;

/** True for a NET_BUFFER that `checkForeignMdl` has to look at. Short: it stands before every free. */
export const mayHaveForeignMdl = (u32: Uint32Array, nb: Address): boolean => {
  const w = nb >>> 2;
  return u32[w + RETREATS] !== 0 || (u32[w + STATE] === WITH_DATA && u32[w + CHAIN] !== nb + EMBEDDED_MDL);
};

/**
 * NB-FOREIGNMDL of a NET_BUFFER that is about to be freed: the MDL of a retreat is still on its chain and would be
 * lost, or the driver's own is in front of the one that came with it. A chain that was re-pointed altogether is the
 * driver's business.
 * @param allowed MDLs of retreats that the call itself takes off
 */
export function checkForeignMdl(v: Verifier, ddi: DdiName, nb: Address, allowed = 0): void {
  const { u32 } = v.machine.memory;
  const w = nb >>> 2;
  const chain: Address = u32[w + CHAIN];
  let count = 0;
  let foreign: Address = 0;
  // Where something else stands in the place of a record, NdisReserved was overwritten: NB-POOLFIELD tells of that.
  const { nonpaged } = v.machine;
  for (let record: Address = u32[w + RETREATS]; nonpaged.isSystem(record); record = u32[(record >>> 2) + NEXT]) {
    const mdl: Address = u32[(record >>> 2) + MDL];
    if (u32[(record >>> 2) + BY_HANDLER] !== 0 && positionIn(v, chain, mdl) < 0) continue; // the driver took it off
    if (count++ === 0) foreign = mdl;
  }
  if (count > allowed)
    v.report(
      "NB-FOREIGNMDL",
      `${ddi}: NET_BUFFER ${hexAddress(nb)} still has MDL ${hexAddress(foreign)} of ${mdlByteCount(v.machine.memory, foreign)} bytes in front, which a retreat put there; ` +
        "call NdisAdvanceNetBufferDataStart with FreeMdl TRUE first.",
      { object: nb, kind: "NET_BUFFER", allocationSite: v.ledger.allocationSite(nb) },
    );
  else if (count === 0 && u32[w + STATE] === WITH_DATA && positionIn(v, chain, nb + EMBEDDED_MDL) > 0)
    v.report(
      "NB-FOREIGNMDL",
      `${ddi}: NET_BUFFER ${hexAddress(nb)} has MDL ${hexAddress(chain)} in front of its own ${hexAddress(nb + EMBEDDED_MDL)}; ` +
        "take off what was put in front before it is freed.",
      { object: nb, kind: "NET_BUFFER", allocationSite: v.ledger.allocationSite(nb) },
    );
}

/** NB-FOREIGNMDL of the NET_BUFFER that came with a list and goes with it. */
export function checkForeignMdlOfOwn(v: Verifier, nbl: Address): void {
  const { netBufferLists, memory } = v.machine;
  const nb = netBufferLists.preallocatedNetBuffer(nbl);
  if (nb !== 0 && memory.u32[(nb >>> 2) + RETREATS] !== 0) checkForeignMdl(v, "NdisFreeNetBufferList", nb);
}

import type { Address } from "../memory/address.js";
import type { Mdl, MdlOrigin } from "./block.js";
import type { Piece } from "./chain.js";
import { same } from "./expect.js";
import type { World } from "./world.js";

/**
 * The MDLs that a call made over bytes that are known, as a driver walks them: together they show exactly these, in
 * order and where they are.
 */
export function discoverViews(world: World, first: Address, pieces: readonly Piece[], origin: MdlOrigin): Mdl[] {
  const { ddi, lab } = world;
  const rest = pieces.map((piece) => ({ ...piece }));
  const mdls: Mdl[] = [];
  for (let mdl = first; mdl !== 0; mdl = ddi.NDIS_MDL_LINKAGE(mdl)) {
    ddi.NdisQueryMdl(mdl, lab.out, lab.length, 16);
    const length = lab.u32(lab.length);
    const [piece] = rest;
    same("whether an MDL shows bytes that were asked for", length <= (piece?.length ?? 0), true);
    same("the address of what an MDL shows", lab.u32(lab.out), piece.block.address + piece.offset);
    mdls.push(world.view(mdl, piece.block, piece.offset, length, origin));
    piece.offset += length;
    piece.length -= length;
    if (piece.length === 0) rest.shift();
  }
  same("runs of bytes that no MDL shows", rest.length, 0);
  return mdls;
}

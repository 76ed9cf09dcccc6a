import { expect } from "vitest";
import { NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import { mdlsOf, usedAddresses } from "./chain-model.js";
import { Lab, TAG } from "./lab.js";
import { LAYOUTS } from "./layouts.js";
import { expectSoundNetBuffer } from "./sound-net-buffer.js";

/** What a NET_BUFFER is made of: sizes of MDLs, DataOffset, DataLength. */
export type Shape = readonly [sizes: readonly number[], dataOffset: number, dataLength: number];

/** A list over known bytes, and what is asked of what is derived from it. */
export class OriginalList {
  readonly lab = new Lab({ memorySize: 1 << 20 });
  readonly listPool = this.lab.machine.netBufferLists.create({ tag: TAG, contextSize: 16, protocolId: 2 });
  readonly netBufferPool = this.lab.machine.netBuffers.create(TAG, 0);
  readonly nbl = this.lab.machine.netBufferLists.allocate(this.listPool, 0, 0);
  readonly netBuffers: readonly number[];

  /** @param stocked whether clones were made and freed before, so that all that they take is on a free list */
  constructor(shapes: readonly Shape[], stocked = false) {
    const { lab, nbl } = this;
    if (stocked) this.stock();
    let link = nbl + NET_BUFFER_LIST.offset.FirstNetBuffer;
    this.netBuffers = shapes.map(([sizes, dataOffset, dataLength]) => {
      const nb = lab.machine.netBuffers.allocate(this.netBufferPool, lab.chain(sizes), dataOffset, dataLength);
      lab.setU32(link, nb);
      link = nb;
      return nb;
    });
  }

  private stock(): void {
    const { lab } = this;
    const list = lab.machine.netBufferLists.allocate(this.listPool, 0, 0);
    const sizes = new Array<number>(32).fill(10);
    const nb = lab.machine.netBuffers.allocate(this.netBufferPool, lab.chain(sizes), 0, 320);
    lab.setU32(list + NET_BUFFER_LIST.offset.FirstNetBuffer, nb);
    const clones = [1, 2].map(() => lab.plain.NdisAllocateCloneNetBufferList(list, 0, 0, 0));
    for (const clone of clones) lab.plain.NdisFreeCloneNetBufferList(clone, 0);
    lab.machine.netBuffers.free(nb);
    lab.machine.netBufferLists.free(list);
  }

  clone(flags = 0, listPool = 0, netBufferPool = 0): number {
    return this.lab.plain.NdisAllocateCloneNetBufferList(this.nbl, listPool, netBufferPool, flags);
  }

  fragment(start: number, maximum: number, delta = 0, backFill = 0, listPool = 0, netBufferPool = 0): number {
    const { plain } = this.lab;
    return plain.NdisAllocateFragmentNetBufferList(
      this.nbl,
      listPool,
      netBufferPool,
      start,
      maximum,
      delta,
      backFill,
      0,
    );
  }

  reassemble(start: number, delta = 0, backFill = 0, listPool = 0, nbl = this.nbl): number {
    return this.lab.plain.NdisAllocateReassembledNetBufferList(nbl, listPool, start, delta, backFill, 0);
  }

  on(nbl: number): number[] {
    const found: number[] = [];
    for (let nb = this.lab.plain.NET_BUFFER_LIST_FIRST_NB(nbl); nb !== 0; nb = this.lab.u32(nb)) found.push(nb);
    return found;
  }

  used(nb: number): number[] {
    return usedAddresses(this.lab.machine, nb);
  }

  /** The used bytes of each NET_BUFFER on a list, each sound. */
  usedOf(nbl: number): number[][] {
    const { lab } = this;
    const { plain } = lab;
    expect(lab.u32(nbl)).toBe(0);
    if (nbl !== this.nbl) expect(lab.u32(nbl + NET_BUFFER_LIST.offset.Context)).toBe(0);
    expect(lab.u32(nbl + NET_BUFFER_LIST.offset.ParentNetBufferList)).toBe(0);
    expect(lab.u32(nbl + NET_BUFFER_LIST.offset.ChildRefCount)).toBe(0);
    expect(plain.NET_BUFFER_LIST_STATUS(nbl)).toBe(0);
    return this.on(nbl).map((nb) => {
      expectSoundNetBuffer(lab.machine, nb);
      return this.used(nb);
    });
  }

  mdls(nb: number): number[] {
    return mdlsOf(this.lab.machine, this.lab.plain.NET_BUFFER_FIRST_MDL(nb));
  }

  /** All that is given out, in blocks and in slots of every pool. */
  get account(): unknown {
    const { machine } = this.lab;
    const pools = [machine.mdlPool, this.listPool, this.netBufferPool].map((pool) => machine.pools.live(pool));
    return { mdls: machine.derivedMdls.live, pools };
  }

  /** The blocks that are no chunks of a pool. */
  get blocks(): number {
    return this.lab.machine.nonpaged.liveBlocks;
  }
}

/** Lists of one NET_BUFFER of every layout, and one of them all. */
export const ORIGINAL_LISTS: readonly { name: string; shapes: readonly Shape[] }[] = [
  ...LAYOUTS.map(({ name, sizes, dataOffset, dataLength }) => ({
    name,
    shapes: [[sizes, dataOffset, dataLength] as const],
  })),
  { name: "no NET_BUFFER", shapes: [] },
  { name: "one without a chain", shapes: [[[], 0, 0]] },
  {
    name: "one NET_BUFFER of each",
    shapes: LAYOUTS.map(({ sizes, dataOffset, dataLength }) => [sizes, dataOffset, dataLength] as const),
  },
];

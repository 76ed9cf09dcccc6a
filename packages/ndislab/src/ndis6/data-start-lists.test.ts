import { describe, expect, it } from "vitest";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import { NDIS_STATUS } from "../layout/status.js";
import { mdlAddress } from "../mdl/mdl.js";
import { mdlsOf, usedAddresses } from "../testing/chain-model.js";
import { Lab, TAG } from "../testing/lab.js";
import { LAYOUTS } from "../testing/layouts.js";
import { expectSoundNetBuffer } from "../testing/sound-net-buffer.js";

const { NDIS_STATUS_SUCCESS: SUCCESS, NDIS_STATUS_FAILURE: FAILURE, NDIS_STATUS_RESOURCES: RESOURCES } = NDIS_STATUS;

type Shape = readonly [sizes: readonly number[], dataOffset: number, dataLength: number];

/** A list of NET_BUFFERs, and a driver's two handlers for MDLs of retreats. */
class List {
  readonly lab = new Lab({ memorySize: 1 << 19 });
  readonly nbl: number;
  readonly netBuffers: readonly number[];
  readonly made: number[] = [];
  readonly freed: number[] = [];
  /** How many more MDLs the allocate handler has. */
  stock = Number.POSITIVE_INFINITY;
  readonly allocateHandler = this.lab.machine.callbacks.register((size) => {
    if (this.stock-- <= 0) return 0;
    const mdl = this.lab.chain([this.lab.u32(size)]);
    this.made.push(mdl);
    return mdl;
  });
  readonly freeHandler = this.lab.machine.callbacks.register((mdl) => {
    this.freed.push(mdl);
    this.lab.machine.nonpaged.free(mdlAddress(this.lab.machine.memory, mdl));
    this.lab.plain.NdisFreeMdl(mdl);
    return 0;
  });

  constructor(shapes: readonly Shape[]) {
    const { lab } = this;
    const { netBufferLists, netBuffers } = lab.machine;
    this.nbl = netBufferLists.allocate(netBufferLists.create({ tag: TAG }), 0, 0);
    const pool = netBuffers.create(TAG, 0);
    let link = this.nbl + NET_BUFFER_LIST.offset.FirstNetBuffer;
    this.netBuffers = shapes.map(([sizes, dataOffset, dataLength]) => {
      const nb = netBuffers.allocate(pool, lab.chain(sizes), dataOffset, dataLength);
      lab.setU32(link, nb);
      link = nb;
      return nb;
    });
    lab.plain.NdisFreeMdl(lab.chain([1])); // the pool of MDLs has grown
  }

  retreat(delta: number, backFill = 0, allocate = 0, free = 0): number {
    return this.lab.plain.NdisRetreatNetBufferListDataStart(this.nbl, delta, backFill, allocate, free);
  }

  advance(delta: number, freeMdl = false, free = 0): void {
    this.lab.plain.NdisAdvanceNetBufferListDataStart(this.nbl, delta, freeMdl ? 1 : 0, free);
  }

  get used(): number[][] {
    for (const nb of this.netBuffers) expectSoundNetBuffer(this.lab.machine, nb);
    return this.netBuffers.map((nb) => usedAddresses(this.lab.machine, nb));
  }

  get mdls(): number[][] {
    return this.netBuffers.map((nb) => mdlsOf(this.lab.machine, this.lab.plain.NET_BUFFER_FIRST_MDL(nb)));
  }

  /** All that a failed call must leave alone. */
  get state(): unknown {
    const { machine } = this.lab;
    return {
      bytes: this.netBuffers.map((nb) => [...machine.memory.bytes(nb, NET_BUFFER.size)]),
      chains: this.mdls,
      blocks: machine.nonpaged.liveBlocks,
    };
  }
}

const SHAPES = LAYOUTS.map(({ sizes, dataOffset, dataLength }): Shape => [sizes, dataOffset, dataLength]);

/** F6-22 and F6-24 of ndis6 §8. */
describe("a retreat of a list", () => {
  it("retreats every NET_BUFFER of it, with an MDL where there is too little unused data, and an advance undoes it", () => {
    for (const delta of [0, 1, 20, 50, 5000]) {
      const list = new List(SHAPES);
      const { used, mdls, state } = list;
      expect(list.retreat(delta, 3)).toBe(SUCCESS);
      expect(list.used.map((bytes) => bytes.slice(delta))).toEqual(used);
      for (const [index, chain] of list.mdls.entries())
        expect(chain.length - mdls[index].length).toBe(delta > SHAPES[index][1] ? 1 : 0);
      list.advance(delta, true);
      expect(list.state).toEqual(state);
    }
  });

  it("leaves the lists behind this one alone", () => {
    const list = new List([[[100], 20, 50]]);
    const { lab } = list;
    const other = new List([[[100], 20, 50]]);
    lab.setU32(list.nbl, other.nbl);
    const before = other.state;
    list.retreat(10);
    list.advance(5);
    expect(other.state).toEqual(before);
  });

  it("of no NET_BUFFERs succeeds", () => {
    expect(new List([]).retreat(100)).toBe(SUCCESS);
  });

  it("is all or nothing, whichever allocation fails", () => {
    for (let failing = 0; failing < 12; failing++) {
      const list = new List([
        [[100], 10, 50],
        [[100], 60, 30],
        [[100], 0, 50],
        [[64], 5, 50],
      ]);
      const { state } = list;
      const { nonpaged } = list.lab.machine;
      let asked = 0;
      nonpaged.fault = () => asked++ >= failing;
      const status = list.retreat(40, 8);
      nonpaged.fault = () => false;
      expect(status).toBe(failing < 6 ? RESOURCES : SUCCESS); // a record and data for three of them
      if (status !== SUCCESS) expect(list.state).toEqual(state);
    }
  });

  it("gives the MDLs of the driver's handler back to its free handler when a later NET_BUFFER fails", () => {
    const list = new List([
      [[100], 0, 50],
      [[100], 60, 30],
      [[100], 0, 50],
    ]);
    list.stock = 1;
    const { state } = list;
    expect(list.retreat(40, 0, list.allocateHandler, list.freeHandler)).toBe(RESOURCES);
    expect([list.made.length, list.freed]).toEqual([1, list.made]);
    expect(list.state).toEqual(state);
  });

  it("keeps an MDL of the handler as unused data when it has no handler to give it to", () => {
    const list = new List([
      [[100], 0, 50],
      [[100], 0, 50],
    ]);
    list.stock = 1;
    const { used, mdls } = list;
    expect(list.retreat(40, 0, list.allocateHandler, 0)).toBe(RESOURCES);
    expect(list.used).toEqual(used);
    expect(list.mdls).toEqual([[list.made[0], ...mdls[0]], mdls[1]]);
    expect(list.lab.plain.NET_BUFFER_DATA_OFFSET(list.netBuffers[0])).toBe(40);
  });

  it("that fails leaves the unused MDL of an earlier retreat where it was", () => {
    const list = new List([
      [[100], 0, 50],
      [[100], 0, 50],
    ]);
    const [first] = list.netBuffers;
    list.lab.plain.NdisRetreatNetBufferDataStart(first, 30, 0, 0);
    list.lab.plain.NdisAdvanceNetBufferDataStart(first, 30, 0, 0);
    for (const delta of [30, 31]) {
      // In the first NET_BUFFER the older MDL is used again, or stands behind the new one.
      const { state } = list;
      let asked = 0;
      list.lab.machine.nonpaged.fault = () => asked++ >= (delta === 30 ? 0 : 2);
      expect(list.retreat(delta)).toBe(RESOURCES);
      list.lab.machine.nonpaged.fault = () => false;
      expect(list.state).toEqual(state);
    }
  });

  it("beyond 32 bits is a failure, and changes nothing", () => {
    const list = new List([
      [[100], 20, 50],
      [[100], 0, 100],
    ]);
    const { state } = list;
    expect(list.retreat(10, 0xffff_ffff)).toBe(FAILURE);
    expect(list.retreat(0xffff_ffff - 40)).toBe(FAILURE);
    expect(list.state).toEqual(state);
  });
});

describe("an advance of a list", () => {
  it("advances every NET_BUFFER that has as much data, and leaves MDLs when FreeMdl is FALSE", () => {
    const list = new List([
      [[100], 20, 50],
      [[30, 40], 0, 70],
      [[10], 0, 5],
    ]);
    const { used, mdls } = list;
    list.advance(35);
    expect(list.used).toEqual([used[0].slice(35), used[1].slice(35), used[2]]);
    expect(list.mdls).toEqual(mdls);
  });

  it("gives the MDLs of the driver's handler to its free handler", () => {
    const list = new List([
      [[100], 0, 50],
      [[100], 60, 30],
      [[100], 0, 50],
    ]);
    const { state } = list;
    expect(list.retreat(40, 0, list.allocateHandler, list.freeHandler)).toBe(SUCCESS);
    list.advance(40, true, list.freeHandler);
    expect(list.freed).toEqual(list.made);
    expect(list.state).toEqual(state);
  });
});

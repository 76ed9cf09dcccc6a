import { describe, expect, it } from "vitest";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { POOL } from "../layout/pool.js";
import { NDIS_STATUS } from "../layout/status.js";
import { mdlAddress, mdlByteCount } from "../mdl/mdl.js";
import { mdlsOf, usedAddresses } from "../testing/chain-model.js";
import { Lab } from "../testing/lab.js";
import { LAYOUTS } from "../testing/layouts.js";
import { Random } from "../testing/random.js";
import { expectSoundNetBuffer } from "../testing/sound-net-buffer.js";

const { NDIS_STATUS_SUCCESS: SUCCESS, NDIS_STATUS_FAILURE: FAILURE, NDIS_STATUS_RESOURCES: RESOURCES } = NDIS_STATUS;

/** A NET_BUFFER and a driver's two handlers for MDLs of retreats. */
class Start {
  readonly lab = new Lab({ memorySize: 1 << 18 });
  readonly nb: number;
  /** What the allocate handler was asked for. */
  readonly asked: number[] = [];
  /** What the handlers made and took back. */
  readonly made: number[] = [];
  readonly freed: number[] = [];
  /** Bytes by which the handler's MDL differs from what it was asked for. */
  extra = 0;
  readonly allocateHandler = this.lab.machine.callbacks.register((size) => {
    this.asked.push(this.lab.u32(size));
    const mdl = this.lab.chain([this.lab.u32(size) + this.extra]);
    this.made.push(mdl);
    return mdl;
  });
  readonly freeHandler = this.lab.machine.callbacks.register((mdl) => {
    this.freed.push(mdl);
    expect(this.lab.u32(mdl)).toBe(0); // unlinked already
    this.lab.machine.nonpaged.free(mdlAddress(this.lab.machine.memory, mdl));
    this.lab.plain.NdisFreeMdl(mdl);
    return 0;
  });

  constructor(sizes: readonly number[], dataOffset: number, dataLength: number) {
    this.nb = this.lab.netBuffer(sizes, dataOffset, dataLength);
    this.lab.plain.NdisFreeMdl(this.lab.chain([1])); // the pool of MDLs has grown
  }

  retreat(delta: number, backFill = 0, handler = 0): number {
    return this.lab.plain.NdisRetreatNetBufferDataStart(this.nb, delta, backFill, handler);
  }

  advance(delta: number, freeMdl = false, handler = 0): void {
    this.lab.plain.NdisAdvanceNetBufferDataStart(this.nb, delta, freeMdl ? 1 : 0, handler);
  }

  get used(): number[] {
    return usedAddresses(this.lab.machine, this.nb);
  }

  get mdls(): number[] {
    return mdlsOf(this.lab.machine, this.lab.plain.NET_BUFFER_FIRST_MDL(this.nb));
  }

  get offset(): number {
    return this.lab.plain.NET_BUFFER_DATA_OFFSET(this.nb);
  }

  get blocks(): number {
    return this.lab.machine.nonpaged.liveBlocks;
  }

  /** All that NDIS or a driver sees of the NET_BUFFER. */
  get bytes(): number[] {
    return [...this.lab.machine.memory.bytes(this.nb, NET_BUFFER.size)];
  }

  expectSound(): void {
    expectSoundNetBuffer(this.lab.machine, this.nb);
  }
}

/** F6-21 of ndis6 §8. */
describe("a retreat within the unused data", () => {
  it.each(LAYOUTS)(
    "goes back over MDLs, up to all of DataOffset, and asks nobody: $name",
    ({ sizes, dataOffset, dataLength }) => {
      for (let delta = 0; delta <= dataOffset; delta += delta < 80 ? 1 : 997) {
        const start = new Start(sizes, dataOffset, dataLength);
        const { used, mdls, blocks } = start;
        expect(start.retreat(delta, 1000, start.allocateHandler)).toBe(SUCCESS);
        expect(start.used.slice(delta)).toEqual(used);
        expect([start.offset, start.mdls, start.blocks, start.asked]).toEqual([dataOffset - delta, mdls, blocks, []]);
        start.expectSound();
      }
    },
  );

  it("of no bytes succeeds even without a chain, and puts a boundary into the form of locate", () => {
    const empty = new Start([], 0, 0);
    expect(empty.retreat(0)).toBe(SUCCESS);
    empty.expectSound();
    const boundary = new Start([10, 20], 10, 20);
    boundary.lab.plain.NET_BUFFER_CURRENT_MDL.set(boundary.nb, boundary.mdls[0]);
    boundary.lab.plain.NET_BUFFER_CURRENT_MDL_OFFSET.set(boundary.nb, 10);
    expect(boundary.retreat(0)).toBe(SUCCESS);
    boundary.expectSound();
  });
});

describe("a retreat beyond the unused data", () => {
  it.each(LAYOUTS)("puts an MDL of Delta and BackFill in front: $name", ({ sizes, dataOffset, dataLength }) => {
    for (const [more, backFill] of [
      [1, 0],
      [14, 0],
      [14, 50],
      [5000, 1],
    ]) {
      const start = new Start(sizes, dataOffset, dataLength);
      const { used, mdls } = start;
      const delta = dataOffset + more;
      expect(start.retreat(delta, backFill)).toBe(SUCCESS);
      expect(start.mdls.slice(1)).toEqual(mdls);
      expect(mdlByteCount(start.lab.machine.memory, start.mdls[0])).toBe(delta + backFill);
      expect(start.offset).toBe(backFill + dataOffset); // the old unused data stays in the middle: it is used now
      expect(start.used.slice(delta)).toEqual(used);
      expect(start.used).toHaveLength(dataLength + delta);
      start.expectSound();
      expect(start.retreat(start.offset)).toBe(SUCCESS); // all of the backfill is there
      start.expectSound();
    }
  });

  it("gives a NET_BUFFER without a chain one", () => {
    const start = new Start([], 0, 0);
    expect(start.retreat(20, 12)).toBe(SUCCESS);
    expect([start.mdls.length, start.offset, start.used.length]).toEqual([1, 12, 20]);
    start.expectSound();
  });

  it("takes the MDL of the driver's handler, which may be larger than asked", () => {
    for (const extra of [0, 1, 100]) {
      const start = new Start([100], 10, 50);
      start.extra = extra;
      const { used } = start;
      expect(start.retreat(40, 8, start.allocateHandler)).toBe(SUCCESS);
      expect([start.asked, start.mdls[0]]).toEqual([[48], start.made[0]]);
      expect(start.offset).toBe(48 + extra + 10 - 40);
      expect(start.used.slice(40)).toEqual(used);
      start.expectSound();
    }
  });
});

describe("a retreat that fails changes nothing", () => {
  it("when DataLength or the MDL would be longer than 32 bits: FAILURE", () => {
    const start = new Start([100], 10, 50);
    const before = start.bytes;
    expect(start.retreat(0xffff_ffff - 49)).toBe(FAILURE);
    expect(start.retreat(11, 0xffff_ffff - 10)).toBe(FAILURE);
    expect(start.retreat(0xffff_ff00, 0x100)).toBe(FAILURE);
    expect(start.bytes).toEqual(before);
    expect(start.retreat(10, 0xffff_ffff)).toBe(SUCCESS); // in place: the backfill is not looked at
  });

  it("when there is no memory, whichever of its allocations fails: RESOURCES", () => {
    for (const failing of [0, 1, 2]) {
      const start = new Start([100], 10, 50);
      const { nonpaged, mdlPool } = start.lab.machine;
      const member = (name: keyof typeof POOL.offset) => start.lab.u32(mdlPool + POOL.offset[name]);
      while (member("FreeList") !== 0 || member("Unused") !== member("UnusedEnd"))
        start.lab.plain.NdisAllocateMdl(0, 0x3_0000, 1);
      const before = { bytes: start.bytes, blocks: start.blocks };
      let asked = 0; // the record, the data, and slots for the MDL
      nonpaged.fault = () => asked++ >= failing;
      expect(start.retreat(40)).toBe(RESOURCES);
      expect({ bytes: start.bytes, blocks: start.blocks }).toEqual(before);
    }
  });

  it("when the handler has no MDL: RESOURCES", () => {
    const start = new Start([100], 10, 50);
    const before = { bytes: start.bytes, blocks: start.blocks };
    const nothing = start.lab.machine.callbacks.register(() => 0);
    expect(start.retreat(11, 0, nothing)).toBe(RESOURCES);
    expect({ bytes: start.bytes, blocks: start.blocks }).toEqual(before);
  });

  it("when the handler's MDL is short: FAILURE, and the MDL is given back to nobody", () => {
    const start = new Start([100], 10, 50);
    start.extra = -1;
    const before = start.bytes;
    expect(start.retreat(11, 5, start.allocateHandler)).toBe(FAILURE);
    expect(start.bytes).toEqual(before);
    expect([start.asked, start.freed]).toEqual([[16], []]);
    start.lab.machine.callbacks.resolve(start.freeHandler)(start.made[0]); // still the driver's to free
  });
});

/** F6-23 of ndis6 §8. */
describe("an advance", () => {
  it.each(LAYOUTS)("moves the start on over MDLs: $name", ({ sizes, dataOffset, dataLength }) => {
    for (let delta = 0; delta <= dataLength; delta += delta < 100 ? 1 : 997)
      for (const freeMdl of [false, true]) {
        const start = new Start(sizes, dataOffset, dataLength);
        const { used, mdls, blocks } = start;
        start.advance(delta, freeMdl, start.freeHandler);
        expect(start.used).toEqual(used.slice(delta));
        expect([start.offset, start.mdls, start.blocks, start.freed]).toEqual([dataOffset + delta, mdls, blocks, []]); // the driver's own MDLs stay
        start.expectSound();
      }
  });

  it("beyond the data does nothing", () => {
    const start = new Start([100], 10, 50);
    const before = start.bytes;
    for (const delta of [51, 90, 0xffff_ffff]) start.advance(delta, true);
    expect(start.bytes).toEqual(before);
  });

  it("keeps the MDL of a retreat for the next one when FreeMdl is FALSE", () => {
    const start = new Start([100], 0, 50);
    start.retreat(20);
    const { mdls, blocks } = start;
    start.advance(20);
    expect([start.mdls, start.offset, start.blocks]).toEqual([mdls, 20, blocks]);
    start.expectSound();
    expect(start.retreat(20, 0, start.allocateHandler)).toBe(SUCCESS);
    expect([start.mdls, start.asked]).toEqual([mdls, []]);
  });

  it("frees MDL and memory of a retreat when FreeMdl is TRUE, without the driver's handler", () => {
    const start = new Start([100], 7, 50);
    const before = { bytes: start.bytes, blocks: start.blocks, mdls: start.mdls };
    start.retreat(20, 5);
    start.advance(20, true, start.freeHandler);
    expect({ bytes: start.bytes, blocks: start.blocks, mdls: start.mdls }).toEqual(before);
    expect(start.freed).toEqual([]);
  });

  it("gives the MDL that the driver's handler made to the driver's other handler", () => {
    const start = new Start([100], 7, 50);
    const before = { bytes: start.bytes, blocks: start.blocks };
    start.retreat(20, 5, start.allocateHandler);
    start.advance(20, true, start.freeHandler);
    expect(start.freed).toEqual(start.made);
    expect({ bytes: start.bytes, blocks: start.blocks }).toEqual(before);
  });

  it("keeps the MDL of a handler when there is no handler to take it back", () => {
    const start = new Start([100], 0, 50);
    start.retreat(20, 0, start.allocateHandler);
    const { mdls } = start;
    start.advance(20, true, 0);
    expect([start.mdls, start.offset]).toEqual([mdls, 20]);
    start.expectSound();
    start.advance(0, true, start.freeHandler); // a later advance may still take it
    expect([start.freed, start.offset]).toEqual([start.made, 0]);
    start.expectSound();
  });

  it("keeps an MDL that still holds used data", () => {
    const start = new Start([100], 0, 50);
    start.retreat(20);
    start.advance(19, true);
    expect([start.mdls.length, start.offset]).toEqual([2, 19]);
    start.expectSound();
    start.advance(1, true);
    expect([start.mdls.length, start.offset]).toEqual([1, 0]);
    start.expectSound();
  });

  it("takes nested retreats off one by one, or all at once", () => {
    for (const steps of [[10, 20, 30], [60], [35, 25], [59, 1]]) {
      const start = new Start([100], 0, 50);
      const before = { bytes: start.bytes, blocks: start.blocks };
      start.retreat(30);
      start.retreat(20, 0, start.allocateHandler);
      start.retreat(10);
      expect(start.mdls).toHaveLength(4);
      for (const delta of steps) {
        start.advance(delta, true, start.freeHandler);
        start.expectSound();
      }
      expect(start.freed).toEqual(start.made);
      expect({ bytes: start.bytes, blocks: start.blocks }).toEqual(before);
    }
  });

  it("frees the MDL of an earlier retreat when the driver took that of a later one off itself", () => {
    const start = new Start([40], 0, 40);
    const [own] = start.mdls;
    start.retreat(10);
    const [older] = start.mdls;
    start.retreat(20, 0, start.allocateHandler);
    // The driver takes back by hand what its handler made.
    const { plain } = start.lab;
    plain.NET_BUFFER_FIRST_MDL.set(start.nb, older);
    plain.NET_BUFFER_DATA_LENGTH.set(start.nb, 50);
    plain.NET_BUFFER_DATA_OFFSET.set(start.nb, 0);
    plain.NdisAdjustNetBufferCurrentMdl(start.nb);
    start.advance(10, true, start.freeHandler);
    expect(start.mdls).toEqual([own]);
    expect(start.freed).toEqual([]);
    expectSoundNetBuffer(start.lab.machine, start.nb);
  });

  it("leaves the MDL of a retreat alone while the driver has another one in front", () => {
    const start = new Start([100], 0, 50);
    start.retreat(20);
    const [own] = mdlsOf(start.lab.machine, start.lab.chain([30]));
    start.lab.setU32(own, start.mdls[0]);
    start.lab.plain.NET_BUFFER_FIRST_MDL.set(start.nb, own);
    start.lab.plain.NET_BUFFER_DATA_OFFSET.set(start.nb, 30);
    start.lab.plain.NdisAdjustNetBufferCurrentMdl(start.nb);
    const { mdls } = start;
    start.advance(20, true);
    expect([start.mdls, start.offset]).toEqual([mdls, 50]);
    start.expectSound();
  });
});

it("retreats and advances in any order keep the used bytes, and undone give everything back", () => {
  const random = new Random(8);
  for (let round = 0; round < 150; round++) {
    const sizes = Array.from({ length: random.between(1, 4) }, () => random.below(40));
    const total = sizes.reduce((a, b) => a + b);
    const dataOffset = random.between(0, total);
    const start = new Start(sizes, dataOffset, random.between(0, total - dataOffset));
    const before = { bytes: start.bytes, blocks: start.blocks };
    let net = 0;
    for (let step = 0; step < 12; step++) {
      const { used } = start;
      if (random.below(2) === 0) {
        const delta = random.below(60);
        start.extra = random.below(3);
        expect(start.retreat(delta, random.below(20), random.pick([0, start.allocateHandler]))).toBe(SUCCESS);
        expect(start.used.slice(delta)).toEqual(used);
        net += delta;
      } else {
        const delta = random.between(0, Math.min(net, used.length));
        start.advance(delta, random.below(2) === 0, start.freeHandler);
        expect(start.used).toEqual(used.slice(delta));
        net -= delta;
      }
      start.expectSound();
    }
    start.advance(net, true, start.freeHandler);
    expect(new Set(start.freed)).toEqual(new Set(start.made));
    expect({ bytes: start.bytes, blocks: start.blocks }).toEqual(before);
  }
});

/** F6-25: NdisAdjustNetBufferCurrentMdl. */
describe("adjusting CurrentMdl", () => {
  it("finds it from MdlChain and DataOffset alone", () => {
    const start = new Start([10, 0, 20, 30], 0, 5);
    for (const [offset, index, inMdl] of [
      [0, 0, 0],
      [10, 2, 0],
      [29, 2, 19],
      [30, 3, 0],
      [60, 3, 30],
      [61, 3, 31],
    ]) {
      start.lab.plain.NET_BUFFER_DATA_OFFSET.set(start.nb, offset);
      start.lab.plain.NET_BUFFER_CURRENT_MDL.set(start.nb, 0xdead);
      start.lab.plain.NET_BUFFER_CURRENT_MDL_OFFSET.set(start.nb, 0xdead);
      start.lab.plain.NdisAdjustNetBufferCurrentMdl(start.nb);
      expect(start.lab.plain.NET_BUFFER_CURRENT_MDL(start.nb)).toBe(start.mdls[index]);
      expect(start.lab.plain.NET_BUFFER_CURRENT_MDL_OFFSET(start.nb)).toBe(inMdl);
    }
  });
});

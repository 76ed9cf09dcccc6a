import { beforeEach, describe, expect, it } from "vitest";
import { createDdi } from "../ddi/table.js";
import { LAYOUTS } from "../testing/layouts.js";
import { Ndis } from "./ndis.js";
import type { NetBuffer } from "./net-buffer.js";
import { bytes, chainOf, codeOf } from "./testing/objects.js";

let ndis: Ndis;

beforeEach(() => {
  ndis = new Ndis({ memorySize: 4 << 20 });
});

/** What the used bytes are, put together from the pieces. */
const used = (nb: NetBuffer): Uint8Array => Uint8Array.from([...nb.segments()].flatMap((piece) => [...piece]));

describe.each(LAYOUTS)("over $name", ({ sizes, dataOffset, dataLength }) => {
  let nb: NetBuffer;
  const total = sizes.reduce((sum, size) => sum + size, 0);

  beforeEach(() => {
    nb = ndis.createNetBufferPool().allocateOver(chainOf(ndis, sizes), dataOffset, dataLength);
  });

  it("tells used bytes and room", () => {
    expect([nb.headRoom, nb.length, nb.tailRoom]).toEqual([dataOffset, dataLength, total - dataOffset - dataLength]);
    expect([...nb.mdls].map((mdl) => mdl.length)).toEqual(sizes);
  });

  it("reads what was written, in pieces, in one copy and in part", () => {
    const data = bytes(dataLength);
    nb.write(data);
    expect(used(nb)).toEqual(data);
    const whole = new Uint8Array(dataLength + 3);
    expect(nb.readInto(whole)).toBe(dataLength);
    expect(whole).toEqual(Uint8Array.of(...data, 0, 0, 0));
    const part = new Uint8Array(Math.floor(dataLength / 2));
    expect(nb.readInto(part)).toBe(part.length);
    expect(part).toEqual(data.subarray(0, part.length));
  });

  it("shows its bytes in place when one MDL has them, and says so when not", () => {
    const pieces = [...nb.segments()].length;
    expect(nb.contiguous).toBe(pieces <= 1);
    if (pieces > 1) expect(codeOf(() => nb.data)).toBe("NDIS_STATUS_BUFFER_TOO_SHORT");
    else {
      nb.write(bytes(dataLength));
      expect(nb.data).toEqual(bytes(dataLength));
      expect(nb.data).toBe(nb.data);
    }
  });

  it("writes up to the end of the chain and not beyond", () => {
    const room = total - dataOffset;
    nb.write(bytes(room));
    expect(used(nb)).toEqual(bytes(room));
    expect(codeOf(() => nb.write(new Uint8Array(room + 1)))).toBe("NB-RANGE");
    expect(codeOf(() => (nb.length = room + 1))).toBe("NB-RANGE");
    expect(used(nb)).toEqual(bytes(room));
  });

  it("retreats and advances over every boundary, and is then as before", () => {
    nb.write(bytes(dataLength));
    const before = [nb.headRoom, nb.length, nb.currentMdl];
    for (const delta of [0, 1, dataOffset, dataOffset + 1, 100]) {
      nb.retreat(delta);
      expect(nb.length).toBe(dataLength + delta);
      expect(used(nb).subarray(delta)).toEqual(bytes(dataLength));
      nb.advance(delta);
    }
    expect([nb.headRoom, nb.length, nb.currentMdl]).toEqual(before);
    expect([...nb.mdls].map((mdl) => mdl.length)).toEqual(sizes);
  });

  it("takes a copy of another's data, and gives one", () => {
    nb.write(bytes(dataLength));
    const other = ndis.createNetBufferPool({ dataSize: 16384 }).allocate();
    other.reserve(5);
    other.copyFrom(nb);
    expect(other.data).toEqual(bytes(dataLength));
    nb.length = 0;
    nb.copyFrom(other);
    expect(used(nb)).toEqual(bytes(dataLength));
  });
});

describe("with data of its own", () => {
  it("is empty, with the pool's bytes of room", () => {
    const nb = ndis.createNetBufferPool({ dataSize: 1500 }).allocate();
    expect([nb.length, nb.headRoom, nb.tailRoom, nb.data.length]).toEqual([0, 0, 1500, 0]);
    expect(nb.firstMdl?.length).toBe(1500);
    expect(nb.currentMdl).toBe(nb.firstMdl);
  });

  it("shows one memory to both faces", () => {
    const ddi = createDdi(ndis.machine);
    const nb = ndis.createNetBufferPool({ dataSize: 64 }).allocate();
    nb.write(bytes(10));
    const address = ddi.NdisGetDataBuffer(nb.address, 10, 0, 1, 0);
    expect(nb.data.byteOffset).toBe(address);
    ndis.machine.memory.u8[address] = 0xee;
    expect(nb.data[0]).toBe(0xee);
    ddi.NET_BUFFER_DATA_LENGTH.set(nb.address, 3);
    expect(nb.length).toBe(3);
  });

  it("has one view as long as start and length stay", () => {
    const nb = ndis.createNetBufferPool({ dataSize: 64 }).allocate();
    nb.reserve(14);
    nb.write(bytes(20));
    const view = nb.data;
    nb.write(bytes(20).reverse());
    expect(nb.data).toBe(view);
    nb.retreat(14);
    expect(nb.data).not.toBe(view);
    expect(nb.data.subarray(14)).toEqual(view);
  });

  it("keeps the data when head room is too little for a retreat, and frees what the retreat took", () => {
    using pool = ndis.createNetBufferPool({ dataSize: 64 });
    const { nonpaged } = ndis.machine;
    const first = pool.allocate();
    const blocks = nonpaged.liveBlocks;
    first.write(bytes(20));
    first.retreat(14, 50);
    expect([first.length, first.headRoom, first.contiguous]).toEqual([34, 50, false]);
    expect([...first.mdls].map((mdl) => mdl.length)).toEqual([64, 64]);
    first.free();
    expect(nonpaged.liveBlocks - blocks).toBeLessThanOrEqual(1); // the slots of NDIS's own MDLs
    const again = pool.allocate();
    const grown = nonpaged.liveBlocks;
    again.retreat(14);
    again.free();
    expect(nonpaged.liveBlocks).toBe(grown);
  });

  it("reserves room anywhere in the chain", () => {
    const nb = ndis.createNetBufferPool({ dataSize: 100 }).allocate();
    nb.write(bytes(50));
    nb.reserve(100);
    expect([nb.length, nb.headRoom, nb.tailRoom]).toEqual([0, 100, 0]);
    expect(codeOf(() => nb.reserve(101))).toBe("NB-RANGE");
    expect(nb.headRoom).toBe(100);
  });
});

describe("refuses, and stays as it was,", () => {
  let nb: NetBuffer;

  beforeEach(() => {
    nb = ndis.createNetBufferPool({ dataSize: 64 }).allocate();
    nb.write(bytes(20));
  });

  it("to advance beyond its data", () => {
    expect(codeOf(() => nb.advance(21))).toBe("NB-RANGE");
    expect([nb.length, nb.headRoom]).toEqual([20, 0]);
  });

  it.each([-1, 1.5, Number.NaN, 2 ** 32])("a count of %s", (count) => {
    for (const action of [
      () => nb.advance(count),
      () => nb.retreat(count),
      () => nb.retreat(1, count),
      () => nb.reserve(count),
      () => (nb.length = count),
    ])
      expect(codeOf(action)).toBe("NDIS_STATUS_INVALID_PARAMETER");
    expect([nb.length, nb.headRoom]).toEqual([20, 0]);
  });

  it("a retreat that memory has no room for", () => {
    ndis.machine.nonpaged.fault = () => true;
    expect(codeOf(() => nb.retreat(1))).toBe("NDIS_STATUS_RESOURCES");
    expect([nb.length, nb.headRoom]).toEqual([20, 0]);
  });

  it("a copy from another machine", () => {
    using other = new Ndis({ memorySize: 1 << 20 });
    using pool = other.createNetBufferPool({ dataSize: 64 });
    using foreign = pool.allocate();
    expect(codeOf(() => nb.copyFrom(foreign))).toBe("POOL-HANDLE");
  });

  it("every use after it was freed, and a second free", () => {
    nb.free();
    expect(nb.live).toBe(false);
    for (const action of [
      () => nb.length,
      () => (nb.length = 1),
      () => nb.data,
      () => nb.headRoom,
      () => nb.tailRoom,
      () => [...nb.segments()],
      () => nb.readInto(new Uint8Array(1)),
      () => nb.write(new Uint8Array(1)),
      () => nb.reserve(1),
      () => nb.retreat(1),
      () => nb.advance(0),
      () => nb.firstMdl,
      () => nb.mdls,
      () => nb.next,
    ])
      expect(codeOf(action)).toBe("NB-NOTPOOL");
    expect(codeOf(() => nb.free())).toBe("NB-DFREE");
  });
});

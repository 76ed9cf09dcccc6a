import { describe, it } from "vitest";
import { NBL_FLAGS } from "../layout/net-buffer-list.js";
import { LAYOUTS, type Layout, LIST_LAYOUTS } from "../testing/layouts.js";
import type { Block } from "./block.js";
import { copyBuffer, freeDescriptors, makeBuffer, makeBufferPool } from "./buffer-acts.js";
import { ends, placesOf } from "./chain.js";
import { copyData, getData, physicalCount } from "./data-acts.js";
import { advance, retreat } from "./data-start-acts.js";
import { clone, fragment, freeDerived, reassemble } from "./derived-acts.js";
import { endWorld } from "./end.js";
import { checkWorld } from "./invariants.js";
import type { List } from "./list.js";
import { allocateList, makeListPool, putOn } from "./list-acts.js";
import { advanceList, retreatList } from "./list-start-acts.js";
import { makeChain } from "./memory-acts.js";
import type { NetBuffer } from "./net-buffer.js";
import { allocateNetBuffer, makeNetBufferPool, setGeometry } from "./net-buffer-acts.js";
import type { Packet } from "./packet.js";
import { chainBuffers, copyPacket, makePacket, makePacketPool, queryPacket } from "./packet-acts.js";
import type { Pool } from "./pool.js";
import { STORAGE_SIZE, World } from "./world.js";

const SHARE = NBL_FLAGS.NDIS_CLONE_FLAGS_USE_ORIGINAL_MDLS;

/** Runs a scene in a world with the verifier in front and in one without; everything is checked and given back. */
function play(scene: (world: World) => void): void {
  for (const verified of [true, false]) {
    const world = new World(verified);
    try {
      scene(world);
      checkWorld(world);
      endWorld(world);
    } catch (error) {
      const calls = world.log.slice(-12).join("\n  ");
      throw new Error(`${error instanceof Error ? error.message : error}\n  ${calls}`, { cause: error });
    }
  }
}

const newPool = (world: World): Pool => makeNetBufferPool(world, 0) as Pool;

/** A NET_BUFFER in one physical form. */
const lay = (world: World, { sizes, dataOffset, dataLength }: Layout, pool = newPool(world)): NetBuffer =>
  allocateNetBuffer(world, pool, makeChain(world, sizes), dataOffset, dataLength) as NetBuffer;

/** A list whose NET_BUFFERs lie each as it says. */
function layList(world: World, layouts: readonly Layout[]): List {
  const pool = newPool(world);
  const list = allocateList(world, makeListPool(world, {}) as Pool, [0, 0]) as List;
  layouts.forEach((layout, i) => {
    putOn(world, list, lay(world, layout, pool), i);
  });
  return list;
}

/** Runs once for each form in which CurrentMdl and CurrentMdlOffset can say where the data start. */
function inEveryForm(world: World, nb: NetBuffer, run: () => void): void {
  const { dataOffset, dataLength } = nb;
  for (let form = 0; form < Math.max(1, placesOf(nb.chain, dataOffset).length); form++) {
    setGeometry(world, nb, dataOffset, dataLength, form);
    run();
  }
}

/** Numbers at and around the marks, none beyond `highest`. */
const around = (marks: readonly number[], highest: number): number[] =>
  [...new Set(marks.flatMap((mark) => [mark - 1, mark, mark + 1]))].filter((n) => n >= 0 && n <= highest);

describe.each(LAYOUTS)("$name:", (layout) => {
  it("a retreat and the advance that undoes it, by every distance that matters", () => {
    play((world) => {
      const nb = lay(world, layout);
      const { handlers } = world;
      const marks = [0, layout.dataOffset, ...ends(nb.chain).map((end) => layout.dataOffset - end)];
      for (const delta of around(marks, layout.dataOffset + 20))
        for (const handler of [0, handlers.exact, handlers.generous])
          inEveryForm(world, nb, () => {
            retreat(world, nb, delta, 3, handler);
            checkWorld(world);
            advance(world, nb, delta, true, handlers.free);
            checkWorld(world);
          });
    });
  });

  it("an advance and the retreat that undoes it, by every distance that matters", () => {
    play((world) => {
      const nb = lay(world, layout);
      for (const delta of around(nb.marks, layout.dataLength))
        inEveryForm(world, nb, () => {
          advance(world, nb, delta, false, 0);
          checkWorld(world);
          retreat(world, nb, delta, 0, 0);
          checkWorld(world);
        });
    });
  });

  it("NdisGetDataBuffer for every length that matters and every alignment", () => {
    play((world) => {
      const nb = lay(world, layout);
      for (const length of around([...nb.marks, 14, 34], Math.min(STORAGE_SIZE, layout.dataLength + 1)))
        for (const multiple of [1, 2, 4, 16])
          for (let offset = 0; offset < multiple; offset++) {
            if (length === 0 && world.verified) continue;
            inEveryForm(world, nb, () => {
              getData(world, nb, length, -1, multiple, offset);
              getData(world, nb, length, 0, multiple, offset);
            });
          }
      checkWorld(world);
      physicalCount(world, nb);
    });
  });

  it.each(LAYOUTS)("NdisCopyFromNetBufferToNetBuffer to $name", (other) => {
    play((world) => {
      const pool = newPool(world);
      const from = lay(world, layout, pool);
      const to = lay(world, other, pool);
      const space = to.chainLength - to.dataOffset;
      for (const fromOffset of around(
        [0, layout.dataLength, ends(from.chain)[0] - layout.dataOffset],
        layout.dataLength,
      ))
        for (const toOffset of around([0, space, ends(to.chain)[0] - other.dataOffset], space))
          for (const length of [0, 1, 33, from.dataLength, from.dataLength + 9])
            copyData(world, to, toOffset, length, from, fromOffset);
      checkWorld(world);
      inEveryForm(world, from, () => copyData(world, to, 0, 50, from, 1));
      inEveryForm(world, to, () => copyData(world, to, 1, 50, from, 0));
    });
  });

  it("NdisGetDataBuffer and a copy when the pages are only locked, and each mapping fails in turn", () => {
    play((world) => {
      const pool = newPool(world);
      const { sizes, dataOffset, dataLength } = layout;
      for (let mapping = 0; mapping < Math.min(5, sizes.length + 1); mapping++) {
        const from = allocateNetBuffer(world, pool, makeChain(world, sizes, true), dataOffset, dataLength) as NetBuffer;
        const to = allocateNetBuffer(world, pool, makeChain(world, sizes, true), dataOffset, 0) as NetBuffer;
        world.mappingFault = mapping;
        if (dataLength > 0) getData(world, from, Math.min(dataLength, STORAGE_SIZE), 0, 1, 0);
        checkWorld(world);
        world.mappingFault = mapping;
        copyData(world, to, 0, dataLength, from, 0);
        checkWorld(world);
        copyData(world, to, 0, dataLength, from, 0);
        checkWorld(world);
      }
    });
  });

  it("NdisCopyBuffer of every part that matters", () => {
    play((world) => {
      const buffers = makeBufferPool(world, 200) as Pool;
      const chain = makeChain(world, layout.sizes);
      const total = layout.sizes.reduce((sum, size) => sum + size, 0);
      for (const offset of around([0, ...ends(chain)], total - 1))
        for (const length of around([total - offset, 1, ...ends(chain)], total - offset)) {
          if (length === 0) continue;
          const copies = copyBuffer(world, buffers, chain, offset, length);
          checkWorld(world);
          if (copies !== undefined) freeDescriptors(world, copies);
        }
    });
  });

  it.each(LAYOUTS)("NdisCopyFromPacketToPacket to $name", (other) => {
    play((world) => {
      const buffers = makeBufferPool(world, 200) as Pool;
      const packets = makePacketPool(world, 2, 0, 16, 0) as Pool;
      const from = layPacket(world, packets, buffers, layout);
      const to = layPacket(world, packets, buffers, other);
      const [has, space] = [from.counted.bytes, to.counted.bytes];
      for (const fromOffset of around([0, has, ...ends(from.chain).slice(0, 2)], has))
        for (const toOffset of around([0, space, ...ends(to.chain).slice(0, 2)], space))
          for (const length of [0, 1, 33, has + 9])
            copyPacket(world, to, toOffset, length, from, fromOffset, length === 1);
      checkWorld(world);
      queryPacket(world, from, false);
      queryPacket(world, to, false);
    });
  });
});

/** A packet whose descriptors have the lengths of a layout, chained from the back to the front. */
function layPacket(world: World, packets: Pool, buffers: Pool, { sizes }: Layout): Packet {
  const packet = makePacket(world, packets) as Packet;
  for (const size of [...sizes].reverse()) {
    if (size === 0) continue;
    const mdl = makeBuffer(world, buffers, world.block(size + 1) as Block, 1, size);
    if (mdl !== undefined)
      chainBuffers(world, packet, world.descriptors[world.descriptors.length - 1], "NdisChainBufferAtFront");
  }
  return packet;
}

describe.each(LIST_LAYOUTS)("a list of $name:", ({ netBuffers }) => {
  it("retreats and advances of all", () => {
    play((world) => {
      const list = layList(world, netBuffers);
      const { handlers } = world;
      for (const delta of around([0, 14, ...netBuffers.map(({ dataOffset }) => dataOffset)], 120))
        for (const handler of [0, handlers.exact, handlers.generous, handlers.failing]) {
          const before = list.text;
          retreatList(world, list, delta, 2, handler, handlers.free);
          checkWorld(world);
          if (list.text !== before) advanceList(world, list, delta, true, handlers.free);
          checkWorld(world);
        }
    });
  });

  it.each([0, SHARE])("clones with flags %i, and clones of them", (flags) => {
    play((world) => {
      const list = layList(world, netBuffers);
      const first = clone(world, list, {}, flags) as List;
      checkWorld(world);
      const second = clone(world, first, { netBuffers: world.poolsOf("netBuffer")[0] }, 0) as List;
      checkWorld(world);
      retreatList(world, second, 14, 4, 0, 0);
      checkWorld(world);
      freeDerived(world, second);
      checkWorld(world);
      freeDerived(world, first);
    });
  });

  it("fragments of every length that matters", () => {
    play((world) => {
      const list = layList(world, netBuffers);
      const longest = Math.max(1, ...netBuffers.map(({ dataLength }) => dataLength));
      for (const start of [0, 1, 20])
        for (const most of around([longest, longest >>> 1, 41], longest + 1)) {
          if (most < 5) continue;
          for (const room of [
            [0, 0],
            [14, 6],
          ] as const) {
            const fragments = fragment(world, list, {}, start, most, room);
            checkWorld(world);
            if (fragments !== undefined) freeDerived(world, fragments);
          }
        }
    });
  });

  it("a reassembled list", () => {
    play((world) => {
      const list = layList(world, netBuffers);
      for (const start of [0, 1, 20, 70])
        for (const room of [
          [0, 0],
          [14, 6],
        ] as const) {
          const whole = reassemble(world, list, undefined, start, room) as List;
          checkWorld(world);
          freeDerived(world, whole);
        }
    });
  });
});

it.each([25_000, 29_000, 30_000, 31_000, 33_000])("MDLs over %i bytes have room for all their pages", (length) => {
  play((world) => {
    const lay = (size: number): List => layList(world, [{ name: "", sizes: [size], dataOffset: 0, dataLength: size }]);
    const small = lay(10);
    const large = lay(length);
    const [before, behind] = [clone(world, small, {}, 0), clone(world, small, {}, 0)] as [List, List];
    // What is freed is used again first: the MDL of many pages stands in front of one that is alive.
    freeDerived(world, before);
    clone(world, large, {}, 0);
    checkWorld(world);
    freeDerived(world, behind);
  });
});

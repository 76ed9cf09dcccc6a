import { describe, expect, it } from "vitest";
import { parseSignature } from "../ddi/signature.js";
import { ENTRIES } from "../ddi/table.js";
import { MDL, MDL_FLAGS } from "../layout/mdl.js";
import { POOL_FLAGS, POOL_TYPE } from "../layout/memory-manager.js";
import { NDIS_PACKET_PRIVATE } from "../layout/packet.js";
import { NDIS_STATUS } from "../layout/status.js";
import type { Handle } from "../memory/address.js";
import { readField } from "../memory/fields.js";
import { IMAGE_BASE } from "../memory/memory.js";
import { bytesAt, chainAddresses } from "../testing/chain-model.js";
import { Lab, POISON, patternByte, STACK, TAG } from "../testing/lab.js";
import { MemorySnapshot } from "../testing/memory-snapshot.js";
import { Random } from "../testing/random.js";
import { KIND } from "../verifier/ledger.js";

const { NDIS_STATUS_SUCCESS: SUCCESS, NDIS_STATUS_FAILURE: FAILURE } = NDIS_STATUS;

/** NdisQueryBuffer as [VirtualAddress, Length]. */
function query(lab: Lab, buffer: number): [number, number] {
  lab.ddi.NdisQueryBuffer(buffer, lab.out, lab.length);
  return [lab.u32(lab.out), lab.u32(lab.length)];
}

/** NdisAllocateBuffer and NDIS 5 as a whole: seeds 000 and 001. */
describe("NdisAllocateBuffer", () => {
  it("R3: the descriptor maps exactly the bytes it was asked to map", () => {
    const lab = new Lab();
    const pool = lab.bufferPool(4);
    const block = lab.block(512);
    const buffer = lab.buffer(pool, block + 13, 200);
    expect(query(lab, buffer)).toEqual([block + 13, 200]);
    expect(chainAddresses(lab.machine, buffer)).toEqual(Array.from({ length: 200 }, (_, i) => block + 13 + i));
  });

  it("R4: a sub-range may be mapped, and mapping neither copies nor alters the bytes", () => {
    const lab = new Lab();
    const pool = lab.bufferPool(1);
    const block = lab.block(8192);
    const [address] = query(lab, lab.buffer(pool, block + 100, 200));
    for (let i = 0; i < 8192; i++) expect(lab.machine.memory.u8[block + i]).toBe(patternByte(block + i));
    lab.machine.memory.u8[address + 7] ^= 0xff;
    expect(lab.machine.memory.u8[block + 107]).toBe(patternByte(block + 107) ^ 0xff);
  });

  it("R5: a range that is not wholly inside one live nonpaged allocation is refused", () => {
    const lab = new Lab();
    const pool = lab.bufferPool(8);
    const block = lab.block(1000);
    const freed = lab.block(3000);
    lab.machine.nonpaged.free(freed);
    const ranges = [
      [lab.machine.nonpaged.end - 4096, 16], // never allocated
      [block + 990, 11], // straddles the end
      [block, 1001],
      [block + 1000, 1], // behind the end, in the same slot
      [freed, 16],
      [block, 0xffff_ffff], // wraps in 32 bits
    ];
    for (const [address, length] of ranges) {
      expect(lab.buffer(pool, address, length)).toBe(0);
      expect(lab.u32(lab.status)).toBe(FAILURE);
      expect(lab.takeRules()).toEqual(["BUF-RANGE"]);
    }
    const { PagedPool, PagedPoolCacheAligned, NonPagedPool, NonPagedPoolNx } = POOL_TYPE.values;
    const { POOL_FLAG_PAGED, POOL_FLAG_NON_PAGED } = POOL_FLAGS;
    const paged = [
      ...[PagedPool, PagedPoolCacheAligned].map((type) => lab.ddi.ExAllocatePoolWithTag(type, 1000, TAG)),
      lab.ddi.ExAllocatePoolZero(PagedPool, 1000, TAG),
      lab.ddi.ExAllocatePool2(BigInt(POOL_FLAG_PAGED), 1000, TAG),
    ];
    for (const address of paged) {
      expect(lab.buffer(pool, address + 10, 20)).toBe(0);
      expect(lab.u32(lab.status)).toBe(FAILURE);
      expect(lab.takeRules()).toEqual(["BUF-PAGED"]);
    }
    for (const address of [
      ...[NonPagedPool, NonPagedPoolNx].map((type) => lab.ddi.ExAllocatePoolWithTag(type, 1000, TAG)),
      lab.ddi.ExAllocatePool2(BigInt(POOL_FLAG_NON_PAGED), 1000, TAG),
    ])
      expect(lab.buffer(pool, address + 10, 20)).not.toBe(0);
    expect(lab.buffer(pool, block, 1000)).not.toBe(0);
    expect(lab.buffer(pool, block + 999, 1)).not.toBe(0);
    expect(lab.rules).toEqual([]);
  });

  it("R6: the status is final when the call returns, never NDIS_STATUS_PENDING", () => {
    const lab = new Lab();
    const pool = lab.bufferPool(1);
    const block = lab.block(64);
    for (const expected of [SUCCESS, FAILURE]) {
      lab.setU32(lab.status, POISON);
      lab.buffer(pool, block, 64);
      expect(lab.u32(lab.status)).toBe(expected);
    }
  });

  it("R7: the status is SUCCESS if and only if *Buffer is a live descriptor", () => {
    const lab = new Lab();
    const random = new Random(7);
    const pools = [lab.bufferPool(3), lab.bufferPool(40), lab.bufferPool(0), 0, 0x1234_5678 & -4];
    const block = lab.block(10_000);
    const live = new Set<number>();
    let failures = 0;
    for (let round = 0; round < 3000; round++) {
      if (live.size > 0 && random.below(3) === 0) {
        const buffer = random.pick([...live]);
        live.delete(buffer);
        lab.ddi.NdisFreeBuffer(buffer);
        continue;
      }
      lab.setU32(lab.status, POISON);
      lab.setU32(lab.out, POISON);
      lab.machine.nonpaged.fault = () => random.below(4) === 0;
      const buffer = lab.buffer(random.pick(pools), block + random.below(9000), random.below(2000));
      const success = lab.u32(lab.status) === SUCCESS;
      expect(success).toBe(buffer !== 0 && lab.verifier.ledger.isLive(buffer, KIND.buffer) && !live.has(buffer));
      if (success) live.add(buffer);
      else {
        failures++;
        expect([lab.u32(lab.status), buffer]).toEqual([FAILURE, 0]);
      }
    }
    expect(failures).toBeGreaterThan(100);
    expect(lab.verifier.ledger.live(KIND.buffer)).toBe(live.size);
  });

  it("R8: every unsuccessful call stores NDIS_STATUS_FAILURE", () => {
    const lab = new Lab();
    const block = lab.block(64);
    const attempt = (pool: number): number => {
      lab.setU32(lab.status, POISON);
      lab.setU32(lab.out, POISON);
      expect(lab.buffer(pool, block, 64)).toBe(0);
      return lab.u32(lab.status);
    };
    const exhausted = lab.bufferPool(1);
    lab.buffer(exhausted, block, 64);
    expect(attempt(exhausted)).toBe(0xc000_0001);
    const fresh = lab.bufferPool(1);
    lab.machine.nonpaged.fault = () => true;
    expect(attempt(fresh)).toBe(0xc000_0001);
    lab.machine.nonpaged.fault = () => false;
    lab.ddi.NdisFreeBufferPool(fresh);
    expect(attempt(fresh)).toBe(0xc000_0001);
  });

  it("R9: *Buffer is the address of a new descriptor in pool storage", () => {
    const lab = new Lab();
    const pool = lab.bufferPool(100);
    const block = lab.block(64);
    const buffers = new Set<number>();
    for (let i = 0; i < 100; i++) {
      const buffer = lab.buffer(pool, block, 64);
      expect(buffer % 4).toBe(0);
      expect(lab.machine.nonpaged.find(buffer)).toMatchObject({ live: true, purpose: "system" });
      buffers.add(buffer);
    }
    expect(buffers.size).toBe(100);
    expect(buffers.has(0)).toBe(false);
  });

  it("R10: the pool handle is one that NdisAllocateBufferPool returned", () => {
    const lab = new Lab();
    const block = lab.block(64);
    expect(lab.buffer(lab.bufferPool(1), block, 64)).not.toBe(0);
    const freed = lab.bufferPool(1);
    lab.buffer(freed, block, 1);
    lab.ddi.NdisFreeBuffer(lab.u32(lab.out));
    lab.ddi.NdisFreeBufferPool(freed);
    expect(lab.rules).toEqual([]);
    const packetPool = lab.packetPool(1);
    const wrong = [
      [freed, "POOL-HANDLE"],
      [block, "POOL-HANDLE"],
      [0xffff_fffc, "POOL-HANDLE"],
      [packetPool, "POOL-TYPE"],
      [lab.netBufferPool(), "POOL-TYPE"],
      [lab.netBufferListPool(), "POOL-TYPE"],
    ] as [Handle, string][];
    for (const [handle, rule] of wrong) {
      expect(lab.buffer(handle, block, 64)).toBe(0);
      expect(lab.u32(lab.status)).toBe(FAILURE);
      expect(lab.takeRules()).toEqual([rule]);
    }
  });

  it("R11: a NULL handle is accepted by the windows profile and refused by the strict one", () => {
    expect(parseSignature(ENTRIES.NdisAllocateBuffer.c as string).parameters[2]).toMatchObject({ optional: true });
    const windows = new Lab({ profile: "windows" });
    const block = windows.block(64);
    expect(query(windows, windows.buffer(0, block, 64))).toEqual([block, 64]);
    expect(windows.rules).toEqual([]);
    const strict = new Lab();
    expect(strict.buffer(0, strict.block(64), 64)).toBe(0);
    expect(strict.u32(strict.status)).toBe(FAILURE);
    expect(strict.rules).toEqual(["POOL-NULL"]);
  });

  it("R12: the address is that of allocated system-space memory", () => {
    const lab = new Lab();
    const pool = lab.bufferPool(1);
    for (const address of [0, 0x0fff, IMAGE_BASE, STACK, lab.machine.nonpaged.end - 64, 0xfff0_0000]) {
      expect(lab.buffer(pool, address, 16)).toBe(0);
      expect(lab.takeRules(), `address ${address}`).toEqual(["BUF-RANGE"]);
    }
  });

  it("R13: Length is the number of bytes mapped, whatever pages they touch", () => {
    const lab = new Lab();
    const pool = lab.bufferPool(100);
    const block = lab.block(80_000);
    const page = (block + 4095) & -4096;
    for (const length of [1, 4095, 4096, 4097, 65536])
      for (const offset of [0, 1, 4095]) {
        const buffer = lab.buffer(pool, page + offset, length);
        const pages = Math.ceil((offset + length) / 4096);
        const { memory } = lab.machine;
        expect(readField(memory, MDL, buffer, "ByteCount")).toBe(length);
        expect(readField(memory, MDL, buffer, "ByteOffset")).toBe(offset);
        expect(lab.ddi.NDIS_BUFFER_TO_SPAN_PAGES(buffer)).toBe(pages);
        expect(readField(memory, MDL, buffer, "Size")).toBe(28 + 4 * pages);
      }
    expect(lab.rules).toEqual([]);
  });

  it("R14: the function returns nothing", () => {
    const lab = new Lab();
    const pool = lab.bufferPool(1);
    const block = lab.block(64);
    expect(parseSignature(ENTRIES.NdisAllocateBuffer.c as string).returns).toBe("VOID");
    expect(lab.ddi.NdisAllocateBuffer(lab.status, lab.out, pool, block, 64)).toBeUndefined();
    expect(lab.ddi.NdisAllocateBuffer(lab.status, lab.out, pool, block, 64)).toBeUndefined();
  });

  it("R15: the descriptor has storage of its own, apart from what it maps", () => {
    const lab = new Lab();
    const pool = lab.bufferPool(200);
    const block = lab.block(70_000);
    const ranges: [number, number][] = [...lab.machine.nonpaged.live("driver")].map(({ address, size }) => [
      address,
      address + size,
    ]);
    for (let i = 0; i < 200; i++) {
      const length = 1 + i * 340; // the longest need a block of their own
      const buffer = lab.buffer(pool, block, length);
      ranges.push([buffer, buffer + 28 + 4 * Math.ceil(((block & 0xfff) + length) / 4096)]);
    }
    ranges.sort(([a], [b]) => a - b);
    for (let i = 1; i < ranges.length; i++) expect(ranges[i][0]).toBeGreaterThanOrEqual(ranges[i - 1][1]);
  });

  it("R16: the descriptor is complete at once, whatever its storage held before", () => {
    const lab = new Lab();
    const block = lab.block(10_000);
    lab.poison();
    const pool = lab.bufferPool(2);
    for (const length of [9000, 100]) {
      const buffer = lab.buffer(pool, block + 1, length);
      const { memory } = lab.machine;
      const field = (name: Parameters<typeof readField<keyof typeof MDL.offset>>[3]): number =>
        readField(memory, MDL, buffer, name);
      const pages = Math.ceil((((block + 1) & 0xfff) + length) / 4096);
      expect(field("Next")).toBe(0);
      expect(field("Size")).toBe(28 + 4 * pages);
      expect(field("MdlFlags") & ~MDL_FLAGS.MDL_ALLOCATED_FIXED_SIZE).toBe(MDL_FLAGS.MDL_SOURCE_IS_NONPAGED_POOL);
      expect(field("Process")).toBe(0);
      expect(field("MappedSystemVa")).toBe(block + 1);
      expect(field("StartVa")).toBe((block + 1) & -4096);
      expect(field("ByteCount")).toBe(length);
      expect(field("ByteOffset")).toBe((block + 1) & 0xfff);
      for (let page = 0; page < pages; page++) expect(lab.u32(buffer + 28 + 4 * page)).toBe((block >>> 12) + page);
      memory.u8.fill(0x55, buffer, buffer + 28 + 4 * pages); // dirty, and used again
      lab.setU32(buffer, 0);
      lab.ddi.NdisFreeBuffer(buffer);
    }
  });

  it("R17: the memory may be of any use", () => {
    const lab = new Lab();
    const pool = lab.bufferPool(2);
    const header = lab.ddi.NdisAllocateMemoryWithTagPriority(0, 14, TAG, 0);
    expect(query(lab, lab.buffer(pool, header, 14))).toEqual([header, 14]);
    const ring = lab.ddi.NdisAllocateMemoryWithTagPriority(0, 32 * 1536, TAG, 0);
    expect(query(lab, lab.buffer(pool, ring + 5 * 1536, 1514))).toEqual([ring + 5 * 1536, 1514]);
    expect(lab.rules).toEqual([]);
  });

  it("R18: every successful call draws one descriptor from the pool", () => {
    const lab = new Lab();
    const pool = lab.bufferPool(2);
    const block = lab.block(64);
    const { pools } = lab.machine;
    const first = lab.buffer(pool, block, 64);
    expect(pools.live(pool)).toBe(1);
    lab.buffer(pool, block, 64);
    expect(pools.live(pool)).toBe(2);
    lab.buffer(pool, block, 64);
    expect(pools.live(pool)).toBe(2);
    lab.ddi.NdisFreeBuffer(first);
    expect(pools.live(pool)).toBe(1);
    expect(pools.report().find(({ handle }) => handle === pool)).toMatchObject({ live: 1, peak: 2, allocations: 2 });
  });

  it("R19: descriptors can be had as often as they are needed", () => {
    const lab = new Lab();
    const pool = lab.bufferPool(4);
    const block = lab.block(64);
    lab.ddi.NdisFreeBuffer(lab.buffer(pool, block, 64));
    const { grownBytes, liveBytes } = lab.machine.nonpaged;
    for (let round = 0; round < 10_000; round++) {
      const buffer = lab.buffer(pool, block, 64);
      expect(buffer).not.toBe(0);
      lab.ddi.NdisFreeBuffer(buffer);
    }
    expect(lab.machine.nonpaged).toMatchObject({ grownBytes, liveBytes });
    expect(lab.rules).toEqual([]);
  });

  it("R20: the pool was created while the driver initialised", () => {
    const lab = new Lab();
    lab.bufferPool(1);
    expect(lab.rules).toEqual([]);
    lab.verifier.initializing = false;
    expect(lab.bufferPool(1)).not.toBe(0);
    expect(lab.onlyFinding("POOL-INIT").severity).toBe("warn");
  });

  it("R21: a lower-level driver chains only descriptors of a buffer pool", () => {
    const lab = new Lab({ role: "lower" });
    const block = lab.block(64);
    const io = lab.ddi.IoAllocateMdl(block, 64, 0, 0, 0);
    lab.ddi.MmBuildMdlForNonPagedPool(io);
    const handMade = lab.block(MDL.size + 4);
    lab.machine.memory.u8.fill(0, handMade, handMade + MDL.size);
    for (const mdl of [io, handMade])
      for (const chain of [lab.ddi.NdisChainBufferAtBack, lab.ddi.NdisChainBufferAtFront]) {
        chain(lab.packet(), mdl);
        expect(lab.takeRules()).toEqual(["BUF-NOTPOOL"]);
      }
    lab.ddi.NdisChainBufferAtBack(lab.packet(), lab.buffer(lab.bufferPool(1), block, 64));
    expect(lab.rules).toEqual([]);
  });

  it("R22: a highest-level protocol may chain MDLs of the operating system", () => {
    const lab = new Lab({ role: "highestProtocol" });
    const mdl = lab.ddi.IoAllocateMdl(lab.block(64), 64, 0, 0, 0);
    lab.ddi.MmBuildMdlForNonPagedPool(mdl);
    const target = lab.packet();
    lab.ddi.NdisChainBufferAtBack(target, mdl);
    expect(readField(lab.machine.memory, NDIS_PACKET_PRIVATE, target, "Head")).toBe(mdl);
    expect(lab.rules).toEqual([]);
  });

  it("R23: for a highest-level protocol an MDL of the operating system is as good as a pool descriptor", () => {
    const results = ["pool", "system"].map((origin) => {
      const lab = new Lab({ role: "highestProtocol" });
      const pool = lab.bufferPool(3);
      const block = lab.block(300);
      let mdl = lab.ddi.IoAllocateMdl(block + 3, 200, 0, 0, 0);
      lab.ddi.MmBuildMdlForNonPagedPool(mdl);
      if (origin === "pool") {
        lab.ddi.IoFreeMdl(mdl);
        mdl = lab.buffer(pool, block + 3, 200);
      }
      const queried = query(lab, mdl).map((value) => (value === 200 ? value : value - block));
      lab.ddi.NdisCopyBuffer(lab.status, lab.out, pool, mdl, 50, 60);
      const copy = lab.u32(lab.out);
      const copied = bytesAt(lab.machine, chainAddresses(lab.machine, copy));
      expect(copied).toEqual(Array.from({ length: 60 }, (_, i) => patternByte(block + 53 + i)));
      lab.ddi.NdisFreeBuffer(copy);
      lab.ddi.NdisFreeBuffer(mdl); // in no packet yet
      const again = origin === "pool" ? lab.buffer(pool, block, 8) : lab.ddi.IoAllocateMdl(block, 8, 0, 0, 0);
      const target = lab.packet();
      lab.ddi.NdisChainBufferAtBack(target, again);
      const tail = readField(lab.machine.memory, NDIS_PACKET_PRIVATE, target, "Tail");
      expect(lab.machine.pools.live(pool)).toBe(origin === "pool" ? 1 : 0);
      return { queried, status: lab.u32(lab.status), tail: tail === again, rules: lab.rules };
    });
    expect(results[1]).toEqual(results[0]);
    expect(results[0]).toEqual({ queried: [3, 200], status: SUCCESS, tail: true, rules: [] });
  });

  it("R27: the call writes *Status, *Buffer and pool storage, and nothing else", () => {
    const lab = new Lab();
    lab.poison();
    const block = lab.block(100_000);
    const pool = lab.bufferPool(70);
    for (let i = 0; i < 70; i++) {
      const before = new MemorySnapshot(lab.machine.memory);
      const known = new Set([...lab.machine.nonpaged.live("driver")].map(({ address }) => address));
      lab.buffer(pool, block + i, i % 9 === 0 ? 80_000 : 100 + i);
      expect(lab.u32(lab.status)).toBe(SUCCESS);
      const storage = [...lab.machine.nonpaged.live("system")].map(
        ({ address, size }) => [address, address + size + 16] as const,
      );
      before.expectChangesOnlyIn([lab.status, lab.status + 4], [lab.out, lab.out + 4], ...storage);
      expect(new Set([...lab.machine.nonpaged.live("driver")].map(({ address }) => address))).toEqual(known);
    }
  });
});

import { describe, expect, it } from "vitest";
import { NDIS_SPIN_LOCK } from "../layout/spin-lock.js";
import { NDIS_STATUS } from "../layout/status.js";
import { hexAddress } from "../memory/address.js";
import { Lab, POISON } from "../testing/lab.js";
import { expectTells } from "../testing/planted.js";

const { NDIS_STATUS_SUCCESS: SUCCESS, NDIS_STATUS_FAILURE: FAILURE } = NDIS_STATUS;

/** A pool of `descriptors`, and a block to map. */
function setUp(descriptors: number, options: ConstructorParameters<typeof Lab>[0] = {}) {
  const lab = new Lab(options);
  return { lab, pool: lab.bufferPool(descriptors), block: lab.block(64) };
}

/** An initialised NDIS_SPIN_LOCK. */
function spinLock(lab: Lab): number {
  const lock = lab.block(NDIS_SPIN_LOCK.size);
  lab.ddi.NdisAllocateSpinLock(lock);
  return lock;
}

/** NdisAllocateBufferPool: seed 003. */
describe("NdisAllocateBufferPool", () => {
  it("R52: the handle it returns is good for NdisAllocateBuffer", () => {
    const { lab, pool, block } = setUp(1);
    const buffer = lab.buffer(pool, block + 1, 63);
    lab.ddi.NdisQueryBuffer(buffer, lab.out, lab.length);
    expect([lab.u32(lab.out), lab.u32(lab.length)]).toEqual([block + 1, 63]);
  });

  it("R53: it stores the final status", () => {
    const lab = new Lab();
    lab.setU32(lab.status, POISON);
    lab.bufferPool(8);
    expect(lab.u32(lab.status)).toBe(SUCCESS);
  });

  it("R54: it stores the handle of the pool, another for each pool", () => {
    const lab = new Lab();
    const handles = new Set<number>();
    for (let i = 0; i < 50; i++) {
      lab.setU32(lab.out, POISON);
      handles.add(lab.bufferPool(8));
    }
    expect(handles.size).toBe(50);
    expect(handles.has(POISON)).toBe(false);
    expect(handles.has(0)).toBe(false);
  });

  it("R55: the strict profile requires the handle in the calls that follow", () => {
    const { lab, pool, block } = setUp(1);
    const buffer = lab.buffer(pool, block, 64);
    expect(lab.buffer(0, block, 64)).toBe(0);
    expect(lab.takeRules()).toEqual(["POOL-NULL"]);
    lab.ddi.NdisCopyBuffer(lab.status, lab.out, 0, buffer, 0, 64);
    expect([lab.u32(lab.status), lab.u32(lab.out)]).toEqual([FAILURE, 0]);
    expect(lab.takeRules()).toEqual(["POOL-NULL"]);
    lab.ddi.NdisFreeBufferPool(0);
    expect(lab.takeRules()).toEqual(["POOL-NULL"]);

    const windows = new Lab({ profile: "windows" });
    const other = windows.buffer(0, windows.block(64), 64);
    windows.ddi.NdisCopyBuffer(windows.status, windows.out, 0, other, 16, 32);
    expect(windows.u32(windows.status)).toBe(SUCCESS);
    windows.ddi.NdisFreeBuffer(windows.u32(windows.out));
    windows.ddi.NdisFreeBuffer(other);
    windows.ddi.NdisFreeBufferPool(0);
    expect(windows.rules).toEqual([]);
  });

  it("R56: a pool gives NumberOfDescriptors in a row", () => {
    for (const descriptors of [1, 2, 64, 4096]) {
      const { lab, pool, block } = setUp(descriptors);
      for (let i = 0; i < descriptors; i++) expect(lab.buffer(pool, block, 64)).not.toBe(0);
      expect(lab.rules).toEqual([]);
    }
  });

  it("R57: the status is NDIS_STATUS_SUCCESS whatever is asked for", () => {
    for (const descriptors of [0, 1, 65536, 0x7fff_ffff, 0xffff_ffff]) {
      const lab = new Lab();
      lab.setU32(lab.status, POISON);
      expect(lab.bufferPool(descriptors)).not.toBe(0);
      expect(lab.u32(lab.status)).toBe(0);
      // The largest number is a limit like any other, not one that is reached at once.
      expect(lab.buffer(lab.u32(lab.out), lab.block(16), 16) !== 0).toBe(descriptors !== 0);
      expect(lab.rules).toEqual(descriptors === 0 ? ["POOL-ZERO", "POOL-EXHAUST"] : []);
    }
  });

  it("R58: the driver allocates descriptors of the pool it made", () => {
    const { lab, pool, block } = setUp(1);
    lab.ddi.NdisFreeBufferPool(pool);
    expect(lab.onlyFinding("POOL-UNUSED").severity).toBe("info");
    lab.takeRules();
    const used = lab.bufferPool(1);
    lab.ddi.NdisFreeBuffer(lab.buffer(used, block, 64));
    lab.ddi.NdisFreeBufferPool(used);
    expect(lab.rules).toEqual([]);
  });

  it("R59: the pool should be created during initialisation", () => {
    const lab = new Lab();
    lab.bufferPool(1);
    expect(lab.rules).toEqual([]);
    lab.verifier.initializing = false;
    lab.bufferPool(1);
    expect(lab.onlyFinding("POOL-INIT")).toMatchObject({ severity: "warn", object: null });
    expect(lab.u32(lab.status)).toBe(SUCCESS);
  });

  it("R60: a NIC driver sizes the pool by its ring", () => {
    const ring = 32;
    const { lab, pool } = setUp(ring);
    const small = lab.bufferPool(ring - 1);
    const memory = lab.ddi.NdisAllocateMemoryWithTagPriority(0, ring * 1536, 0x7473_6554, 0);
    for (let i = 0; i < ring; i++) expect(lab.buffer(pool, memory + i * 1536, 1514)).not.toBe(0);
    for (let i = 0; i < ring - 1; i++) expect(lab.buffer(small, memory + i * 1536, 1514)).not.toBe(0);
    expect(lab.rules).toEqual([]);
    expect(lab.buffer(small, memory + (ring - 1) * 1536, 1514)).toBe(0);
    const finding = lab.onlyFinding("POOL-EXHAUST");
    expectTells(finding, hexAddress(small), "31 descriptors", "31 are out");
    expect(finding.object).toEqual({ kind: "NDIS_BUFFER pool", address: small });
  });

  it("R61: NumberOfDescriptors is the limit until NdisFreeBuffer gives one back", () => {
    const { lab, pool, block } = setUp(3);
    const [first] = [1, 2, 3].map(() => lab.buffer(pool, block, 64));
    expect(lab.buffer(pool, block, 64)).toBe(0);
    expect(lab.u32(lab.status)).toBe(FAILURE);
    expect(lab.takeRules()).toEqual(["POOL-EXHAUST"]);
    lab.ddi.NdisFreeBuffer(first);
    expect(lab.buffer(pool, block, 64)).not.toBe(0);
    expect(lab.u32(lab.status)).toBe(SUCCESS);
    expect(lab.rules).toEqual([]);

    // C3: Windows goes beyond the number, and the verifier warns.
    const windows = setUp(3, { profile: "windows" });
    for (let i = 0; i < 3; i++) windows.lab.buffer(windows.pool, windows.block, 64);
    expect(windows.lab.rules).toEqual([]);
    expect(windows.lab.buffer(windows.pool, windows.block, 64)).not.toBe(0);
    expect(windows.lab.u32(windows.lab.status)).toBe(SUCCESS);
    expect(windows.lab.onlyFinding("POOL-EXHAUST").severity).toBe("warn");
  });

  it("R62: NdisFreeBuffer puts the descriptor on the free list, and the next allocation takes it from there", () => {
    const { lab, pool, block } = setUp(8);
    const buffers = Array.from({ length: 8 }, () => lab.buffer(pool, block, 64));
    const { grownBytes, liveBytes } = lab.machine.nonpaged;
    for (const buffer of buffers) lab.ddi.NdisFreeBuffer(buffer);
    expect(lab.machine.pools.live(pool)).toBe(0);
    const again = Array.from({ length: 8 }, () => lab.buffer(pool, block, 64));
    expect(again).toEqual([...buffers].reverse());
    expect(lab.machine.nonpaged).toMatchObject({ grownBytes, liveBytes });
  });

  it("R63: NdisFreeBufferPool ends the handle and returns the storage", () => {
    const { lab, pool, block } = setUp(4096);
    const { liveBytes } = lab.machine.nonpaged;
    const buffers = Array.from({ length: 4096 }, () => lab.buffer(pool, block, 64));
    expect(lab.machine.nonpaged.liveBytes).toBeGreaterThan(liveBytes + 4096 * 32);
    for (const buffer of buffers) lab.ddi.NdisFreeBuffer(buffer);
    const source = lab.buffer(lab.bufferPool(1), block, 64);
    lab.ddi.NdisFreeBufferPool(pool);
    expect(lab.machine.nonpaged.liveBytes - liveBytes).toBeLessThan(4096 * 2);
    expect(lab.rules).toEqual([]);
    expect(lab.buffer(pool, block, 64)).toBe(0);
    expect(lab.takeRules()).toEqual(["POOL-HANDLE"]);
    lab.ddi.NdisCopyBuffer(lab.status, lab.out, pool, source, 0, 64);
    expect(lab.takeRules()).toEqual(["POOL-HANDLE"]);
    lab.ddi.NdisFreeBufferPool(pool);
    expect(lab.takeRules()).toEqual(["POOL-DFREE"]);
  });

  it("R64: the driver holds no spin lock, while DISPATCH_LEVEL alone is fine", () => {
    const lab = new Lab();
    const lock = spinLock(lab);
    lab.ddi.NdisAcquireSpinLock(lock);
    expect(lab.bufferPool(1)).not.toBe(0);
    expect(lab.onlyFinding("SPIN-HELD")).toMatchObject({
      severity: "error",
      object: { kind: "NDIS_SPIN_LOCK", address: lock },
    });
    lab.takeRules();
    lab.ddi.NdisReleaseSpinLock(lock);
    lab.machine.irql.at(2, () => lab.bufferPool(1));
    expect(lab.rules).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { MDL } from "../layout/mdl.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NBL_FLAGS } from "../layout/net-buffer-list.js";
import { NDIS_STATUS } from "../layout/status.js";
import { type Address, hexAddress } from "../memory/address.js";
import { Lab, TAG } from "../testing/lab.js";

// Mistakes that other implementations of these functions have made. Those of NDIS 5 stand beside its sources under
// the same words: `npx vitest run -t "known mistake"` runs them all.

/** A list with one NET_BUFFER for each of these chains, all of its bytes used. */
function list(lab: Lab, chains: readonly (readonly number[])[]): Address {
  const { plain } = lab;
  const pool = lab.netBufferPool();
  const nbl = plain.NdisAllocateNetBufferList(lab.netBufferListPool(), 0, 0);
  for (const sizes of [...chains].reverse()) {
    const length = sizes.reduce((sum, size) => sum + size, 0);
    const nb = plain.NdisAllocateNetBuffer(pool, lab.chain(sizes), 0, length);
    plain.NET_BUFFER_NEXT_NB.set(nb, plain.NET_BUFFER_LIST_FIRST_NB(nbl));
    plain.NET_BUFFER_LIST_FIRST_NB.set(nbl, nb);
  }
  return nbl;
}

const netBuffers = ({ plain }: Lab, nbl: Address): Address[] => {
  const all: Address[] = [];
  for (let nb = plain.NET_BUFFER_LIST_FIRST_NB(nbl); nb !== 0; nb = plain.NET_BUFFER_NEXT_NB(nb)) all.push(nb);
  return all;
};

/** The used data, copied out. */
function data(lab: Lab, nb: Address): Uint8Array {
  const { plain, machine } = lab;
  const length = plain.NET_BUFFER_DATA_LENGTH(nb);
  const storage = lab.block(length);
  const at = plain.NdisGetDataBuffer(nb, length, storage, 1, 0);
  return machine.memory.bytes(at, length).slice();
}

describe("known mistake:", () => {
  it("a chain copy that forgets to move on inside an MDL", () => {
    const lab = new Lab();
    const from = lab.netBuffer([100], 0, 100);
    const to = lab.netBuffer([25, 30, 45], 0, 100);
    lab.plain.NdisCopyFromNetBufferToNetBuffer(to, 0, 100, from, 0, lab.out);
    expect(data(lab, to)).toEqual(data(lab, from));
    const back = lab.netBuffer([100], 0, 100);
    lab.plain.NdisCopyFromNetBufferToNetBuffer(back, 0, 100, to, 0, lab.out);
    expect(data(lab, back)).toEqual(data(lab, from));
  });

  it.each([0, NBL_FLAGS.NDIS_CLONE_FLAGS_USE_ORIGINAL_MDLS])(
    "a clone's NET_BUFFER leaked by the free, flags %i",
    (flags) => {
      const lab = new Lab();
      const { plain } = lab;
      const { nonpaged, pools, derivedMdls } = lab.machine;
      const original = list(lab, [[60, 40], [14], [1, 2, 3]]);
      const pool = lab.netBufferPool();
      const round = (): void => {
        plain.NdisFreeCloneNetBufferList(plain.NdisAllocateCloneNetBufferList(original, 0, pool, flags), flags);
      };
      round();
      const before = nonpaged.liveBytes;
      for (let i = 0; i < 200; i++) round();
      expect(pools.live(pool)).toBe(0);
      expect(derivedMdls.live).toBe(0);
      expect(nonpaged.liveBytes).toBe(before);
    },
  );

  it("fields left uninitialised", () => {
    const lab = new Lab();
    const { plain, machine } = lab;
    const { u8, u32 } = machine.memory;
    lab.poison();
    const pool = lab.netBufferPool();
    const { NdisPoolHandle, NdisReserved } = NET_BUFFER.offset;
    for (let round = 0; round < 2; round++) {
      const nb = plain.NdisAllocateNetBuffer(pool, 0, 0, 0);
      const bytes = u8.slice(nb, nb + NET_BUFFER.size);
      bytes.fill(0, NdisPoolHandle, NdisPoolHandle + 4);
      bytes.fill(0, NdisReserved, NdisReserved + 8);
      expect([...bytes]).toEqual(Array(NET_BUFFER.size).fill(0));
      u8.fill(0xaa, nb, nb + NdisPoolHandle);
      u8.fill(0xaa, nb + NET_BUFFER.offset.ProtocolReserved, nb + NET_BUFFER.size);
      plain.NdisFreeNetBuffer(nb);
    }
    const mdl = plain.NdisAllocateMdl(0, lab.block(8), 8);
    expect(u32[mdl >>> 2]).toBe(0);
    expect(u32[(mdl + MDL.offset.Process) >>> 2]).toBe(0);
  });

  it("an advance that edits a shared MDL", () => {
    const lab = new Lab();
    const { plain, machine } = lab;
    const original = list(lab, [[60, 40]]);
    const flags = NBL_FLAGS.NDIS_CLONE_FLAGS_USE_ORIGINAL_MDLS;
    const clone = plain.NdisAllocateCloneNetBufferList(original, 0, 0, flags);
    const [nb] = netBuffers(lab, original);
    const [twin] = netBuffers(lab, clone);
    const first = plain.NET_BUFFER_FIRST_MDL(nb);
    const headers = (): Uint8Array[] =>
      [first, plain.NDIS_MDL_LINKAGE(first)].map((mdl) => machine.memory.bytes(mdl, MDL.size + 4).slice());
    const before = headers();
    const all = data(lab, nb);
    for (const delta of [14, 46, 1, 39]) plain.NdisAdvanceNetBufferDataStart(twin, delta, 1, 0);
    expect(headers()).toEqual(before);
    expect(data(lab, nb)).toEqual(all);
    expect(plain.NET_BUFFER_DATA_OFFSET(twin)).toBe(100);
  });

  it("data-buffer ignoring DataOffset", () => {
    const lab = new Lab();
    const { plain } = lab;
    const nb = lab.netBuffer([100], 10, 50);
    const start = lab.u32(plain.NET_BUFFER_FIRST_MDL(nb) + MDL.offset.MappedSystemVa);
    expect(plain.NdisGetDataBuffer(nb, 50, 0, 1, 0)).toBe(start + 10);
    const cut = lab.netBuffer([20, 80], 15, 50);
    const [one, two] = [plain.NET_BUFFER_FIRST_MDL(cut), plain.NDIS_MDL_LINKAGE(plain.NET_BUFFER_FIRST_MDL(cut))];
    const { memory } = lab.machine;
    const address = (mdl: Address): Address => lab.u32(mdl + MDL.offset.MappedSystemVa);
    expect([...data(lab, cut)]).toEqual([...memory.bytes(address(one) + 15, 5), ...memory.bytes(address(two), 45)]);
  });

  it("only the first NET_BUFFER cloned", () => {
    const lab = new Lab();
    const { plain } = lab;
    const original = list(lab, [[60, 40], [14], [1, 2, 3]]);
    const lists = [0, NBL_FLAGS.NDIS_CLONE_FLAGS_USE_ORIGINAL_MDLS].map((flags) =>
      plain.NdisAllocateCloneNetBufferList(original, 0, 0, flags),
    );
    lists.push(plain.NdisAllocateFragmentNetBufferList(original, 0, 0, 0, 1000, 0, 0, 0));
    const expected = netBuffers(lab, original).map((nb) => data(lab, nb));
    for (const nbl of lists) expect(netBuffers(lab, nbl).map((nb) => data(lab, nb))).toEqual(expected);
    const whole = plain.NdisAllocateReassembledNetBufferList(original, 0, 0, 0, 0, 0);
    expect([...data(lab, netBuffers(lab, whole)[0])]).toEqual(expected.flatMap((bytes) => [...bytes]));
  });

  it("an offset that underflows beyond the first MDL", () => {
    const lab = new Lab();
    const { plain } = lab;
    const nb = lab.netBuffer([10, 20, 30], 35, 10);
    const place = (): [mdl: number, inMdl: number] => {
      let index = 0;
      const current = plain.NET_BUFFER_CURRENT_MDL(nb);
      for (let mdl = plain.NET_BUFFER_FIRST_MDL(nb); mdl !== current; mdl = plain.NDIS_MDL_LINKAGE(mdl)) index++;
      return [index, plain.NET_BUFFER_CURRENT_MDL_OFFSET(nb)];
    };
    expect(place()).toEqual([2, 5]);
    plain.NdisRetreatNetBufferDataStart(nb, 6, 0, 0);
    expect(place()).toEqual([1, 19]);
    plain.NdisRetreatNetBufferDataStart(nb, 24, 0, 0);
    expect(place()).toEqual([0, 5]);
    plain.NdisAdvanceNetBufferDataStart(nb, 30, 0, 0);
    expect(place()).toEqual([2, 5]);
  });

  it("a trace that dereferences an optional pointer", () => {
    const lab = new Lab({ thorough: true });
    const { ddi, machine } = lab;
    const page = machine.memory.u8.slice(0, 4096);
    const block = ddi.NdisAllocateMemoryWithTagPriority(0, 100, TAG, 0);
    const mdl = ddi.NdisAllocateMdl(0, block, 100);
    const nb = ddi.NdisAllocateNetBuffer(lab.netBufferPool(), mdl, 50, 50);
    ddi.NdisQueryMdl(mdl, 0, lab.length, 16);
    expect(lab.u32(lab.length)).toBe(100);
    expect(ddi.NdisRetreatNetBufferDataStart(nb, 60, 0, 0)).toBe(NDIS_STATUS.NDIS_STATUS_SUCCESS);
    ddi.NdisAdvanceNetBufferDataStart(nb, 60, 1, 0);
    expect(ddi.NdisGetDataBuffer(nb, 50, 0, 1, 0)).toBe(block + 50);
    const packet = lab.packet();
    ddi.NdisQueryPacket(packet, 0, lab.out, 0, 0);
    expect(lab.u32(lab.out)).toBe(0);
    expect(lab.rules).toEqual([]);
    expect(machine.memory.u8.slice(0, 4096)).toEqual(page);
  });

  it("a lock taken before a NULL check", () => {
    const lab = new Lab();
    const { plain, machine } = lab;
    const { irql, memory, nonpaged } = machine;
    const before = memory.u8.slice(0, nonpaged.base + nonpaged.grownBytes);
    for (const allocate of [plain.NdisAllocatePacket, plain.NdisDprAllocatePacket] as const) {
      allocate(lab.status, lab.out, 0);
      expect([lab.u32(lab.status), lab.u32(lab.out)]).toEqual([NDIS_STATUS.NDIS_STATUS_RESOURCES, 0]);
    }
    plain.NdisAllocateBuffer(lab.status, lab.out, 0, nonpaged.base, 8);
    expect([lab.u32(lab.status), lab.u32(lab.out)]).toEqual([NDIS_STATUS.NDIS_STATUS_FAILURE, 0]);
    expect(plain.NdisAllocateNetBuffer(0, 0, 0, 0)).toBe(0);
    expect(plain.NdisAllocateNetBufferMdlAndData(0)).toBe(0);
    expect(plain.NdisAllocateNetBufferList(0, 0, 0)).toBe(0);
    plain.NdisFreeBufferPool(0);
    plain.NdisFreePacketPool(0);
    plain.NdisFreeNetBufferPool(0);
    plain.NdisFreeNetBufferListPool(0);
    plain.NdisFreeNetBuffer(0);
    plain.NdisFreeNetBufferList(0);
    expect(plain.NdisPacketPoolUsage(0)).toBe(0);
    memory.u8.fill(0, lab.status, lab.status + 32); // *Status and what was given are all that was written
    const written = before.findIndex((byte, at) => memory.u8[at] !== byte);
    expect(written < 0 ? "nothing" : hexAddress(written)).toBe("nothing");
    expect(irql.current).toBe(0);
  });

  it.each([0x7fff_ffff, 0xffff_ffc0, 0xffff_ffff])(
    "unchecked multiplication of sizes: %i bytes with every object",
    (DataSize) => {
      const lab = new Lab();
      expect(lab.plain.NdisAllocateNetBufferPool(0, lab.netBufferPoolParameters(DataSize))).toBe(0);
      const parameters = lab.netBufferListPoolParameters({ fAllocateNetBuffer: true, DataSize });
      expect(lab.plain.NdisAllocateNetBufferListPool(0, parameters)).toBe(0);
    },
  );
});

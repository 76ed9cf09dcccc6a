import { beforeEach, describe, expect, it } from "vitest";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import { Lab } from "../testing/lab.js";
import { MemorySnapshot } from "../testing/memory-snapshot.js";

let lab: Lab;
let nb: number;
let nbl: number;

beforeEach(() => {
  lab = new Lab({ memorySize: 1 << 20 });
  nb = lab.netBuffer([100], 0, 100);
  nbl = lab.ddi.NdisAllocateNetBufferList(lab.netBufferListPool({ ContextSize: 16 }), 8, 0);
});

/** ndis6 §11, offsets of x86 from §3. */
describe("macros of NET_BUFFER", () => {
  it.each([
    ["NET_BUFFER_NEXT_NB", 0, 4],
    ["NET_BUFFER_CHECKSUM_BIAS", 24, 2],
  ] as const)("%s reads and assigns the member at %i", (name, offset, size) => {
    const before = new MemorySnapshot(lab.machine.memory);
    lab.ddi[name].set(nb, 0x1234_5678);
    expect(lab.ddi[name](nb)).toBe(size === 2 ? 0x5678 : 0x1234_5678);
    before.expectChangesOnlyIn([nb + offset, nb + offset + size]);
  });

  it("tell where the reserved areas are", () => {
    expect(lab.ddi.NET_BUFFER_PROTOCOL_RESERVED(nb)).toBe(nb + 40);
    expect(lab.ddi.NET_BUFFER_MINIPORT_RESERVED(nb)).toBe(nb + 64);
  });

  it("NET_BUFFER_DATA_PHYSICAL_ADDRESS reads and assigns 64 bits", () => {
    const at = nb + NET_BUFFER.offset.DataPhysicalAddress;
    expect(lab.ddi.NET_BUFFER_DATA_PHYSICAL_ADDRESS(nb)).toBe(0n);
    const before = new MemorySnapshot(lab.machine.memory);
    lab.ddi.NET_BUFFER_DATA_PHYSICAL_ADDRESS.set(nb, 0x9abc_def0_8234_5678n);
    expect(lab.ddi.NET_BUFFER_DATA_PHYSICAL_ADDRESS(nb)).toBe(0x9abc_def0_8234_5678n);
    expect([lab.u32(at), lab.u32(at + 4)]).toEqual([0x8234_5678, 0x9abc_def0]);
    before.expectChangesOnlyIn([at, at + 8]);
  });

  it("reach the shared memory of a NET_BUFFER, segment by segment", () => {
    const segment = lab.block(20);
    lab.ddi.NET_BUFFER_FIRST_SHARED_MEM_INFO.set(nb, segment);
    expect([lab.ddi.NET_BUFFER_FIRST_SHARED_MEM_INFO(nb), lab.u32(nb + 88)]).toEqual([segment, segment]);
    const members = ["NEXT_SEGMENT", "FLAGS", "HANDLE", "OFFSET", "LENGTH"] as const;
    for (const [i, member] of members.entries()) {
      lab.ddi[`NET_BUFFER_SHARED_MEM_${member}`].set(segment, 100 + i);
      expect([lab.ddi[`NET_BUFFER_SHARED_MEM_${member}`](segment), lab.u32(segment + 4 * i)]).toEqual([
        100 + i,
        100 + i,
      ]);
    }
  });
});

describe("macros of NET_BUFFER_LIST", () => {
  it.each([
    ["NET_BUFFER_LIST_NEXT_NBL", 0],
    ["NET_BUFFER_LIST_FIRST_NB", 4],
    ["NET_BUFFER_LIST_NBL_FLAGS", 64],
    ["NET_BUFFER_LIST_FLAGS", 72],
    ["NET_BUFFER_LIST_STATUS", 76],
  ] as const)("%s reads and assigns the member at %i", (name, offset) => {
    const before = new MemorySnapshot(lab.machine.memory);
    lab.ddi[name].set(nbl, 0xc000_009a);
    expect(lab.ddi[name](nbl)).toBe(0xc000_009a);
    before.expectChangesOnlyIn([nbl + offset, nbl + offset + 4]);
  });

  it("tell where the reserved areas are", () => {
    expect(lab.ddi.NET_BUFFER_LIST_PROTOCOL_RESERVED(nbl)).toBe(nbl + 32);
    expect(lab.ddi.NET_BUFFER_LIST_MINIPORT_RESERVED(nbl)).toBe(nbl + 48);
  });

  it("reach every slot of NetBufferListInfo and nothing behind", () => {
    for (let id = 0; id < 27; id++) lab.ddi.NET_BUFFER_LIST_INFO.set(nbl, id, 0x100 + id);
    for (let id = 0; id < 27; id++) {
      expect(lab.ddi.NET_BUFFER_LIST_INFO(nbl, id)).toBe(0x100 + id);
      expect(lab.u32(nbl + 80 + 4 * id)).toBe(0x100 + id);
    }
    expect(80 + 4 * 27).toBeLessThanOrEqual(NET_BUFFER_LIST.size);
    expect(lab.ddi.NdisGetNetBufferListProtocolId(nbl)).toBe(0x7); // the low four bits of slot 7
  });

  it("find the used context at the end of its block", () => {
    const context = lab.u32(nbl + 8);
    expect(lab.ddi.NET_BUFFER_LIST_CONTEXT_DATA_START(nbl)).toBe(context + 8 + 8);
    expect(lab.ddi.NET_BUFFER_LIST_CONTEXT_DATA_SIZE(nbl)).toBe(16); // all of it, used or not
  });

  it.each([
    ["NBL_SET_FLAG", 0xffff_ffff],
    ["NBL_SET_PROT_RSVD_FLAG", 0xfff0_0003],
  ] as const)("%s sets the bits of Flags that it may, and its like clear and test them", (name, mask) => {
    const { ddi } = lab;
    const [clear, test] = [name.replace("SET", "CLEAR"), name.replace("SET", "TEST")] as [
      "NBL_CLEAR_FLAG",
      "NBL_TEST_FLAG",
    ];
    const before = new MemorySnapshot(lab.machine.memory);
    ddi[name](nbl, 0x8010_1011);
    expect(ddi.NET_BUFFER_LIST_FLAGS(nbl)).toBe((0x8010_1011 & mask) >>> 0);
    before.expectChangesOnlyIn([nbl + 72, nbl + 76]);
    expect([ddi[test](nbl, 0x8000_0000), ddi[test](nbl, 0x10), ddi[test](nbl, 0x2)]).toEqual([
      true,
      (mask & 0x10) !== 0,
      false,
    ]);
    ddi.NET_BUFFER_LIST_FLAGS.set(nbl, 0xffff_ffff);
    ddi[clear](nbl, 0x8010_1011);
    expect(ddi.NET_BUFFER_LIST_FLAGS(nbl)).toBe(~(0x8010_1011 & mask) >>> 0);
    expect([ddi.NBL_TEST_FLAGS(nbl, 0x3), ddi.NBL_TEST_FLAGS(nbl, 0x6)]).toEqual([false, true]);
  });

  it("test, set and clear flags", () => {
    const { ddi } = lab;
    ddi.NdisSetNblFlag(nbl, 0x300);
    ddi.NdisSetNblFlag(nbl, 0x8000_0000);
    expect(ddi.NET_BUFFER_LIST_NBL_FLAGS(nbl)).toBe(0x8000_0300);
    expect([ddi.NdisTestNblFlag(nbl, 0x500), ddi.NdisTestNblFlag(nbl, 0x400)]).toEqual([true, false]);
    expect([ddi.NdisTestNblFlags(nbl, 0x8000_0100), ddi.NdisTestNblFlags(nbl, 0x500)]).toEqual([true, false]);
    ddi.NdisClearNblFlag(nbl, 0x8000_0100);
    expect(ddi.NET_BUFFER_LIST_NBL_FLAGS(nbl)).toBe(0x200);
  });
});

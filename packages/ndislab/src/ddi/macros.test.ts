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
    expect(lab.ddi.NET_BUFFER_DATA_PHYSICAL_ADDRESS(nb)).toBe(nb + NET_BUFFER.offset.DataPhysicalAddress);
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

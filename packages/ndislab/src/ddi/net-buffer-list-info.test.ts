import { beforeEach, describe, expect, it } from "vitest";
import { NDIS_NET_BUFFER_LIST_INFO } from "../layout/net-buffer-list.js";
import { Lab } from "../testing/lab.js";
import { MemorySnapshot } from "../testing/memory-snapshot.js";

const INFO = NDIS_NET_BUFFER_LIST_INFO.values;
const SLOTS = Array.from({ length: 27 }, (_, id) => id);

let lab: Lab;
let nbl: number;
const slotAt = (id: number): number => nbl + 80 + 4 * id;

beforeEach(() => {
  lab = new Lab({ memorySize: 1 << 20 });
  nbl = lab.ddi.NdisAllocateNetBufferList(lab.netBufferListPool({ ProtocolId: 2 }), 0, 0);
});

/** ndis6 F6-29 and F6-30. */
describe.each([
  ["NdisCopySendNetBufferListInfo", [0, 1, 2, 4, 5, 6, 7, 11, 12, 14]],
  ["NdisCopyReceiveNetBufferListInfo", [0, 1, 2, 4, 6, 7, 8, 9, 11, 12, 14]],
] as const)("%s", (name, copied) => {
  it("copies exactly the slots of its page and nothing else of the list", () => {
    const from = lab.ddi.NdisAllocateNetBufferList(lab.netBufferListPool({ fAllocateNetBuffer: true }), 8, 0);
    for (const id of SLOTS) {
      lab.ddi.NET_BUFFER_LIST_INFO.set(from, id, 0x9000_0000 + id);
      lab.ddi.NET_BUFFER_LIST_INFO.set(nbl, id, 0x500 + id);
    }
    for (let at = 56; at < 80; at += 4) lab.setU32(from + at, 0xffff_ffff);
    const before = new MemorySnapshot(lab.machine.memory);
    lab.ddi[name](nbl, from);
    before.expectChangesOnlyIn(...copied.map((id) => [slotAt(id), slotAt(id) + 4] as [number, number]));
    for (const id of SLOTS)
      expect(lab.u32(slotAt(id)), `slot ${id}`).toBe(
        (copied as readonly number[]).includes(id) ? 0x9000_0000 + id : 0x500 + id,
      );
  });

  it("needs two lists", () => {
    lab.ddi[name](nbl, 0);
    lab.onlyFinding("NBL-NOTPOOL");
    lab.takeRules();
    lab.ddi[name](0, nbl);
    lab.onlyFinding("NBL-NOTPOOL");
  });
});

/** ndis6 F6-31. */
it("NdisGeneratePartialCancelId gives each caller of a machine a byte of its own", () => {
  const ids = Array.from({ length: 255 }, () => lab.ddi.NdisGeneratePartialCancelId());
  expect(new Set(ids).size).toBe(255);
  expect([Math.min(...ids), Math.max(...ids)]).toEqual([1, 255]);
  expect(lab.ddi.NdisGeneratePartialCancelId()).toBe(ids[0]);
  expect(new Lab({ memorySize: 1 << 18 }).ddi.NdisGeneratePartialCancelId()).toBe(ids[0]);
});

/** ndis6 §11, M6-36 to M6-50. */
describe("macros of the slots", () => {
  it("NdisSetNetBufferListProtocolId writes one byte of slot 7", () => {
    lab.setU32(slotAt(7), 0x1234_5678);
    const before = new MemorySnapshot(lab.machine.memory);
    lab.ddi.NdisSetNetBufferListProtocolId(nbl, 0x106);
    expect([lab.u32(slotAt(7)), lab.ddi.NdisGetNetBufferListProtocolId(nbl)]).toEqual([0x1234_5606, 6]);
    before.expectChangesOnlyIn([slotAt(7), slotAt(7) + 1]);
  });

  it("NdisGetNetBufferListProtocolId is a function, which needs a list", () => {
    expect(lab.ddi.NdisGetNetBufferListProtocolId(nbl)).toBe(2);
    expect(lab.ddi.NdisGetNetBufferListProtocolId(0)).toBe(0);
    lab.onlyFinding("NBL-NOTPOOL");
  });

  it.each([
    ["NDIS_GET_NET_BUFFER_LIST_CANCEL_ID", "NDIS_SET_NET_BUFFER_LIST_CANCEL_ID", 5, 0xffff_ffff],
    ["NET_BUFFER_LIST_GET_HASH_VALUE", "NET_BUFFER_LIST_SET_HASH_VALUE", 8, 0xffff_ffff],
    ["NET_BUFFER_LIST_GET_HASH_TYPE", "NET_BUFFER_LIST_SET_HASH_TYPE", 9, 0x00ff_ff00],
    ["NET_BUFFER_LIST_GET_HASH_FUNCTION", "NET_BUFFER_LIST_SET_HASH_FUNCTION", 9, 0x0000_00ff],
  ] as const)("%s and %s reach slot %i under their mask", (get, set, id, mask) => {
    for (const [old, value] of [
      [0x1234_5678, 0xdead_beef],
      [0xffff_ffff, 0],
      [0, 0xffff_ffff],
    ]) {
      lab.setU32(slotAt(id), old);
      const before = new MemorySnapshot(lab.machine.memory);
      lab.ddi[set](nbl, value);
      expect(lab.u32(slotAt(id))).toBe(((old & ~mask) | (value & mask)) >>> 0);
      expect(lab.ddi[get](nbl)).toBe((value & mask) >>> 0);
      before.expectChangesOnlyIn([slotAt(id), slotAt(id) + 4]);
    }
  });

  it("take hash information apart and put it together", () => {
    const info = lab.ddi.NDIS_RSS_HASH_INFO_FROM_TYPE_AND_FUNC(0x0030_0100, 1);
    expect(info).toBe(0x0030_0101);
    expect(lab.ddi.NDIS_RSS_HASH_TYPE_FROM_HASH_INFO(0xab30_0101)).toBe(0x0030_0100);
    expect(lab.ddi.NDIS_RSS_HASH_FUNC_FROM_HASH_INFO(0xab30_0101)).toBe(1);
  });

  it.each([
    ["NET_BUFFER_LIST_COALESCED_SEG_COUNT", INFO.TcpRecvSegCoalesceInfo, 0],
    ["NET_BUFFER_LIST_DUP_ACK_COUNT", INFO.TcpRecvSegCoalesceInfo, 2],
    ["NET_BUFFER_LIST_RECEIVE_FILTER_ID", INFO.NetBufferListFilteringInfo, 0],
    ["NET_BUFFER_LIST_RECEIVE_QUEUE_ID", INFO.NetBufferListFilteringInfo, 2],
    ["NET_BUFFER_LIST_RECEIVE_FILTER_VPORT_ID", INFO.NetBufferListFilteringInfo, 2],
  ] as const)("%s is 16 bits of slot %i from byte %i on", (name, id, byte) => {
    const before = new MemorySnapshot(lab.machine.memory);
    lab.ddi[name].set(nbl, 0x1_cafe);
    expect(lab.ddi[name](nbl)).toBe(0xcafe);
    expect(lab.machine.memory.u16[(slotAt(id) + byte) >>> 1]).toBe(0xcafe);
    before.expectChangesOnlyIn([slotAt(id) + byte, slotAt(id) + byte + 2]);
  });

  it("NET_BUFFER_LIST_SWITCH_FORWARDING_DETAIL is where the 64 bits of the switch are, aligned to 8", () => {
    const detail = lab.ddi.NET_BUFFER_LIST_SWITCH_FORWARDING_DETAIL(nbl);
    expect([detail, detail % 8]).toEqual([nbl + 176, 0]);
  });
});

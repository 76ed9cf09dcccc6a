import { describe, expect, it } from "vitest";
import { Lab } from "../testing/lab.js";
import { LAYOUTS } from "../testing/layouts.js";
import { Others } from "../testing/others.js";
import { expectTells } from "../testing/planted.js";

const FILTER = 0x7000;
const SOURCE_HANDLE = 60;

/** A NET_BUFFER of the driver's in a list of its own, sent on its way unless it stays. */
function sent(layout: (typeof LAYOUTS)[number], stays = false): { lab: Lab; others: Others; nb: number } {
  const lab = new Lab({ memorySize: 1 << 20 });
  const others = new Others(lab);
  const nbl = lab.ddi.NdisAllocateNetBufferList(lab.netBufferListPool(), 0, 0);
  const nb = lab.netBuffer(layout.sizes, layout.dataOffset, layout.dataLength);
  lab.setU32(nbl + SOURCE_HANDLE, FILTER);
  lab.ddi.NET_BUFFER_LIST_FIRST_NB.set(nbl, nb);
  if (!stays) lab.ddi.NdisFSendNetBufferLists(FILTER, nbl, 0, 0);
  return { lab, others, nb };
}

/** Re-points a NET_BUFFER through the five macros of seed 002. */
function reuse(lab: Lab, nb: number): void {
  const chain = lab.chain([40]);
  lab.ddi.NET_BUFFER_FIRST_MDL.set(nb, chain);
  lab.ddi.NET_BUFFER_DATA_LENGTH.set(nb, 30);
  lab.ddi.NET_BUFFER_DATA_OFFSET.set(nb, 10);
  lab.ddi.NET_BUFFER_CURRENT_MDL.set(nb, chain);
  lab.ddi.NET_BUFFER_CURRENT_MDL_OFFSET.set(nb, 10);
}

/** NdisAllocateNetBuffer: seed 002. */
describe("ownership", () => {
  it("R45: a NET_BUFFER is used again only while the driver has it", () => {
    for (const layout of LAYOUTS) {
      const mine = sent(layout, true);
      reuse(mine.lab, mine.nb);
      mine.lab.ddi.NdisGetDataBuffer(mine.nb, 30, 0, 1, 0);
      expect(mine.lab.rules).toEqual([]);

      const written = sent(layout);
      reuse(written.lab, written.nb);
      expect(written.lab.rules).toEqual([]); // the macros write by themselves, which nobody sees
      written.others.giveBack();
      expectTells(written.lab.onlyFinding("NBL-OWNER"), "NdisFSendNetBufferLists", "came back");

      const called = sent(layout);
      called.lab.ddi.NdisAdjustNetBufferCurrentMdl(called.nb);
      expectTells(called.lab.onlyFinding("NBL-OWNER"), "NdisAdjustNetBufferCurrentMdl");

      const back = sent(layout);
      back.others.giveBack();
      reuse(back.lab, back.nb);
      back.lab.ddi.NdisGetDataBuffer(back.nb, 30, 0, 1, 0);
      expect(back.lab.rules).toEqual([]);
    }
  });
});

import { expect, it } from "vitest";
import { Lab } from "../testing/lab.js";

it("NdisGetReceivedPacket finds the packet of its indication, and only while that lasts", () => {
  const lab = new Lab({ memorySize: 1 << 20 });
  const [first, second] = [lab.packet(), lab.packet()];
  const find = (context: number): number => lab.ddi.NdisGetReceivedPacket(0, context);
  const { receivedPackets } = lab.machine;
  expect(find(0x100)).toBe(0);
  const result = receivedPackets.during(0x100, first, () => {
    receivedPackets.during(0x100, second, () => expect(find(0x100)).toBe(second));
    expect([find(0x100), find(0x200)]).toEqual([first, 0]);
    return "done";
  });
  expect(result).toBe("done");
  expect(() =>
    receivedPackets.during(0x100, first, () => {
      throw new Error("fault");
    }),
  ).toThrow("fault");
  expect(find(0x100)).toBe(0);
});

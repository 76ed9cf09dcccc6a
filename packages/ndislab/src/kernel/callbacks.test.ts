import { describe, expect, it } from "vitest";
import { BadFunctionPointer, Callbacks } from "./callbacks.js";

describe("function pointers", () => {
  it("of functions in TypeScript are numbers far above any function table", () => {
    const callbacks = new Callbacks();
    const pointers = [callbacks.register((x) => x + 1), callbacks.register((x) => x * 2)];
    expect(new Set(pointers).size).toBe(2);
    for (const pointer of pointers) expect(pointer).toBeGreaterThanOrEqual(0x4000_0000);
    expect(pointers.map((pointer) => callbacks.resolve(pointer)(20))).toEqual([21, 40]);
  });

  it("below are the driver's", () => {
    const callbacks = new Callbacks();
    callbacks.resolveDriver = (pointer) => (pointer === 5 ? () => 55 : undefined);
    expect(callbacks.resolve(5)()).toBe(55);
    expect(() => callbacks.resolve(6)).toThrow(BadFunctionPointer);
    expect(() => new Callbacks().resolve(5)).toThrow("5 is not a function of the driver");
  });

  it("that nobody handed out are the driver's mistake", () => {
    const callbacks = new Callbacks();
    callbacks.register(() => 0);
    for (const pointer of [0, 0x4000_0001, 0xffff_ffff])
      expect(() => callbacks.resolve(pointer)).toThrow(
        expect.objectContaining({ name: "BadFunctionPointer", pointer }),
      );
  });
});

import { expect, it } from "vitest";
import { Irql, IrqlFault } from "./irql.js";

it("is raised and lowered, and stays where it is without a fault", () => {
  const irql = new Irql();
  expect([irql.raise(1), irql.raise(1), irql.raise(2), irql.current]).toEqual([0, 1, 1, 2]);
  irql.lower(2);
  expect(irql.current).toBe(2);
  irql.lower(0);
  expect(irql.current).toBe(0);
});

it("is not raised downwards, nor lowered upwards", () => {
  const irql = new Irql();
  irql.raise(2);
  expect(() => irql.raise(1)).toThrow(IrqlFault);
  expect(() => irql.lower(3)).toThrow("to lower the IRQL from DISPATCH_LEVEL (2) to IRQL 3");
  expect(irql.current).toBe(2);
});

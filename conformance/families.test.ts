import { expect, it } from "vitest";
import { FAMILIES, familyDrivers } from "./family-driver.js";
import { someFrames } from "./frames.js";
import { NdislabBackend } from "./ndislab-backend.js";

const backend = new NdislabBackend();
const drivers = familyDrivers();

it.each(FAMILIES)("%s has a driver", (family) => {
  expect(drivers.filter((driver) => driver.family === family)).not.toEqual([]);
});

it.each(drivers)(
  "$family/$name prints what it must",
  async ({ file, direction, profile, faults, prints, expected }) => {
    const outcome = await backend.run([file], [], {
      frames: someFrames(),
      direction,
      profile,
      faults,
      timeout: 10_000,
    });
    expect(outcome.refusal).toBeUndefined();
    expect(outcome.printed).toBe(prints);
    expect(prints).not.toBe("");
    expect(outcome.findings.map(({ rule, at, allocatedAt }) => ({ rule, at, allocatedAt }))).toEqual(expected);
  },
);

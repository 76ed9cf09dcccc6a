import { SUBJECTS } from "@ndislab/reference";
import { RULES } from "ndislab";
import { describe, expect, it } from "vitest";
import { someFrames } from "./frames.js";
import { NdislabBackend } from "./ndislab-backend.js";
import { ruleDrivers } from "./rule-driver.js";

const backend = new NdislabBackend();
const drivers = ruleDrivers();

/** Rules that no C can break: the macro is an array's element there, and the compiler's to check. */
const TYPESCRIPT_ONLY = ["NBL-INFOID"];

it("there is a driver for every rule", () => {
  const rules = new Set<string>([...drivers.map(({ rule }) => rule), ...TYPESCRIPT_ONLY]);
  expect(Object.keys(RULES).filter((rule) => !rules.has(rule))).toEqual([]);
  expect([...rules].filter((rule) => !(rule in RULES))).toEqual([]);
});

describe.each(drivers)("$name", ({ rule, file, direction, faults, refuses, expected }) => {
  const run = (defines: readonly string[]) =>
    backend.run([file], defines, {
      frames: someFrames(),
      direction,
      faults,
      timeout: rule === "DRIVER-TIMEOUT" ? 100 : 10_000,
    });

  it("is found where it was made", async () => {
    const { findings, refusal } = await run(["MISTAKE"]);
    expect(refusal !== undefined).toBe(refuses);
    expect(findings.map(({ rule, at, allocatedAt }) => ({ rule, at, allocatedAt }))).toEqual(expected);
    expect(expected.map(({ rule }) => rule)).toContain(rule);
    expect(findings.some(({ severity }) => severity !== "info")).toBe(RULES[rule][0] !== "info");
    for (const { rule, message } of findings) {
      const subject = SUBJECTS.get(/^\w+/.exec(message)?.[0] ?? "");
      if (subject?.kind === "ddi")
        expect([...(subject.page.rules ?? []), subject.entry.irqlRule], `the page of ${subject.name}`).toContain(rule);
      expect(message).toMatch(/^[A-Z].*\.$/);
      expect(message).not.toMatch(/undefined|NaN|null|unknown place/);
    }
  });

  it("is not found without the mistake", async () => {
    const { findings, packets, refusal } = await run([]);
    expect(findings).toEqual([]);
    expect(refusal !== undefined).toBe(refuses);
    expect(packets.out - packets.own + packets.dropped).toBe(packets.in);
  });
});

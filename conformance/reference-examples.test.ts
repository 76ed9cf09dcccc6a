import { example, exampleNames, SUBJECTS } from "@ndislab/reference";
import { describe, expect, it, vi } from "vitest";
import { someFrames } from "./frames.js";
import { NdislabBackend, PROJECT } from "./ndislab-backend.js";

const backend = new NdislabBackend();

/** What the TypeScript of an example writes with console.log. */
async function printedBy(name: string): Promise<string> {
  let printed = "";
  const log = vi.spyOn(console, "log").mockImplementation((...values: unknown[]) => {
    printed += `${values.join(" ")}\n`;
  });
  try {
    await import(/* @vite-ignore */ `${PROJECT}packages/reference/examples/${name}.ts`);
  } finally {
    log.mockRestore();
  }
  return printed;
}

describe.each(exampleNames().map(example))("$name", ({ name, c, ts, prints }) => {
  it("breaks no rule in C and prints what the page says", async () => {
    const outcome = await backend.run([`packages/reference/examples/${name}.c`], [], {
      frames: someFrames(),
      direction: c.includes("/* direction: send */") ? "send" : "receive",
      timeout: 10_000,
    });
    expect(outcome.findings).toEqual([]);
    expect(outcome.refusal).toBeUndefined();
    expect(outcome.printed).toBe(prints);
    expect(prints).not.toBe("");
  });

  if (ts !== undefined)
    it("prints the same from TypeScript", async () => {
      expect(await printedBy(name)).toBe(prints);
    });

  it("is on a page", () => {
    expect([...SUBJECTS.values()].some(({ page }) => page.example === name)).toBe(true);
  });
});

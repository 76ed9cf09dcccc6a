import { expect, it } from "vitest";
import { NdislabBackend } from "./ndislab-backend.js";

const backend = new NdislabBackend();

const PRINTS = `built: 60 bytes, pieces: 2, the first byte 0xff
stripped: 46 bytes, pieces: 1, the first byte 0x45
restored: 60 bytes, pieces: 2, the first byte 0xff
copied: 60 bytes, 0x45 behind the header
the copy: 60 bytes, pieces: 1, the first byte 0xff
`;

// The pair that docs/porting.md shows side by side: the same job for NDIS 5 and for NDIS 6.
it.each(["ndis5", "ndis6"])("examples/porting/%s.c does the job, breaks no rule and leaks nothing", async (version) => {
  const traffic = { frames: [], direction: "receive", timeout: 10_000 } as const;
  const { printed, findings, refusal } = await backend.run([`examples/porting/${version}.c`], [], traffic);
  expect(findings).toEqual([]);
  expect(refusal).toBeUndefined();
  expect(printed).toBe(PRINTS);
});

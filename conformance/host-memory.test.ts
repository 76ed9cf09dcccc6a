import { compileDriver, diskCache, diskFiles, driverHeaders } from "@ndislab/toolchain";
import { DriverSession, IMAGE_BASE, POOL, SITE_CELL, tagText } from "ndislab";
import { expect, it } from "vitest";
import { familyDrivers } from "./family-driver.js";
import { someFrames } from "./frames.js";
import { PROJECT } from "./ndislab-backend.js";

const filters = [
  ...familyDrivers().filter(({ family }) => family === "filters"),
  { file: "examples/passthru/passthru.c", direction: "receive", faults: {} } as const,
  { file: "examples/vlantag/vlantag.c", direction: "receive", faults: {} } as const,
];

/** The pool of the machine itself, which grows and stays. */
const OWN_POOL = "dmDN";

it.each(filters)("after the life of $file the host has none of its memory", async ({ file, direction, faults }) => {
  const cache = diskCache(PROJECT, {
    NDISLAB_CACHE: process.env.NDISLAB_CACHE ?? `${PROJECT}node_modules/.cache/ndislab-conformance`,
  });
  const driver = await compileDriver({
    sources: [{ path: file }],
    defines: [],
    headers: driverHeaders(),
    files: diskFiles(PROJECT),
    siteCell: SITE_CELL,
    globalBase: IMAGE_BASE,
    ...(cache && { cache }),
  });
  const session = new DriverSession(driver, {
    memorySize: 16 << 20,
    direction,
    faults,
    timeout: 10_000,
    now: () => performance.now(),
  });
  const system = () => [...session.machine.nonpaged.live("system")];
  const before = new Set(system().map(({ address }) => address));
  session.start();
  const path = session.dataPath!;
  // A long frame too: its list is of a pool that is made for it.
  for (const frame of [...someFrames(), new Uint8Array(5000)]) path.deliver(frame, 0, frame.length);
  path.flush();
  expect(path.received).toBe(6);
  session.stop();
  const left = system().filter(({ address, tag }) => !before.has(address) && tagText(tag) !== OWN_POOL);
  // A freed pool keeps its header, by which its handle is known to be no longer valid.
  expect(left.filter(({ size }) => size !== POOL.size).map(({ tag, size }) => `${tagText(tag)} ${size}`)).toEqual([]);
});

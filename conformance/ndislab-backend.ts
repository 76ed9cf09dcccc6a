import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { compileDriver, diskCache, diskFiles, driverHeaders } from "@ndislab/toolchain";
import { DriverDeadError, DriverSession, DriverStartError, IMAGE_BASE, SITE_CELL } from "ndislab";
import type { Backend, Outcome, Traffic } from "./backend.js";

export const PROJECT = fileURLToPath(new URL("../", import.meta.url));

/** More than a driver of one page ever allocates. */
const MEMORY_SIZE = 16 << 20;

/** The project's own: the C compiled to WebAssembly, in the machine of the library. */
export class NdislabBackend implements Backend {
  private readonly headers = driverHeaders();
  private readonly files = diskFiles(PROJECT);
  /** Apart from the cache of the command, which keeps no more builds than all these drivers are. */
  private readonly cache = diskCache(PROJECT, {
    NDISLAB_CACHE: process.env.NDISLAB_CACHE ?? join(PROJECT, "node_modules/.cache/ndislab-conformance"),
  });

  async run(files: readonly string[], defines: readonly string[], traffic: Traffic): Promise<Outcome> {
    const driver = await compileDriver({
      sources: files.map((path) => ({ path })),
      defines,
      headers: this.headers,
      files: this.files,
      siteCell: SITE_CELL,
      globalBase: IMAGE_BASE,
      ...(this.cache && { cache: this.cache }),
    });
    if (driver.warnings !== "") throw new Error(driver.warnings);
    let printed = "";
    let own = 0;
    const session = new DriverSession(driver, {
      memorySize: MEMORY_SIZE,
      direction: traffic.direction,
      timeout: traffic.timeout,
      profile: traffic.profile ?? "strict",
      faults: traffic.faults ?? {},
      now: () => performance.now(),
      sink: (number) => {
        if (number < 0) own++;
      },
      print: (text) => {
        printed += text;
      },
    });
    let refusal: string | undefined;
    try {
      live(session, traffic.frames);
    } catch (error) {
      if (error instanceof DriverStartError) refusal = error.message;
      else if (!(error instanceof DriverDeadError)) throw error; // a finding says why
    }
    const { received = 0, emitted = 0, dropped = 0 } = session.dataPath ?? {};
    return { findings: session.findings, packets: { in: received, out: emitted, own, dropped }, refusal, printed };
  }
}

function live(session: DriverSession, frames: readonly Uint8Array[]): void {
  session.start();
  const path = session.dataPath;
  if (path !== undefined) {
    for (const frame of frames) {
      path.deliver(frame, 0, frame.length);
      if (path.batchIsFull) path.flush();
    }
    path.flush();
  }
  session.stop();
}

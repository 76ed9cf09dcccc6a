import { statSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { CaptureError, LINK_TYPE_ETHERNET, linkTypeName } from "@ndislab/capture";
import { type CaptureFile, CaptureOutputFile } from "@ndislab/capture/node";
import type { DriverSession } from "ndislab";
import { CliError } from "./cli-error.js";
import type { FrameTable } from "./frame-table.js";
import type { Progress } from "./progress.js";

/** Runs `action`; what the capture package throws becomes the user's error, with the file's name in front. */
export function capturing<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    throw new CliError(error.message.includes(path) ? error.message : `${path}: ${error.message}`);
  }
}

/** Goes to the next frame of the input; false at its end. @throws CliError for a bad file or a frame that is not Ethernet */
export function nextFrame(input: CaptureFile): boolean {
  if (!capturing(input.path, () => input.next())) return false;
  const { linkType } = input.record.interface;
  if (linkType === LINK_TYPE_ETHERNET) return true;
  throw new CliError(
    `${input.path}: frame ${input.record.number} has link type ${linkType} (${linkTypeName(linkType)}); a filter on an Ethernet adapter takes ETHERNET only.`,
  );
}

/**
 * Sends the frames through the driver, from the one the input stands at on. Yields now and then, so that a signal is
 * heard.
 * @throws CliError at the place where the input is bad; what came before has gone through by then
 */
export async function sendThrough(
  session: DriverSession,
  input: CaptureFile,
  frames: FrameTable,
  progress: Progress,
): Promise<void> {
  const path = session.dataPath;
  if (path === undefined) throw new Error("the driver is not attached");
  const { record } = input;
  const size = statSync(input.path, { throwIfNoEntry: false })?.size ?? 0;
  try {
    for (let more = true; more; more = nextFrame(input)) {
      const number = path.deliver(record.bytes, record.offset, record.length);
      if (number < 0)
        throw new CliError(
          `${input.path}: no memory is left for frame ${record.number}: the driver keeps too many lists.`,
        );
      frames.set(number, record);
      if (!path.batchIsFull) continue;
      path.flush();
      if (progress.due(performance.now())) {
        const done = size === 0 ? "" : `  ${Math.floor((100 * input.reader.position) / size)} %`;
        progress.show(`  ${path.received.toLocaleString("en-US")} packets${done}`);
        await setImmediate();
      }
    }
  } finally {
    progress.clear();
  }
}

/** The output; one that is no file, such as /dev/null, has no name to tell its format by and takes the input's. */
export function openOutput(path: string, input: CaptureFile | undefined): CaptureOutputFile {
  const format = isNoFile(path) ? input?.reader.format : undefined;
  return capturing(path, () => new CaptureOutputFile(path, format && { format }));
}

function isNoFile(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && !found.isFile() && !found.isDirectory();
}

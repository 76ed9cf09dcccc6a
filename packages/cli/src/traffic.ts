import { statSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";
import { CaptureError, LINK_TYPE_ETHERNET, linkTypeName } from "@ndislab/capture";
import { type CaptureFile, CaptureOutputFile } from "@ndislab/capture/node";
import type { Address, DataPath } from "ndislab";
import { CliError } from "./cli-error.js";
import { count } from "./count.js";
import type { FrameTable } from "./frame-table.js";
import type { Progress } from "./progress.js";

/** Runs `action`; what the capture package throws becomes the user's error, with the file's name in front. */
export function capturing<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw usersError(path, error);
  }
}

function usersError(path: string, error: unknown): unknown {
  if (!(error instanceof CaptureError)) return error;
  return new CliError(error.message.includes(path) ? error.message : `${path}: ${error.message}`);
}

/** Goes to the next frame of the input; false at its end. @throws CliError for a bad file or a frame that is not Ethernet */
export function nextFrame(input: CaptureFile): boolean {
  // Not by `capturing`: for each frame there is one call of this, and no closure is made.
  try {
    if (!input.next()) return false;
  } catch (error) {
    throw usersError(input.path, error);
  }
  const { linkType } = input.record.interface;
  if (linkType === LINK_TYPE_ETHERNET) return true;
  throw new CliError(
    `${input.path}: frame ${input.record.number} has link type ${linkType} (${linkTypeName(linkType)}); a filter on an Ethernet adapter takes ETHERNET only.`,
  );
}

/**
 * Sends the frames through the driver, from the one the input stands at on. Yields now and then, so that a signal is
 * heard.
 * @param feed the part of the driver's memory that the input is read to
 * @throws CliError at the place where the input is bad; what came before has gone through by then
 */
export async function sendThrough(
  path: DataPath,
  input: CaptureFile,
  feed: Uint8Array | undefined,
  frames: FrameTable,
  progress: Progress,
): Promise<void> {
  const size = statSync(input.path, { throwIfNoEntry: false })?.size ?? 0;
  const feedAt = feed?.byteOffset ?? 0;
  try {
    while (sendBatch(path, input, feed, feedAt, frames)) {
      if (!progress.due(performance.now())) continue;
      const done = size === 0 ? "" : `  ${Math.floor((100 * input.reader.position) / size)} %`;
      progress.show(`  ${count(path.received)} packets${done}`);
      await setImmediate();
    }
  } finally {
    progress.clear();
  }
}

/**
 * Sends one batch, from the frame the input stands at on. False at the end of the input; the last batch stays unsent.
 * @param feedAt where `feed` lies in the memory: V8 calls a function for its byteOffset, 5 ns a frame
 */
function sendBatch(
  path: DataPath,
  input: CaptureFile,
  feed: Uint8Array | undefined,
  feedAt: Address,
  frames: FrameTable,
): boolean {
  const { record } = input;
  do {
    // Frames of the first piece, and those that lie across two pieces, are not in the memory.
    const number =
      record.bytes === feed
        ? path.deliverFrom(feedAt + record.offset, record.length)
        : path.deliver(record.bytes, record.offset, record.length);
    if (number < 0)
      throw new CliError(
        `${input.path}: no memory is left for frame ${record.number}: the driver keeps too many lists.`,
      );
    frames.set(number, record);
    if (path.batchIsFull) {
      path.flush();
      return nextFrame(input);
    }
  } while (nextFrame(input));
  return false;
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

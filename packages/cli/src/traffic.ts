import { statSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";
import { CaptureError, LINK_TYPE_ETHERNET, linkTypeName } from "@ndislab/capture";
import { type CaptureFile, CaptureOutputFile } from "@ndislab/capture/node";
import type { Address, DataPath, Memory } from "ndislab";
import { CliError } from "./cli-error.js";
import { count } from "./count.js";
import { addressIn, type FrameTable } from "./frame-table.js";
import type { Progress } from "./progress.js";

/** Bytes of each piece that is read and written. */
const PIECE = 1 << 18;

/**
 * Bytes of an input from which on other threads read its next piece and write the last ones. Of 480 MB into a file that
 * spares the main thread 140 ms of 780; of 50 MB, nothing. To have a piece read or written takes 20 µs, so these are
 * bigger: read ahead in 256 KiB, an input took longer than not.
 */
const LONG = 1 << 25;
const LONG_FEED = 1 << 21;
const LONG_DRAIN = 1 << 20;
/**
 * Buffers of a long output. When all are on their way the main thread writes too, and waits for the lock of the file: with
 * three of them, beside a processor that is busy, a run took 2.6 to 4.2 s, with six 1.3 to 2.5, and 1.5 to 2.7 when
 * nothing was written behind.
 */
const LONG_DRAINS = 6;

/** Runs `action`; what the capture package throws becomes the user's error, with the file's name in front. */
export function capturing<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw usersError(path, error);
  }
}

/** What the capture package threw as the user's error, with the file's name in front; another error as it is. */
export function usersError(path: string, error: unknown): unknown {
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
  if (input.record.interface.linkType === LINK_TYPE_ETHERNET) return true;
  throw notEthernet(input);
}

/** As `nextFrame`, at the end of a piece: waits for the next one. */
async function nextPiece(input: CaptureFile): Promise<boolean> {
  try {
    if (!(await input.more())) return false;
  } catch (error) {
    throw usersError(input.path, error);
  }
  if (input.record.interface.linkType === LINK_TYPE_ETHERNET) return true;
  throw notEthernet(input);
}

function notEthernet({ path, record }: CaptureFile): CliError {
  const { linkType } = record.interface;
  return new CliError(
    `${path}: frame ${record.number} has link type ${linkType} (${linkTypeName(linkType)}); a filter on an Ethernet adapter takes ETHERNET only.`,
  );
}

/**
 * Sends the frames through the driver, from the one the input stands at on. Yields now and then, so that a signal is
 * heard.
 * @param memory of the driver: where the input is read to and the output is put together
 * @throws CliError at the place where the input is bad; what came before has gone through by then
 */
export async function sendThrough(
  path: DataPath,
  memory: Memory,
  input: CaptureFile,
  output: CaptureOutputFile | undefined,
  frames: FrameTable,
  progress: Progress,
): Promise<void> {
  const size = statSync(input.path, { throwIfNoEntry: false })?.size ?? 0;
  takeRooms(path, input, output, size >= LONG);
  try {
    do {
      const feed = input.buffer;
      const feedAt = addressIn(memory, feed);
      while (sendBatch(path, input, feedAt === 0 ? undefined : feed, feedAt, frames)) {
        if (!progress.due(performance.now())) continue;
        const done = size === 0 ? "" : `  ${Math.floor((100 * input.reader.position) / size)} %`;
        progress.show(`  ${count(path.received)} packets${done}`);
        await setImmediate();
      }
    } while (await nextPiece(input));
  } finally {
    progress.clear();
  }
}

/**
 * Has the input read to the driver's memory and the output put together there; each goes by memory of its own where there
 * is none. The rooms are theirs as long as there is the machine, and so beyond the last read and write.
 * @param long whether other threads read and write
 */
function takeRooms(path: DataPath, input: CaptureFile, output: CaptureOutputFile | undefined, long: boolean): void {
  const rooms = (number: number, size: number): Uint8Array[] =>
    Array.from({ length: number }, () => path.room(size)).filter((room) => room !== undefined);
  const [feeds, drains] = long
    ? [rooms(2, LONG_FEED), rooms(LONG_DRAINS, LONG_DRAIN)]
    : [rooms(1, PIECE), rooms(1, PIECE)];
  input.readAhead(feeds);
  output?.writeBehind(drains);
}

/**
 * Sends one batch, from the frame the input stands at on. False at the end of the input or of a piece of it; what is in
 * the batch by then stays unsent.
 * @param feed the part of the driver's memory that the input is read to
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

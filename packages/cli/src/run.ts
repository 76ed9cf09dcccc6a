import { writeFileSync } from "node:fs";
import { performance } from "node:perf_hooks"; // the global one is looked up by a function at each use
import { CaptureFile, type CaptureOutputFile } from "@ndislab/capture/node";
import { DriverDeadError, DriverSession, DriverStartError, UnsupportedDdiError } from "ndislab";
import { CliError } from "./cli-error.js";
import { compile } from "./compile.js";
import { FrameTable } from "./frame-table.js";
import { Progress } from "./progress.js";
import { isGrave, poolLines, type Report } from "./report.js";
import { reportText } from "./report-text.js";
import type { RunOptions } from "./run-options.js";
import { capturing, nextFrame, openOutput, sendThrough, usersError } from "./traffic.js";

/** Bytes of a first look at the input. */
const FIRST_PIECE = 1 << 16;

/** `ndislab run`. Returns the exit status. @throws CliError when nothing could run */
export async function run(options: RunOptions): Promise<number> {
  const progress = new Progress();
  const { input: inputPath, output: outputPath } = options;
  using input =
    inputPath === undefined
      ? undefined
      : capturing(inputPath, () => new CaptureFile(inputPath, { buffer: new Uint8Array(FIRST_PIECE) }));
  // A bad capture, a bad output name and C that does not compile are all found before anything runs.
  const hasFrames = input !== undefined && nextFrame(input);
  using output = outputPath === undefined ? undefined : openOutput(outputPath, input);
  using _interrupt = onInterrupt(() => output?.abort());
  const driver = await compile(options, (text) => progress.show(text));
  progress.clear();

  let frames: FrameTable | undefined;
  const session = new DriverSession(driver, {
    direction: options.direction,
    profile: options.profile,
    verify: options.verify !== "off",
    thorough: options.verify === "full",
    timeout: options.timeout,
    faults: options.faults,
    now: () => performance.now(),
    print: (text) => {
      progress.clear();
      process.stderr.write(text);
    },
    ...(output && {
      sink: (number, bytes, offset, length) => frames?.write(output.writer, number, bytes, offset, length),
    }),
  });
  const started = performance.now();
  let trafficMilliseconds = 0;
  const problem = await live(session, async () => {
    if (input === undefined) return;
    if (!session.isFilter)
      throw new CliError(
        `${options.sources[0]} registers no filter, so the frames of ${inputPath} have no way through; leave --in out.`,
      );
    const path = session.dataPath;
    if (!hasFrames || path === undefined) return;
    const { memory } = session.machine;
    frames = new FrameTable(path.lists.numbers, memory);
    const from = performance.now();
    await sendThrough(path, memory, input, output, frames, progress);
    trafficMilliseconds = performance.now() - from;
  });
  const milliseconds = performance.now() - started;
  const { dataPath } = session;
  const faults = session.plannedFaults();
  const report: Report = {
    version: 1,
    driver: { name: driver.name, sources: options.sources },
    packets: { in: dataPath?.received ?? 0, out: dataPath?.emitted ?? 0, dropped: dataPath?.dropped ?? 0 },
    pools: poolLines(session.pools(), session.machine.nonpaged.usage()),
    findings: session.findings,
    ...(faults.length > 0 && { faults }),
    milliseconds: Math.round(milliseconds * 1000) / 1000,
  };
  if (problem instanceof CannotRunError) {
    const provoked = problem instanceof RefusedError && faults.some(({ happened }) => happened);
    // What the driver did wrong until it refused is often the reason why.
    if (provoked || report.findings.length > 0) deliver(report, trafficMilliseconds, { ...options, output: undefined });
    if (!provoked) throw problem;
    // To refuse is right for a driver that was refused what it needs.
    process.stderr.write(`ndislab: ${problem.message}\n`);
    return report.findings.some(isGrave) ? 1 : 0;
  }
  if (output !== undefined && outputPath !== undefined) {
    if (frames?.failure !== undefined) throw usersError(outputPath, frames.failure);
    await finish(output, outputPath, input);
  }
  deliver(report, trafficMilliseconds, options);
  if (problem !== undefined) throw problem;
  return report.findings.some(isGrave) ? 1 : 0;
}

/** Cleans up when the user presses Ctrl-C, and ends the process as a shell expects it. */
function onInterrupt(cleanUp: () => void): Disposable {
  const interrupted = (): void => {
    cleanUp();
    process.exit(130);
  };
  process.once("SIGINT", interrupted);
  return { [Symbol.dispose]: () => process.off("SIGINT", interrupted) };
}

/** The driver refused to start or needs what is not there, so there is nothing to report. */
class CannotRunError extends CliError {}

/** The driver's own answer was that it does not start. */
class RefusedError extends CannotRunError {}

/**
 * The driver's whole life around `traffic`. A driver that died is no problem of the command's: a finding says why.
 * Bad input in the middle is one, but the driver is unloaded in order first.
 */
async function live(session: DriverSession, traffic: () => Promise<void>): Promise<CliError | undefined> {
  let problem: CliError | undefined;
  try {
    session.start();
    try {
      await traffic();
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      problem = error;
    }
    session.dataPath?.flush();
    session.stop();
  } catch (error) {
    if (error instanceof DriverStartError) return new RefusedError(`${error.message}.`);
    if (error instanceof UnsupportedDdiError) {
      const at = session.callSite();
      return new CannotRunError(`${at === null ? "" : `${at.file}:${at.line}: `}${error.message}.`);
    }
    if (!(error instanceof DriverDeadError)) throw error;
  }
  return problem;
}

/** Gives the output its name. A capture of no frames still says what it would have been of. */
async function finish(output: CaptureOutputFile, path: string, input: CaptureFile | undefined): Promise<void> {
  try {
    await output.settle();
    for (const link of input?.interfaces ?? []) output.writer.addInterface(link);
    output.commit();
  } catch (error) {
    throw usersError(path, error);
  }
}

function deliver(report: Report, trafficMilliseconds: number, { report: form, reportFile, output }: RunOptions): void {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  const color = reportFile === undefined && !NO_COLOR && (process.stdout.isTTY === true || Boolean(FORCE_COLOR));
  const text =
    form === "json"
      ? `${JSON.stringify(report, null, 2)}\n`
      : reportText(report, { trafficMilliseconds, output, color });
  if (reportFile === undefined) {
    process.stdout.write(text);
    return;
  }
  try {
    writeFileSync(reportFile, text);
  } catch (error) {
    throw new CliError(`Cannot write ${reportFile}: ${(error as NodeJS.ErrnoException).code ?? String(error)}.`);
  }
}

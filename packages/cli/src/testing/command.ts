import { main } from "../main.js";

export interface CommandResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command in this process, so that the compiler is loaded once for a whole test file. */
export async function command(...args: string[]): Promise<CommandResult> {
  const written = { stdout: "", stderr: "" };
  const { write: toStdout } = process.stdout;
  const { write: toStderr } = process.stderr;
  const capture = (stream: "stdout" | "stderr") => (text: string | Uint8Array) => {
    written[stream] += typeof text === "string" ? text : new TextDecoder().decode(text);
    return true;
  };
  process.stdout.write = capture("stdout") as typeof toStdout;
  process.stderr.write = capture("stderr") as typeof toStderr;
  try {
    const status = await main(args);
    return { status, ...written };
  } finally {
    process.stdout.write = toStdout;
    process.stderr.write = toStderr;
  }
}

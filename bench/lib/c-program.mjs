// The C sides, compiled on the spot.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const SOURCE = fileURLToPath(new URL("../c/net-buffer-pair.c", import.meta.url));

/** The compiler: $CC, else gcc; undefined when there is none. */
export function findCompiler() {
  const command = process.env.CC ?? "gcc";
  const { status, stdout } = spawnSync(command, ["--version"], { encoding: "utf8" });
  return status === 0 ? { command, version: stdout.split("\n")[0] } : undefined;
}

/**
 * Compiles the pair with -O2, once as functions that are called and once inlined.
 * @param {string} command
 */
export function compile(command) {
  const folder = mkdtempSync(join(tmpdir(), "ndislab-bench-"));
  const build = (/** @type {string} */ name, /** @type {string[]} */ ...flags) => {
    const program = join(folder, name);
    execFileSync(command, ["-std=gnu11", "-O2", "-Wall", ...flags, SOURCE, "-o", program]);
    return program;
  };
  return {
    called: build("called"),
    inlined: build("inlined", "-DINLINED"),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

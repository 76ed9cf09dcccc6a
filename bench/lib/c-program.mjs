// The C sides, compiled on the spot.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const SOURCE = fileURLToPath(new URL("../c/net-buffer-pair.c", import.meta.url));

/**
 * Compiles the pair by $CC, or else gcc, with -O2: once as functions that are called and once inlined.
 * @returns {{ about: string, programs?: { called: string, inlined: string, remove: () => void } }} what to say of it,
 *   and the programs unless there are none
 */
export function compileC() {
  const compiler = process.env.CC ?? "gcc";
  const { status, stdout } = spawnSync(compiler, ["--version"], { encoding: "utf8" });
  if (status !== 0) return { about: `C is left out: there is no ${compiler} here; $CC may name another compiler.` };
  const folder = mkdtempSync(join(tmpdir(), "ndislab-bench-"));
  const remove = () => rmSync(folder, { recursive: true });
  const [called, inlined] = [join(folder, "called"), join(folder, "inlined")];
  const command = ["-std=gnu11", "-O2", "-Wall", SOURCE, "-o"];
  const built = [
    [...command, called],
    ["-DINLINED", ...command, inlined],
  ].every((options) => spawnSync(compiler, options, { stdio: "inherit" }).status === 0);
  if (built) return { about: `C by ${stdout.split("\n")[0]}`, programs: { called, inlined, remove } };
  remove();
  return { about: `C is left out: ${compiler} does not compile bench/c.` };
}

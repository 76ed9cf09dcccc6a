// C programs, compiled on the spot. What is not there is no error: it is left out, with a sentence that says so.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { outputOf } from "./processes.mjs";

const BENCH = new URL("../", import.meta.url);
const FLAGS = ["-std=gnu11", "-Wall", "-Wno-unused-function", "-Wno-multichar"];
const DPDK_LIBRARIES = ["-lrte_eal", "-lrte_mempool", "-lrte_mbuf", "-lrte_ring"];

/** @param {string} compiler @returns {string | undefined} the first line of its --version */
export const compilerVersion = (compiler) => outputOf(compiler, "--version")?.split("\n")[0];

export const dpdkVersion = () => outputOf("pkg-config", "--modversion", "libdpdk");

/**
 * @param {object} program
 * @param {string[]} program.sources under bench/
 * @param {string} program.compiler
 * @param {string[]} program.flags
 * @param {string} folder for the program
 * @param {string} name of it
 * @returns {{ path: string } | { missing: string }}
 */
export function compileC({ sources, compiler, flags }, folder, name) {
  if (compilerVersion(compiler) === undefined) return { missing: `there is no ${compiler} here` };
  const path = join(folder, name);
  const files = sources.map((source) => fileURLToPath(new URL(source, BENCH)));
  const { status, stderr } = spawnSync(compiler, [...FLAGS, ...files, ...flags, "-o", path], { encoding: "utf8" });
  if (status === 0) return { path };
  const [why] = /^.*(?:error|undefined).*$/m.exec(stderr) ?? [stderr.trim()];
  return { missing: `${compiler} does not compile ${sources.join(", ")}: ${why}` };
}

/** As `compileC`, against DPDK. @param {string} source @param {string} folder @param {string} name */
export function compileDpdk(source, folder, name) {
  const flags = outputOf("pkg-config", "--cflags", "libdpdk");
  if (flags === undefined) return { missing: "there is no DPDK here, which Debian has as libdpdk-dev" };
  const program = { sources: [source], compiler: "gcc", flags: ["-O2", ...flags.split(/\s+/), ...DPDK_LIBRARIES] };
  return compileC(program, folder, name);
}

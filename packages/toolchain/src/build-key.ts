import { CLANG_VERSION } from "./clang-version.js";
import type { BuildSettings } from "./compile-options.js";
import { compileFlags, linkFlags } from "./flags.js";
import { sha256 } from "./sha256.js";
import type { SourceTree } from "./source-tree.js";
import { SUPPORT_C } from "./support.js";

/** Raised whenever the same input would give another output: other instrumentation, other symbols, another file. */
const BUILD_FORMAT = 2;

/** Flags for compiling the sources of a driver. */
export function driverFlags(settings: BuildSettings, { includeDirs, systemDir }: SourceTree): string[] {
  return compileFlags({ ...settings, lines: true, includeDirs, systemDir });
}

/** SHA-256, in hex, of everything that decides the output. */
export function buildKey(settings: BuildSettings, tree: SourceTree): Promise<string> {
  const { name, callSites, loops, siteCell } = settings;
  const files = [...tree.files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  const sources = tree.sources.map((source) => source.path);
  const program = [BUILD_FORMAT, CLANG_VERSION, SUPPORT_C, driverFlags(settings, tree), linkFlags(settings, "")];
  const input = [name, callSites, loops, siteCell, sources, files];
  return sha256(new TextEncoder().encode(JSON.stringify([...program, ...input])));
}

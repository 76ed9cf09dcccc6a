import { buildKey } from "./build-key.js";
import { type CompileOptions, settingsOf } from "./compile-options.js";
import { type CompiledDriver, type DriverParts, decodeDriver, driverOf, encodeDriver } from "./compiled-driver.js";
import { CompileError } from "./errors.js";
import { type FileSource, memoryFiles, overlayFiles } from "./file-source.js";
import { readSourceTree } from "./source-tree.js";

/**
 * Compiles and links a driver. With a cache that has the build, the compiler is not even loaded.
 *
 * @throws CompileError if the C is at fault; all files are compiled before it is thrown
 * @throws ToolchainError "bad-source", "source-not-found", "compiler-crashed"
 */
export async function compileDriver(options: CompileOptions): Promise<CompiledDriver> {
  const { includeDirs = [], headers = new Map(), cache, onProgress = () => {} } = options;
  const settings = settingsOf(options);
  const tree = readSourceTree(settings.paths, includeDirs, headers, filesOf(options));
  const hash = await buildKey(settings, tree);
  const stored = await cache?.load(hash);
  let parts: DriverParts | undefined = stored && (await decodeDriver(stored, hash));
  if (parts === undefined) {
    const { DriverBuild } = await import("./driver-build.js"); // the compiler: what a warm start does without
    parts = await new DriverBuild(settings, tree, onProgress).run(hash);
    if (cache !== undefined) await cache.store(hash, await encodeDriver(parts));
  }
  if (!parts.hasDriverEntry && (options.requireDriverEntry ?? true)) {
    const start = "a driver starts at NTSTATUS DriverEntry(PDRIVER_OBJECT, PUNICODE_STRING)";
    throw new CompileError("no-driver-entry", `no DriverEntry in ${settings.paths.join(", ")}: ${start}`, "");
  }
  return driverOf(parts);
}

function filesOf({ sources, files }: CompileOptions): FileSource {
  const texts = sources.flatMap(({ path, text }) => (text === undefined ? [] : [[path, text] as const]));
  return files === undefined ? memoryFiles(texts) : overlayFiles(texts, files);
}

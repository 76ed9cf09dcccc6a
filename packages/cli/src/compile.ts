import { basename } from "node:path";
import {
  type CompiledDriver,
  CompileError,
  compileDriver,
  diskCache,
  diskFiles,
  driverHeaders,
  ToolchainError,
} from "@ndislab/toolchain";
import { IMAGE_BASE, SITE_CELL } from "ndislab";
import { CliError } from "./cli-error.js";
import type { RunOptions } from "./run-options.js";

/** Compiles the driver, or takes it from the cache. @throws CliError with the compiler's own messages */
export async function compile(options: RunOptions, onProgress: (text: string) => void): Promise<CompiledDriver> {
  const cache = diskCache();
  try {
    return await compileDriver({
      sources: options.sources.map((path) => ({ path })),
      name: basename(options.sources[0]!).replace(/\.c$/i, ""),
      includeDirs: options.includeDirs,
      defines: options.defines,
      headers: driverHeaders(),
      files: diskFiles(),
      instrument: { callSites: options.verify !== "off", loops: options.timeout > 0 },
      siteCell: SITE_CELL,
      globalBase: IMAGE_BASE,
      onProgress,
      ...(cache && { cache }),
    });
  } catch (error) {
    if (error instanceof CompileError) throw new CliError(error.message, error.diagnostics);
    if (error instanceof ToolchainError) throw new CliError(error.message);
    throw error;
  }
}

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { functionsHeader, structureHeaders } from "ndislab";

const INCLUDE = fileURLToPath(new URL("../../include/", import.meta.url));

/**
 * The Windows headers a driver is compiled with: those written by hand under include/, and those that derive from the
 * library's structures and functions. For `CompileOptions.headers`.
 */
export function driverHeaders(): Map<string, string> {
  const headers = structureHeaders();
  headers.set("ndislab/functions.h", functionsHeader());
  for (const entry of readdirSync(INCLUDE, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith(".h")) continue;
    const path = join(entry.parentPath, entry.name);
    headers.set(path.slice(INCLUDE.length).replaceAll("\\", "/"), readFileSync(path, "utf8"));
  }
  return headers;
}

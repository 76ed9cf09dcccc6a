// Drivers in C, compiled for the library and for this machine.
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { compileDriver, diskCache, diskFiles, driverHeaders } from "@ndislab/toolchain";
import { IMAGE_BASE, SITE_CELL } from "ndislab";
import { compileC } from "./compiled.mjs";

/** As `ndislab run` compiles it. @param {string} path @param {{ callSites: boolean, loops: boolean }} instrument */
export function compileForLibrary(path, instrument) {
  const cache = diskCache();
  return compileDriver({
    sources: [{ path }],
    name: basename(path, ".c"),
    headers: driverHeaders(),
    files: diskFiles(),
    instrument,
    siteCell: SITE_CELL,
    globalBase: IMAGE_BASE,
    ...(cache && { cache }),
  });
}

/**
 * What 64-bit Windows has other widths for than the headers, which are those of 32-bit Windows.
 * @type {[RegExp, string][]}
 */
const WIDTHS = [
  [/^typedef long LONG;/m, "typedef int LONG;"],
  [/^typedef unsigned long (ULONG|DWORD);/gm, "typedef unsigned int $1;"],
  [/^typedef (unsigned )?int (U?INT_PTR);/gm, "typedef $1long $2;"],
];

const FLAGS = ["-fshort-wchar", "-fms-extensions", "-ffreestanding", "-fno-strict-aliasing", "-fwrapv", "-w", "-c"];

/**
 * A driver and its host bench/c/filter/host.c as a program, with the library's headers in the data model of 64-bit
 * Windows.
 * @param {string} driver
 * @param {string} folder for the program
 * @param {string} name
 */
export function compileNatively(driver, folder, name) {
  const headers = join(folder, "include");
  for (const [path, text] of driverHeaders()) {
    mkdirSync(dirname(join(headers, path)), { recursive: true });
    const wide = path === "ndislab/types.h" ? WIDTHS.reduce((all, [from, to]) => all.replace(from, to), text) : text;
    writeFileSync(join(headers, path), wide);
  }
  const compiler = "gcc";
  const flags = ["-O2", ...FLAGS, "-isystem", headers];
  const objects = [];
  for (const source of [driver, "c/filter/host.c"]) {
    const object = compileC({ sources: [source], compiler, flags }, folder, `${basename(source, ".c")}.o`);
    if ("missing" in object) return object;
    objects.push(object.path);
  }
  return compileC({ sources: ["c/filter/native.c", ...objects], compiler, flags: ["-O2"] }, folder, name);
}

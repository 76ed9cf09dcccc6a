// The packages' dist folders. `tsc --build` knows what is out of date, but takes a second to say so; a fingerprint of
// the sources (path, size, time of change) tells in milliseconds that there is nothing to ask.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { step } from "./step.mjs";

/** The command; by its references, every package that it runs on. */
const PROJECT = "packages/cli";

/** What makes the command's one file of the compiler's many. */
const BUNDLER = "scripts/lib/bundle.mjs";
const BUNDLE = "packages/cli/dist/command/ndislab.js";

/** @param {string} root */
const stampPath = (root) => join(root, ".cache", "build-fingerprint");

/** @param {string} root @returns {string[]} the folders of all packages that are compiled */
function packages(root) {
  const all = readdirSync(join(root, "packages")).map((name) => join(root, "packages", name));
  return all.filter((path) => existsSync(join(path, "tsconfig.json")));
}

/** @param {string} root @returns {string[]} every file that the compiler's output depends on */
function inputs(root) {
  // The lock file stands for the compiler's version.
  const paths = [join(root, "tsconfig.base.json"), join(root, "package-lock.json"), join(root, BUNDLER)];
  for (const folder of packages(root)) {
    paths.push(join(folder, "tsconfig.json"), join(folder, "package.json"));
    // "include" has C headers: the bundle has a copy of them.
    for (const part of ["src", "include"].map((name) => join(folder, name)).filter(existsSync)) {
      for (const entry of readdirSync(part, { recursive: true, withFileTypes: true })) {
        // Tests run from their sources; they are not compiled into dist.
        if (entry.isFile() && !entry.name.endsWith(".test.ts")) paths.push(join(entry.parentPath, entry.name));
      }
    }
  }
  return paths.sort();
}

/** @param {string} root */
function fingerprint(root) {
  const hash = createHash("sha256");
  for (const path of inputs(root)) {
    const { size, mtimeMs } = statSync(path);
    hash.update(`${path}\n${size} ${mtimeMs}\n`);
  }
  return hash.digest("hex");
}

/** @param {string} root */
export function isBuilt(root) {
  return (
    existsSync(stampPath(root)) &&
    packages(root).every((folder) => existsSync(join(folder, "dist", ".tsbuildinfo"))) &&
    existsSync(join(root, BUNDLE)) &&
    readFileSync(stampPath(root), "utf8") === fingerprint(root)
  );
}

/** Remembers that dist is the output of these sources. @param {string} root @param {string} [sources] */
export function markBuilt(root, sources = fingerprint(root)) {
  mkdirSync(join(root, ".cache"), { recursive: true });
  writeFileSync(stampPath(root), sources);
}

/** Compiles when a source has changed. @param {string} root @returns {boolean} whether dist is up to date */
export function ensureBuilt(root) {
  if (isBuilt(root)) return true;
  // Taken before: what is edited while the compiler runs shows as a change the next time.
  const sources = fingerprint(root);
  const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
  if (!step("Building", process.execPath, [compiler, "--build", PROJECT], { cwd: root })) return false;
  if (!step("Bundling", process.execPath, [join(root, BUNDLER)], { cwd: root })) return false;
  markBuilt(root, sources);
  return true;
}

import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { isBuilt, markBuilt } from "./build.mjs";

const BUNDLE = "packages/cli/dist/command/ndislab.js";

let root: string;

function write(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "build-"));
  for (const path of ["tsconfig.base.json", "package-lock.json", "scripts/lib/bundle.mjs", BUNDLE]) write(path, "{}");
  for (const path of [
    "tsconfig.json",
    "package.json",
    "src/a.ts",
    "src/deep/b.ts",
    "src/a.test.ts",
    "include/a.h",
    "dist/.tsbuildinfo",
  ]) {
    write(`packages/one/${path}`, "");
  }
  markBuilt(root);
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

it("holds when no source changed", () => {
  expect(isBuilt(root)).toBe(true);
});

it("does not hold in a fresh clone", () => {
  rmSync(join(root, ".cache"), { recursive: true });
  expect(isBuilt(root)).toBe(false);
});

it.each(["packages/one/dist", BUNDLE])("does not hold without %s", (path) => {
  rmSync(join(root, path), { recursive: true });
  expect(isBuilt(root)).toBe(false);
});

it.each([
  "packages/one/src/deep/b.ts",
  "packages/one/include/a.h",
  "packages/one/tsconfig.json",
  "package-lock.json",
  "scripts/lib/bundle.mjs",
])("does not hold when %s is edited", (path) => {
  write(path, "changed");
  expect(isBuilt(root)).toBe(false);
});

it("sees a file that is older than the build, and of the same size", () => {
  utimesSync(join(root, "packages/one/src/a.ts"), 1, 1);
  expect(isBuilt(root)).toBe(false);
});

it("does not hold when a source comes or goes", () => {
  write("packages/one/src/c.ts", "");
  expect(isBuilt(root)).toBe(false);
  rmSync(join(root, "packages/one/src/c.ts"));
  expect(isBuilt(root)).toBe(true);
  rmSync(join(root, "packages/one/src/a.ts"));
  expect(isBuilt(root)).toBe(false);
});

it("holds when only a test is edited", () => {
  write("packages/one/src/a.test.ts", "changed");
  expect(isBuilt(root)).toBe(true);
});

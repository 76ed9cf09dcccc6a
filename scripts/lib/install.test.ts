import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { isInstalled } from "./install.mjs";

let root: string;

function write(path: string, content: unknown): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), JSON.stringify(content));
}

// What npm writes for a workspace with one package of its own, one from a registry and one for another system.
const manifest = { workspaces: ["packages/*"], devDependencies: { tool: "1.0.0" } };
const member = { name: "member", dependencies: { tool: "1.0.0", other: "2.0.0" } };
const installed = {
  "node_modules/member": { resolved: "packages/member", link: true },
  "node_modules/tool": { version: "1.0.0", integrity: "sha512-one" },
  "packages/member": { version: "0.1.0", dependencies: { other: "2.0.0", tool: "1.0.0" } },
};
const locked = {
  "": manifest,
  ...installed,
  "node_modules/tool-for-another-system": { version: "1.0.0", optional: true },
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "install-"));
  write("package.json", manifest);
  write("packages/member/package.json", { version: "0.1.0", ...member });
  write("package-lock.json", { packages: locked });
  write("node_modules/.package-lock.json", { packages: installed });
  write("node_modules/tool/package.json", {});
  write("node_modules/member/package.json", {});
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

it("holds when everything is as the lock file says", () => {
  expect(isInstalled(root)).toBe(true);
});

it("does not hold without node_modules, or when npm did not finish", () => {
  rmSync(join(root, "node_modules/.package-lock.json"));
  expect(isInstalled(root)).toBe(false);
  rmSync(join(root, "node_modules"), { recursive: true });
  expect(isInstalled(root)).toBe(false);
});

it("does not hold when a package's folder is gone", () => {
  rmSync(join(root, "node_modules/tool"), { recursive: true });
  expect(isInstalled(root)).toBe(false);
});

it.each([
  ["another version", { "node_modules/tool": { version: "1.0.1", integrity: "sha512-one" } }],
  ["other content", { "node_modules/tool": { version: "1.0.0", integrity: "sha512-two" } }],
  ["one more package", { "node_modules/more": { version: "1.0.0" } }],
])("does not hold when the lock file asks for %s", (_, change) => {
  write("package-lock.json", { packages: { ...locked, ...change } });
  expect(isInstalled(root)).toBe(false);
});

it("does not hold when the lock file no longer has a package", () => {
  write("node_modules/.package-lock.json", { packages: { ...installed, "node_modules/old": { version: "1.0.0" } } });
  expect(isInstalled(root)).toBe(false);
});

it("does not hold when a package.json asks for what the lock file does not know", () => {
  write("packages/member/package.json", { ...member, dependencies: { tool: "2.0.0", other: "2.0.0" } });
  expect(isInstalled(root)).toBe(false);
});

it("holds when a package.json changed in what concerns no dependency", () => {
  write("package.json", { ...manifest, scripts: { more: "true" } });
  expect(isInstalled(root)).toBe(true);
});

import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { compileDriver } from "../compile-driver.js";
import type { CompileOptions } from "../compile-options.js";
import { diskCache } from "./disk-cache.js";
import { diskFiles } from "./disk-files.js";

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "ndislab-cache-"));
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

const BYTES = new Uint8Array([1, 2, 3]);

describe("diskCache", () => {
  it("keeps builds in NDISLAB_CACHE", async () => {
    const directory = join(root, "a", "b");
    const cache = diskCache(root, { NDISLAB_CACHE: directory })!;
    expect(await cache.load("x")).toBeUndefined();
    await cache.store("x", BYTES);
    expect(readdirSync(directory)).toEqual(["x.driver"]);
    expect(new Uint8Array((await diskCache(root, { NDISLAB_CACHE: directory })!.load("x"))!)).toEqual(BYTES);
  });

  it("is off if NDISLAB_CACHE says so, and where nothing can be written", () => {
    expect(diskCache(root, { NDISLAB_CACHE: "off" })).toBeUndefined();
    const file = join(root, "file");
    writeFileSync(file, "");
    expect(diskCache(root, { NDISLAB_CACHE: join(file, "below") })).toBeUndefined();
  });

  it("prefers the project's node_modules, then the user's directory", () => {
    const project = join(root, "project");
    mkdirSync(join(project, "node_modules"), { recursive: true });
    mkdirSync(join(project, "src", "deep"), { recursive: true });
    diskCache(join(project, "src", "deep"), {})!.store("y", BYTES);
    expect(readdirSync(join(project, "node_modules", ".cache", "ndislab"))).toEqual(["y.driver"]);
    const blocked = join(root, "blocked");
    mkdirSync(blocked);
    writeFileSync(join(blocked, "node_modules"), "not a directory");
    for (const name of ["LOCALAPPDATA", "XDG_CACHE_HOME"]) {
      diskCache(blocked, { [name]: join(root, name) })!.store("z", BYTES);
      expect(existsSync(join(root, name, "ndislab", "z.driver"))).toBe(true);
    }
  });

  it("fails silently", async () => {
    const directory = join(root, "gone");
    const cache = diskCache(root, { NDISLAB_CACHE: directory })!;
    rmSync(directory, { recursive: true });
    await cache.store("x", BYTES);
    expect(await cache.load("x")).toBeUndefined();
  });

  it("drops the build that was not used for longest", async () => {
    const directory = join(root, "full");
    const cache = diskCache(root, { NDISLAB_CACHE: directory })!;
    for (let i = 0; i < 200; i++) {
      writeFileSync(join(directory, `${i}.driver`), "");
      utimesSync(join(directory, `${i}.driver`), i + 1, i + 1);
    }
    await cache.load("0"); // used now
    await cache.store("new", BYTES);
    expect(readdirSync(directory)).toHaveLength(200);
    expect(existsSync(join(directory, "0.driver"))).toBe(true);
    expect(existsSync(join(directory, "1.driver"))).toBe(false);
  });
});

describe("a driver on disk", () => {
  it("is compiled once; the second time the compiler is not even loaded", async () => {
    const project = join(root, "driver");
    mkdirSync(join(project, "node_modules"), { recursive: true });
    writeFileSync(join(project, "filter.c"), '#include "Pre.H"\nint DriverEntry(int a, int b) { return VALUE; }\n');
    writeFileSync(join(project, "pre.h"), "enum { VALUE = 5 };\n");
    const options = (): CompileOptions => ({
      sources: [{ path: "./filter.c" }],
      files: diskFiles(project),
      cache: diskCache(project, {})!,
    });
    const built = await compileDriver(options());

    const load = vi.fn(() => {
      throw new Error("loaded");
    });
    vi.resetModules();
    vi.doMock("@yowasp/clang", load);
    const fresh = await import("../compile-driver.js");
    const said: string[] = [];
    const stored = await fresh.compileDriver({ ...options(), onProgress: (text) => said.push(text) });
    expect(load).not.toHaveBeenCalled();
    expect(said).toEqual([]);
    expect(stored.wasm).toEqual(built.wasm);

    writeFileSync(join(project, "pre.h"), "enum { VALUE = 6 };\n");
    await expect(fresh.compileDriver(options())).rejects.toMatchObject({ code: "compiler-crashed" });
    expect(load).toHaveBeenCalled();
    vi.doUnmock("@yowasp/clang");
  });
});

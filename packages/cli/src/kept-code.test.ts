import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { repository, scratch } from "./testing/scratch.js";

const place = scratch();
const folder = place("dist/command");
const bundle = join(folder, "ndislab.js");

/** A command that prints `word`, and once more by a file that it loads later; its status is its second argument. */
function write(word: string, time: number): void {
  writeFileSync(
    bundle,
    `exports.word = "${word}";
exports.main = async ([, status]) => (console.log(exports.word, require("./part.js")), Number(status));\n`,
  );
  utimesSync(bundle, time, time);
}

function run(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [place("bin/ndislab.js"), ...args], {
    encoding: "utf8",
  });
  return `${status} ${stdout}${stderr}`;
}

const kept = (): string[] => readdirSync(folder).filter((name) => name.includes(".v8-"));

beforeEach(() => {
  cpSync(repository("packages/cli/bin"), place("bin"), { recursive: true });
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "part.js"), 'module.exports = require("./ndislab.js").word;\n');
  write("one", 1);
});

it("is written by the first run that was one, and taken by the next", () => {
  expect([run("--version", "0"), run("run", "2")]).toEqual(["0 one one\n", "2 one one\n"]);
  expect(kept()).toEqual([]);
  expect(run("run", "1")).toBe("1 one one\n");
  expect(kept()).toHaveLength(1);
  const [name] = kept() as [string];
  utimesSync(join(folder, name), 5, 5);
  expect(run("run", "0")).toBe("0 one one\n");
  expect(kept()).toEqual([name]);
  expect(statSync(join(folder, name)).mtimeMs).toBe(5000);
});

it("is not that of an older command of the same length", () => {
  run("run", "0");
  write("two", 2);
  expect([run("run", "0"), run("run", "0")]).toEqual(["0 two two\n", "0 two two\n"]);
  expect(kept()).toHaveLength(2);
});

it("is made again when it is damaged", () => {
  run("run", "0");
  const [name] = kept() as [string];
  writeFileSync(join(folder, name), "damaged");
  expect(run("run", "0")).toBe("0 one one\n");
  expect(statSync(join(folder, name)).size).toBeGreaterThan(7);
});

it("is not needed where the command is not built, to say so", () => {
  rmSync(bundle);
  expect(run("run", "0")).toMatch(/^2 ndislab is not built: ENOENT.*\nRun npm run build first\.\n$/);
});

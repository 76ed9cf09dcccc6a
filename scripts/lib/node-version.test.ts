import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { versionProblem } from "./node-version.mjs";

it.each(["20.19.0", "20.19.1", "20.20.2", "21.0.0", "22.0.0", "22.12.0", "100.0.0", "21.0.0-nightly20230801"])(
  "Node %s will do",
  (version) => {
    expect(versionProblem(version)).toBeUndefined();
  },
);

it.each(["20.18.9", "20.9.0", "18.20.8", "12.22.12", "8.0.0", "4.9.1"])("Node %s is too old", (version) => {
  expect(versionProblem(version)).toBe(`ndislab needs Node 20.19.0 or newer; this is Node ${version}.`);
});

it("ends with status 2 and the sentence, before anything else is imported", () => {
  const entry = new URL("../start.mjs", import.meta.url);
  const pretend = `Object.defineProperty(process.versions, "node", { value: "18.20.8" }); import(${JSON.stringify(entry.href)});`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", pretend], {
    encoding: "utf8",
  });
  expect(stderr).toBe("ndislab needs Node 20.19.0 or newer; this is Node 18.20.8.\n");
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
});

it.each(["../start.mjs", "../test.mjs", "../bench.mjs", "./node-version.mjs"])(
  "%s keeps to syntax of Node 12",
  (file) => {
    const source = readFileSync(new URL(file, import.meta.url), "utf8");
    // What Node 12 cannot read: optional chaining, ?? and its kin, top-level await, class fields, the node: prefix.
    expect(source).not.toMatch(/\?\.[^\d]|\?\?|\bawait\b|\bclass\b|["']node:/);
  },
);

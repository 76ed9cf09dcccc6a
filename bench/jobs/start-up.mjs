// From the command line to the first packet.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { captureOf } from "../lib/capture-file.mjs";
import { example, NDISLAB, noClock, timeCommand } from "../lib/command.mjs";
import { differences } from "../lib/differences.mjs";

/** The package that has LLVM. */
const LLVM = "@yowasp/clang";

/**
 * Scripts of a package that a command had loaded when it ended: V8's own list of all scripts, which Node writes for
 * code coverage.
 * @param {string[]} command
 * @param {string} name
 * @param {Record<string, string>} [environment]
 */
function scriptsOf(command, name, environment = {}) {
  const folder = mkdtempSync(join(tmpdir(), "ndislab-scripts-"));
  try {
    timeCommand(command, { NODE_V8_COVERAGE: folder, ...environment });
    const lists = readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")).result);
    return lists.flat().filter(({ url }) => url.includes(`/node_modules/${name}/`)).length;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @param {string} title @param {string} verify @returns {import("../lib/types.mjs").Side} */
const run = (title, verify) => ({
  title,
  byNode: true,
  start({ node, cache }) {
    const missing = noClock();
    if (missing !== undefined) return { missing };
    const command = [node, NDISLAB, "run", example("passthru"), "--in", captureOf(cache, 1), "--verify", verify];
    const { output } = timeCommand(command); // fills the build cache, and keeps what V8 made of the command
    const scripts = scriptsOf(command, LLVM);
    return {
      check: () => ({
        passed: /in 1\s+out 1\b/.test(output),
        seen: scriptsOf(command, LLVM, { NDISLAB_CACHE: "off" }) > 0,
      }),
      measure() {
        const { wall, cpu } = timeCommand(command);
        return { wall: 1000 * wall, cpu: 1000 * cpu, scripts };
      },
    };
  },
});

/** @type {import("../lib/types.mjs").Side} */
const nothing = {
  title: "node -e 0",
  byNode: true,
  start({ node }) {
    const missing = noClock();
    if (missing !== undefined) return { missing };
    return {
      measure() {
        const { wall, cpu } = timeCommand([node, "-e", "0"]);
        return { wall: 1000 * wall, cpu: 1000 * cpu };
      },
    };
  },
};

/** @type {import("../lib/types.mjs").Job} */
export default {
  name: "start-up",
  title: "Start-up of `ndislab run`",
  about:
    "The whole command over a capture of one frame, with the driver in the build cache: what a user waits for before " +
    "the first packet, and the end as well. Whether LLVM is loaded is seen in the list of scripts that V8 had when the " +
    "command ended; that it would be seen is tried with the cache turned off.",
  limits:
    "Node by itself takes more than half of it: `node -e 0` is in the table. What is ours are 10 ms for V8 to " +
    "take the kept code and read the bundle, 10 for the modules' own statements, 8 for the headers, the " +
    "sources and the build's key, and 10 for the machine and the driver's module.",
  unit: "whole command",
  figures: { wall: "ms waited", cpu: "ms of processor", scripts: "scripts of LLVM's package" },
  rounds: { quick: 5, full: 21 },
  reference: "standard",
  sides: { standard: run("ndislab run", "standard"), off: run("ndislab run --verify off", "off"), nothing },
  check: (_side, left) => differences({ passed: true, seen: true }, left),
  goals: [
    { text: "warm start-up of ndislab run", value: ["standard", "cpu"], atMost: 150, unit: "ms of processor" },
    { text: "LLVM loaded by a warm start", value: ["standard", "scripts"], atMost: 0, unit: "scripts" },
  ],
};

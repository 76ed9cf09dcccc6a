// npm run mutations [words]: plants mistakes in the sources of NDIS, one at a time and in memory alone, and says which
// of them the models see, or the tests of processors. Words choose those that have one of them in file or description; lib/mutations.mjs has all.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startVitest } from "vitest/node";
import { MUTATIONS } from "./lib/mutations.mjs";
import { ROOT } from "./lib/root.mjs";

const SOURCES = join(ROOT, "packages/ndislab/src");
const TESTS = ["objects/shared-memory", "objects/ring", "models/lives", "models/layouts"];

/** Milliseconds for one mistake: with some the functions never return. */
const LONGEST = 300_000;

/** @typedef {import("./lib/mutations.mjs").Mutation} Mutation */

/** @param {Mutation} mutation @returns {import("vitest/node").Vite.Plugin} gives the file with the mistake in it */
function plant({ file, find, replace }) {
  const path = join(SOURCES, file);
  if (readFileSync(path, "utf8").split(find).length !== 2) throw new Error(`"${find}" does not stand once in ${file}`);
  return {
    name: "mutation",
    enforce: "pre",
    transform: (code, id) => (id === path ? code.replace(find, () => replace) : undefined),
  };
}

/** The message of the first test that fails with this mistake, undefined when none does. @param {Mutation} mutation */
async function see(mutation) {
  for (const test of TESTS) {
    const vitest = await startVitest(
      "test",
      [`packages/ndislab/src/${test}.test.ts`],
      { root: ROOT, watch: false, bail: 1, pool: "threads", reporters: [{}] },
      { plugins: [plant(mutation)] },
    );
    const failed = vitest.state.getTestModules().flatMap((module) => [...module.children.allTests("failed")]);
    const [error] = [...failed.flatMap((test) => test.result().errors ?? []), ...vitest.state.getUnhandledErrors()];
    await vitest.close();
    if (error !== undefined) return /** @type {Error} */ (error).message;
  }
  return undefined;
}

/** In a process of its own: one mistake. @param {Mutation} mutation */
async function one(mutation) {
  const message = await see(mutation);
  const steps = /; (\d+) steps$/.exec(message ?? "")?.[1];
  process.stdout.write(
    message === undefined ? "" : `${steps ? `after ${steps} steps: ` : ""}${message.split("\n")[0]}`,
  );
  process.exit(0);
}

/** @param {readonly string[]} words */
function all(words) {
  // What goes wrong is not made shorter here, and each time found at the same place.
  const env = { NDISLAB_SEED: "1", ...process.env, NDISLAB_UNSHRUNK: "yes" };
  let missed = 0;
  for (const [index, { file, says }] of MUTATIONS.entries()) {
    if (words.length > 0 && !words.some((word) => `${file} ${says}`.includes(word))) continue;
    const child = spawnSync(process.execPath, [fileURLToPath(import.meta.url)], {
      env: { ...env, NDISLAB_MUTATION: String(index) },
      timeout: LONGEST,
      encoding: "utf8",
    });
    if (child.error === undefined && child.status !== 0) throw new Error(`${file}: ${says}: ${child.stderr}`);
    const seen = child.error === undefined ? child.stdout : "it never ends";
    if (seen === "") missed++;
    console.log(
      `${seen === "" ? "NOT SEEN" : "seen    "} ${file}: ${says}${seen === "" ? "" : `\n           ${seen}`}`,
    );
  }
  console.log(missed === 0 ? "all were seen" : `${missed} not seen`);
  process.exitCode = missed === 0 ? 0 : 1;
}

const { NDISLAB_MUTATION: index } = process.env;
if (index === undefined) all(process.argv.slice(2));
else await one(MUTATIONS[Number(index)]);

// The kinds of sides.
import { fileURLToPath } from "node:url";
import { compileC, compileDpdk } from "./compiled.mjs";
import { answerOf } from "./processes.mjs";

const SIDE = fileURLToPath(new URL("../side.mjs", import.meta.url));

/**
 * A side in TypeScript, or another in JavaScript: `make` runs in a process of its own.
 * @param {string} title
 * @param {() => import("./types.mjs").Worker | Promise<import("./types.mjs").Worker>} make
 * @param {() => string | undefined} [lacks] what is not there that it cannot do without
 * @returns {import("./types.mjs").Side}
 */
export const typescript = (title, make, lacks) => ({
  title,
  byNode: true,
  make,
  start({ node, quick, milliseconds }, { job, side }) {
    const missing = lacks?.();
    if (missing !== undefined) return { missing };
    const run = (/** @type {string[]} */ ...args) => answerOf(node, ["--expose-gc", SIDE, job, side, ...args]);
    return {
      check: () => run("check"),
      measure: () => run("measure", String(milliseconds), ...(quick ? ["quick"] : [])),
    };
  },
});

/** For `typescript`: a package of npm's. @param {string} name @returns {() => string | undefined} */
export const needs = (name) => () => {
  try {
    import.meta.resolve(name);
    return undefined;
  } catch {
    return `the package ${name} is not installed`;
  }
};

/** @param {{ path: string } | { missing: string }} program @param {number} milliseconds */
function started(program, milliseconds) {
  if ("missing" in program) return program;
  return {
    check: () => answerOf(program.path, ["check"]),
    measure: () => answerOf(program.path, ["measure", String(milliseconds)]),
  };
}

/**
 * A side in C: bench/c/<file>.
 * @param {string} title
 * @param {string} file
 * @param {{ compiler?: string, flags?: string[] }} [how]
 * @returns {import("./types.mjs").Side}
 */
export const c = (title, file, { compiler = "gcc", flags = ["-O2"] } = {}) => ({
  title,
  start: ({ folder, milliseconds }, { job, side }) =>
    started(compileC({ sources: [`c/${file}`], compiler, flags }, folder, `${job}-${side}`), milliseconds),
});

/** A side in C on DPDK: bench/dpdk/<file>. @param {string} title @param {string} file @returns {import("./types.mjs").Side} */
export const dpdk = (title, file) => ({
  title,
  start: ({ folder, milliseconds }, { job, side }) =>
    started(compileDpdk(`dpdk/${file}`, folder, `${job}-${side}`), milliseconds),
});

/** The C twins that every job with loops has. @param {string} file */
export const cTwins = (file) => ({
  gcc: c("C, gcc -O2", file),
  clang: c("C, clang -O3", file, { compiler: "clang", flags: ["-O3"] }),
});

// Which code may import which. Imports run downward only; this table says what down is, and the test beside it holds
// every source in packages/ against it.

import { posix } from "node:path";
import type { Import } from "./imports.js";

interface PackageRule {
  /** Modules from outside the package: an exact name, or a prefix that ends in `:` or `/`. */
  outside: string[];
  /** The same, for test files only. */
  outsideOfTests: string[];
  /** Folders of src/ and what each may import besides itself; without it, any file may import any other. */
  layers?: Record<string, LayerRule>;
}

interface LayerRule {
  below: string[];
  /** Modules from outside the package, as above, for this layer alone. */
  outside?: string[];
  /** What stands in this folder is for tests: only tests import it. */
  testsOnly?: boolean;
}

const TEST_TOOLS = ["vitest", "node:"];

// ndislab, bottom up. ndis5 and ndis6 do not know each other; the verifier stands in front of the ddi, and nothing
// below knows it; objects see neither the verifier nor a driver.
const MEMORY = ["layout", "memory"];
const NDIS = [...MEMORY, "kernel", "mdl"];
const DDI = [...NDIS, "ndis5", "ndis6", "ddi"];
const ALL = [...DDI, "verifier", "driver", "objects"];

export const RULES: Record<string, PackageRule> = {
  ndislab: {
    outside: [],
    // A test may compile C: the layouts and the drivers are proved against the compiler.
    outsideOfTests: [...TEST_TOOLS, "@ndislab/toolchain", "fast-check"],
    layers: {
      layout: { below: [] },
      memory: { below: ["layout"] },
      kernel: { below: MEMORY },
      mdl: { below: [...MEMORY, "kernel"] },
      ndis5: { below: NDIS },
      ndis6: { below: NDIS },
      ddi: { below: [...NDIS, "ndis5", "ndis6"] },
      verifier: { below: DDI },
      driver: { below: [...DDI, "verifier"] },
      objects: { below: DDI },
      index: { below: ALL },
      testing: { below: ALL, testsOnly: true },
      models: { below: [...ALL, "testing"], testsOnly: true },
      requirements: { below: [...ALL, "index", "testing"], testsOnly: true },
    },
  },
  capture: {
    outside: [],
    outsideOfTests: TEST_TOOLS,
    // src/ runs in a browser; what needs Node stands in src/node/.
    layers: {
      ".": { below: [] },
      node: { below: ["."], outside: ["node:"] },
      testing: { below: [".", "node"], testsOnly: true },
    },
  },
  toolchain: {
    outside: ["node:", "ndislab", "@yowasp/clang"],
    outsideOfTests: TEST_TOOLS,
  },
  reference: {
    outside: ["node:", "ndislab"],
    outsideOfTests: TEST_TOOLS,
  },
  cli: {
    outside: ["node:", "ndislab", "@ndislab/"],
    outsideOfTests: [...TEST_TOOLS, "ajv"],
  },
};

/** Where a file stands: `packages/ndislab/src/ddi/table.ts` is file `ddi/table.ts` of package `ndislab`. */
interface Place {
  package: string;
  file: string;
}

function placeOf(path: string): Place | undefined {
  const match = /^packages\/([^/]+)\/src\/(.+)$/.exec(path);
  return match === null ? undefined : { package: match[1], file: match[2] };
}

/** The folder directly below src/; of a file in src/ itself, its name or, where the rules have one, ".". */
function layerOf(file: string, layers: Record<string, LayerRule>): string {
  const [first, ...rest] = file.split("/");
  if (rest.length > 0) return first;
  return "." in layers ? "." : first.replace(/(\.test)?\.ts$/, "");
}

/** x.test.ts, whatever stands in a folder named testing, and folders that the rules set apart for tests. */
function isTest({ package: name, file }: Place): boolean {
  if (file.endsWith(".test.ts") || file.split("/").slice(0, -1).includes("testing")) return true;
  const { layers } = RULES[name];
  return layers?.[layerOf(file, layers)]?.testsOnly === true;
}

function allows(list: string[], specifier: string): boolean {
  return list.some((name) => (/[:/]$/.test(name) ? specifier.startsWith(name) : specifier === name));
}

/** Why `specifier` may not be imported from outside the package, or undefined when it may. */
function outsideProblem(from: Place, specifier: string): string | undefined {
  const rule = RULES[from.package];
  const layer = rule.layers?.[layerOf(from.file, rule.layers)];
  if (allows(rule.outside, specifier) || allows(layer?.outside ?? [], specifier)) return undefined;
  if (isTest(from) && allows(rule.outsideOfTests, specifier)) return undefined;
  return `package ${from.package} does not import ${specifier} here`;
}

/** Why one file of a package may not import another of it, or undefined when it may. */
function insideProblem(from: Place, to: Place): string | undefined {
  if (isTest(to) && !isTest(from)) return `${to.file} is for tests only`;
  const layers = RULES[from.package].layers;
  if (layers === undefined) return undefined;
  const [fromLayer, toLayer] = [layerOf(from.file, layers), layerOf(to.file, layers)];
  const rule = layers[fromLayer];
  const target = layers[toLayer];
  if (rule === undefined) return `scripts/layering.ts has no rule for ${from.package}/src/${fromLayer}`;
  if (target === undefined) return `scripts/layering.ts has no rule for ${from.package}/src/${toLayer}`;
  // A test of any layer may use what is set apart for tests.
  if (toLayer === fromLayer || rule.below.includes(toLayer) || target.testsOnly) return undefined;
  return `${fromLayer} does not import ${toLayer}`;
}

function importProblem(path: string, from: Place, specifier: string): string | undefined {
  if (!specifier.startsWith(".")) return outsideProblem(from, specifier);
  const to = placeOf(posix.join(posix.dirname(path), specifier).replace(/\.js$/, ".ts"));
  if (to === undefined) return `${specifier} leads out of src/`;
  if (to.package !== from.package) return `${specifier} leads into package ${to.package}`;
  return insideProblem(from, to);
}

/**
 * What is wrong with the imports of one file, each as `path:line: sentence`.
 * @param path from the repository's root, with forward slashes
 */
export function layeringProblems(path: string, imports: Import[]): string[] {
  const from = placeOf(path);
  if (from === undefined) return [`${path}: not a source of a package`];
  if (RULES[from.package] === undefined)
    return [`${path}: scripts/layering.ts has no rule for package ${from.package}`];
  const problems: string[] = [];
  for (const { specifier, line } of imports) {
    const problem = importProblem(path, from, specifier);
    if (problem !== undefined) problems.push(`${path}:${line}: ${problem}`);
  }
  return problems;
}

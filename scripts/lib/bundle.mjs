// The command in one file, the headers of drivers in another. Node finds, reads and compiles modules one by one, and
// there are 290: a run over one frame took 502 ms with them and 321 ms with the file. To make the headers' text and to
// find those written by hand takes 5 ms more than to read it.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { rolldown } from "rolldown";
import { ROOT } from "./root.mjs";

const PACKAGES = join(ROOT, "packages");
const DIST = join(PACKAGES, "cli", "dist");
const FOLDER = join(DIST, "command");
const HEADERS = join(PACKAGES, "toolchain", "dist", "node", "driver-headers.js");

/** What only some commands load, and then as it is. */
const APART = ["@yowasp/clang", "@ndislab/reference"];

const READ_HEADERS = `
import { readFileSync } from "node:fs";
export const driverHeaders = () => new Map(JSON.parse(readFileSync(new URL("headers.json", import.meta.url), "utf8")));
`;

/**
 * Modules as tsc wrote them, with their maps. What one finds by its own place it finds by that place still.
 * @type {import("rolldown").Plugin}
 */
const compiled = {
  name: "compiled",
  load(id) {
    if (id === HEADERS) return READ_HEADERS;
    if (!id.startsWith(PACKAGES + sep) || !id.endsWith(".js")) return null;
    const place = `new URL("${relative(FOLDER, id).replaceAll(sep, "/")}", import.meta.url).href`;
    const code = readFileSync(id, "utf8").replaceAll("import.meta.url", place);
    return { code, map: JSON.parse(readFileSync(`${id}.map`, "utf8")) };
  },
};

/**
 * V8 takes twice the memory for a text that is not all ASCII.
 * @type {import("rolldown").Plugin}
 */
const ascii = {
  name: "ascii",
  generateBundle(_options, files) {
    for (const file of Object.values(files))
      if (file.type === "chunk")
        file.code = file.code.replace(
          /[^\0-\x7f]/g,
          (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
        );
  },
};

rmSync(FOLDER, { recursive: true, force: true });
const build = await rolldown({
  input: { ndislab: join(DIST, "main.js") },
  platform: "node",
  external: APART,
  preserveEntrySignatures: "allow-extension",
  treeshake: { moduleSideEffects: false },
  plugins: [compiled, ascii],
});
const { output } = await build.write({
  dir: FOLDER,
  format: "cjs",
  sourcemap: true,
  chunkFileNames: "[name].js",
  comments: false,
});
await build.close();
// A script whose code was kept cannot import: see packages/cli/bin/command.js.
const apart = output[0].dynamicImports.filter((name) => APART.includes(name));
if (apart.length > 0) throw new Error(`${apart} is imported by ${output[0].fileName} itself`);
writeFileSync(join(FOLDER, "package.json"), '{ "type": "commonjs" }\n');

/** @type {typeof import("@ndislab/toolchain")} */
const { driverHeaders } = await import(pathToFileURL(HEADERS).href);
writeFileSync(join(FOLDER, "headers.json"), JSON.stringify([...driverHeaders()]));

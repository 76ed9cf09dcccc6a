// The command in one file. Node finds, reads and compiles modules one by one, and there are 290: a run over one frame
// took 502 ms with them and 321 ms with the file.
import { readFileSync, rmSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { rolldown } from "rolldown";
import { ROOT } from "./root.mjs";

const PACKAGES = join(ROOT, "packages");
const DIST = join(PACKAGES, "cli", "dist");
const FOLDER = join(DIST, "command");

/** What only some commands load, and then as it is. */
const APART = ["@yowasp/clang", "@ndislab/reference"];

/**
 * Modules as tsc wrote them, with their maps. What one finds by its own place it finds by that place still.
 * @type {import("rolldown").Plugin}
 */
const compiled = {
  name: "compiled",
  load(id) {
    const [name, , ...path] = relative(PACKAGES, id).split(sep);
    if (name === ".." || !id.endsWith(".js")) return null;
    const place =
      name === "cli"
        ? `new URL("${relative(FOLDER, id).replaceAll(sep, "/")}", import.meta.url).href`
        : `new URL("${path.join("/")}", import.meta.resolve("@ndislab/${name}")).href`;
    const code = readFileSync(id, "utf8").replaceAll("import.meta.url", place);
    return { code, map: JSON.parse(readFileSync(`${id}.map`, "utf8")) };
  },
};

rmSync(FOLDER, { recursive: true, force: true });
const build = await rolldown({
  input: { ndislab: join(DIST, "main.js") },
  platform: "node",
  external: APART,
  plugins: [compiled],
});
await build.write({ dir: FOLDER, sourcemap: true, chunkFileNames: "[name].js", comments: false });
await build.close();

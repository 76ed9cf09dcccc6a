// The command in one file. Node takes 190 of the 250 ms that a run needs to its first packet to find, read and compile
// the 290 modules of the packages one by one.
import { rmSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { rolldown } from "rolldown";

const CLI = join("packages", "cli");

/** What only some commands load, and then as it is. */
const APART = ["@yowasp/clang", "@ndislab/reference"];

/**
 * What a module finds by its own place it finds by that place still.
 * @param {string} root
 * @param {string} folder of the bundle
 * @returns {import("rolldown").Plugin}
 */
const places = (root, folder) => ({
  name: "places",
  transform: {
    filter: { code: "import.meta.url" },
    handler(code, id) {
      const [name, , ...path] = relative(join(root, "packages"), id).split(sep);
      const place =
        name === "cli"
          ? `new URL("${relative(folder, id).replaceAll(sep, "/")}", import.meta.url).href`
          : `new URL("${path.join("/")}", import.meta.resolve("@ndislab/${name}")).href`;
      return { code: code.replaceAll("import.meta.url", place), map: null };
    },
  },
});

/** Writes packages/cli/dist/command/ndislab.js from dist, and beside it what few runs load. @param {string} root */
export async function bundle(root) {
  const folder = join(root, CLI, "dist", "command");
  rmSync(folder, { recursive: true, force: true });
  const build = await rolldown({
    input: { ndislab: join(root, CLI, "dist", "main.js") },
    platform: "node",
    external: APART,
    plugins: [places(root, folder)],
  });
  await build.write({
    dir: folder,
    sourcemap: true,
    chunkFileNames: "[name].js",
    // Names and lines stay, for stack traces.
    minify: false,
    comments: false,
  });
  await build.close();
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await bundle(process.cwd());

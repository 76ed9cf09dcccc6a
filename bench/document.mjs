// npm run bench -- --document RESULT.json: writes docs/performance.md.
import { readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { documentOf } from "./lib/document.mjs";

const PAGE = fileURLToPath(new URL("../docs/performance.md", import.meta.url));

/** @param {string} path of a saved result */
export function main(path) {
  writeFileSync(PAGE, documentOf(JSON.parse(readFileSync(path, "utf8")), basename(path, ".json")));
  console.log(`wrote ${PAGE}`);
}

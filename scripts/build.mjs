// npm run build: installs what is missing, compiles all packages and bundles the command.
// This file and lib/node-version.mjs keep to syntax that Node 12 reads; everything else is imported after the check.
import { requireNode } from "./lib/node-version.mjs";

requireNode();
import("./lib/prepare.mjs").then((job) => {
  process.exitCode = job.prepare() ? 0 : 2;
});

// npm test: installs and builds what is missing, then runs the tests; arguments go to vitest.
// This file and lib/node-version.mjs keep to syntax that Node 12 reads; everything else is imported after the check.
import { requireNode } from "./lib/node-version.mjs";

requireNode();
import("./lib/run-tests.mjs").then((job) => job.main(process.argv.slice(2)));

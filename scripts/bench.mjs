// npm run bench: installs and builds what is missing, then runs the benchmarks; arguments go to them.
// This file and lib/node-version.mjs keep to syntax that Node 12 reads; everything else is imported after the check.
import { requireNode } from "./lib/node-version.mjs";

requireNode();
import("./lib/run-bench.mjs").then((job) => job.main(process.argv.slice(2)));

// npm start: installs and builds what is missing, then runs the example driver over a capture.
// This file and lib/node-version.mjs keep to syntax that Node 12 reads; everything else is imported after the check.
import { requireNode } from "./lib/node-version.mjs";

requireNode();
import("./lib/run-example.mjs").then((job) => job.main(process.argv.slice(2)));

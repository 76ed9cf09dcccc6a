#!/usr/bin/env node
// biome-ignore-all lint/style/useTemplate: what an old Node must read
// biome-ignore-all lint/complexity/useArrowFunction: the same
// Old syntax only: a Node that is too old must get as far as the sentence below.
var version = process.versions.node.split(".").map(Number);
if (version[0] < 20 || (version[0] === 20 && version[1] < 19)) {
  process.stderr.write("ndislab needs Node 20.19 or newer; this is Node " + process.versions.node + ".\n");
  process.exit(2);
}
var command;
try {
  command = require("./command.js");
} catch (error) {
  process.stderr.write("ndislab is not built: " + error.message + "\nRun npm run build first.\n");
  process.exit(2);
}
command.main(process.argv.slice(2)).then(function (status) {
  process.exitCode = status;
});

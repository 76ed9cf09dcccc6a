// The command, from its one file. What V8 makes of the file is kept beside it, from the first run to those that follow:
// with all that a run needs compiled. A run over one frame takes 126 ms with that and 145 ms without.
const { readFileSync, renameSync, statSync, writeFileSync } = require("node:fs");
const { createRequire, Module } = require("node:module");
const { dirname, join } = require("node:path");
const { Script } = require("node:vm");

const FILE = join(__dirname, "../dist/command/ndislab.js");

/** Runs the command: arguments to exit status. Node finds source maps only of what it loads itself. */
exports.main = process.sourceMapsEnabled ? require(FILE).main : load();

function load() {
  // V8 takes the code of another file of the same length, so the file's time is in the name.
  const keptAt = `${FILE}.${statSync(FILE).mtimeMs}.v8-${process.versions.v8}`;
  const source = Module.wrap(readFileSync(FILE, "latin1")); // all of it is ASCII
  const script = new Script(source, { filename: FILE, cachedData: read(keptAt) });
  const isKept = script.cachedDataRejected === false;
  // While C is compiled V8 throws half of the code away, for the memory that takes.
  if (!isKept) setFlag("--no-flush-bytecode");
  const loaded = new Module(FILE);
  require.cache[FILE] = loaded; // for the files that are loaded later
  script.runInThisContext()(loaded.exports, createRequire(FILE), loaded, FILE, dirname(FILE));
  return async (/** @type {readonly string[]} */ args) => {
    const status = await loaded.exports.main(args);
    if (!isKept && args[0] === "run" && status < 2) keep(script, keptAt);
    return status;
  };
}

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/**
 * Writes the code whole or not at all; where nothing can be written, each run compiles anew.
 * @param {Script} script
 * @param {string} path
 */
function keep(script, path) {
  setFlag("--flush-bytecode"); // V8 takes only what was made under its own flags
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, script.createCachedData());
    renameSync(temporary, path);
  } catch {}
}

/** @param {string} flag */
function setFlag(flag) {
  require("node:v8").setFlagsFromString(flag); // takes 3 ms to load, and most runs do without
}

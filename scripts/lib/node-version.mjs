// Which Node runs this. Syntax that Node 12 reads, so that a Node that is too old gets as far as the sentence below.

const NEEDED = [20, 19, 0];

/** One sentence on why this version will not do, or undefined when it will. @param {string} version such as "20.19.0" */
export function versionProblem(version) {
  const found = version.split(".").map((part) => parseInt(part, 10));
  for (let i = 0; i < NEEDED.length; i++) {
    if (found[i] > NEEDED[i]) return undefined;
    if (found[i] < NEEDED[i]) return `ndislab needs Node ${NEEDED.join(".")} or newer; this is Node ${version}.`;
  }
  return undefined;
}

/** Ends the process with status 2 when Node is too old. */
export function requireNode() {
  const problem = versionProblem(process.versions.node);
  if (problem === undefined) return;
  console.error(problem);
  process.exit(2);
}

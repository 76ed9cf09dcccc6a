// What is installed, compared with what package-lock.json says. npm writes node_modules/.package-lock.json when an
// installation is complete, so there is no stamp of our own to go stale.
import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { step } from "./step.mjs";

const DEPENDENCIES = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies", "workspaces"];

/** @param {string} path @returns {any} */
const readJson = (path) => JSON.parse(readFileSync(path, "utf8"));

/** Whether a package.json asks for what the lock file recorded of it. @param {any} manifest @param {any} locked */
function isLocked(manifest, locked) {
  return DEPENDENCIES.every((key) => sameEntries(manifest[key] ?? {}, locked[key] ?? {}));
}

/** Key order aside; npm sorts what it writes. @param {any} left @param {any} right */
function sameEntries(left, right) {
  /** @param {any} entries */
  const sorted = (entries) => JSON.stringify(Object.entries(entries).sort());
  return sorted(left) === sorted(right);
}

/** Whether node_modules holds exactly what the manifests and the lock file ask for. @param {string} root */
export function isInstalled(root) {
  const record = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(record)) return false;
  /** @type {Record<string, any>} */
  const wanted = readJson(join(root, "package-lock.json")).packages;
  /** @type {Record<string, any>} */
  const installed = readJson(record).packages;
  if (Object.keys(installed).some((path) => !(path in wanted))) return false;

  for (const [path, want] of Object.entries(wanted)) {
    const isOurs = !path.split("/").includes("node_modules");
    if (isOurs && !isLocked(readJson(join(root, path, "package.json")), want)) return false;
    if (path === "") continue;
    const have = installed[path];
    // Optional packages are for other systems: npm leaves them out.
    if (have === undefined && want.optional) continue;
    if (have === undefined || have.version !== want.version || have.integrity !== want.integrity) return false;
    if (!existsSync(join(root, path))) return false;
  }
  return true;
}

/** Runs `npm ci` when it would change something. @param {string} root @returns {boolean} whether all is installed */
export function ensureInstalled(root) {
  if (isInstalled(root)) return true;
  // Development packages too, whatever NODE_ENV says: the compiler is one.
  const args = ["ci", "--include=dev", "--no-audit", "--no-fund"];
  const title = "Installing packages (npm ci)";
  const npm = process.env.npm_execpath;
  if (npm !== undefined && basename(npm) === "npm-cli.js")
    return step(title, process.execPath, [npm, ...args], { cwd: root });
  // On Windows npm is a command file, which only a shell can start.
  return step(title, "npm", args, { cwd: root, shell: process.platform === "win32" });
}

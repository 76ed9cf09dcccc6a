// What every job needs first.
import { ensureBuilt } from "./build.mjs";
import { ensureInstalled } from "./install.mjs";
import { ROOT } from "./root.mjs";

/** Installs and builds what is missing. @returns {boolean} whether the job can run; if not, the reason is printed */
export function prepare() {
  return ensureInstalled(ROOT) && ensureBuilt(ROOT);
}

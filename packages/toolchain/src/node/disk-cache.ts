import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { BuildCache } from "../compile-options.js";

/** Builds that are kept; the one that was not used for longest goes first. */
const MAX_BUILDS = 200;

/**
 * A build cache on disk, in the first of these directories that can be written:
 * 1. `NDISLAB_CACHE`, and only that if it is set; "off" turns the cache off
 * 2. `node_modules/.cache/ndislab` of the project that `startDirectory` is in
 * 3. `%LOCALAPPDATA%\ndislab`, `$XDG_CACHE_HOME/ndislab` or `~/.cache/ndislab`
 *
 * Builds are written whole or not at all, so that processes can share the directory. What fails, fails silently.
 *
 * @returns undefined if there is no such directory
 */
export function diskCache(startDirectory = process.cwd(), environment = process.env): BuildCache | undefined {
  if (environment.NDISLAB_CACHE === "off") return undefined;
  const directory = candidates(resolve(startDirectory), environment).find(isWritable);
  return directory === undefined ? undefined : new DiskCache(directory);
}

class DiskCache implements BuildCache {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  load(hash: string): Uint8Array | undefined {
    const path = this.#path(hash);
    return attempt(() => {
      const build = readFileSync(path);
      attempt(() => utimesSync(path, new Date(), new Date()));
      return build;
    });
  }

  store(hash: string, build: Uint8Array): void {
    const temporary = join(this.#directory, `${hash}.${process.pid}.tmp`);
    attempt(() => {
      writeFileSync(temporary, build);
      renameSync(temporary, this.#path(hash));
      this.#removeOldest();
    });
    attempt(() => rmSync(temporary, { force: true }));
  }

  #path(hash: string): string {
    return join(this.#directory, `${hash}.driver`);
  }

  #removeOldest(): void {
    const paths = readdirSync(this.#directory).map((name) => join(this.#directory, name));
    if (paths.length <= MAX_BUILDS) return;
    const used = new Map(paths.map((path) => [path, attempt(() => statSync(path).mtimeMs) ?? 0]));
    paths.sort((a, b) => used.get(b)! - used.get(a)!);
    for (const path of paths.slice(MAX_BUILDS)) attempt(() => rmSync(path, { force: true }));
  }
}

function candidates(start: string, environment: NodeJS.ProcessEnv): string[] {
  const { NDISLAB_CACHE, LOCALAPPDATA, XDG_CACHE_HOME } = environment;
  if (NDISLAB_CACHE) return [resolve(NDISLAB_CACHE)];
  const user = LOCALAPPDATA || XDG_CACHE_HOME || join(homedir(), ".cache");
  const modules = findUpwards(start, "node_modules");
  return [...(modules === undefined ? [] : [join(modules, ".cache", "ndislab")]), join(user, "ndislab")];
}

function findUpwards(start: string, name: string): string | undefined {
  for (let directory = start; ; directory = dirname(directory)) {
    if (existsSync(join(directory, name))) return join(directory, name);
    if (directory === dirname(directory)) return undefined;
  }
}

function isWritable(directory: string): boolean {
  const done = attempt(() => {
    mkdirSync(directory, { recursive: true });
    accessSync(directory, constants.W_OK);
    return true;
  });
  return done ?? false;
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

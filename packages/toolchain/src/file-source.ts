/**
 * Where sources and headers come from. Paths that `list` and `read` get are in resolved form: absolute, "/" between
 * names, without "." and "..", so that one file has one path.
 */
export interface FileSource {
  /** The resolved form of a path as a user writes it. */
  resolve(path: string): string;
  /** The names in a directory, or undefined if there is no such directory. */
  list(directory: string): readonly string[] | undefined;
  /** A file's bytes or text, or undefined if there is no such file. */
  read(file: string): Uint8Array | string | undefined;
}

/** Resolves "." and ".." in a path by its letters alone; `\` counts as `/`, a relative path starts at "/". */
export function normalizePath(path: string): string {
  const names: string[] = [];
  for (const name of path.split(/[\\/]+/)) {
    if (name === "..") names.pop();
    else if (name !== "" && name !== ".") names.push(name);
  }
  return `/${names.join("/")}`;
}

/** The directory of a resolved path. */
export function parentPath(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), 0)) || "/";
}

/** Appends a name to a resolved directory. */
export function joinPath(directory: string, name: string): string {
  return directory.endsWith("/") ? directory + name : `${directory}/${name}`;
}

/** Files that exist only in memory: path (relative paths start at "/") to text. The map is read once. */
export function memoryFiles(files: Iterable<readonly [string, Uint8Array | string]>): FileSource {
  return overlayFiles(files, { resolve: normalizePath, list: () => undefined, read: () => undefined });
}

/** `files` in front of `below`: a file of this list hides one of the same path below. */
export function overlayFiles(files: Iterable<readonly [string, Uint8Array | string]>, below: FileSource): FileSource {
  const contents = new Map<string, Uint8Array | string>();
  const directories = new Map<string, Set<string>>();
  for (const [path, content] of files) {
    let entry = below.resolve(path);
    contents.set(entry, content);
    for (let parent = parentPath(entry); parent !== entry; entry = parent, parent = parentPath(entry)) {
      const names = directories.get(parent) ?? new Set();
      names.add(entry.slice(entry.lastIndexOf("/") + 1));
      directories.set(parent, names);
    }
  }
  return {
    resolve: (path) => below.resolve(path),
    list(directory) {
      const names = directories.get(directory);
      const namesBelow = below.list(directory);
      return names === undefined ? namesBelow : [...new Set([...names, ...(namesBelow ?? [])])];
    },
    read: (file) => contents.get(file) ?? below.read(file),
  };
}

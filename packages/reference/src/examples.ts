import { existsSync, readdirSync, readFileSync } from "node:fs";

const FOLDER = new URL("../examples/", import.meta.url);

/** One little story in both languages. */
export interface Example {
  readonly name: string;
  readonly c: string;
  /** Undefined where only a loaded driver can do it. */
  readonly ts: string | undefined;
  /** What both print. */
  readonly prints: string;
}

const read = (file: string): string | undefined => {
  const url = new URL(file, FOLDER);
  return existsSync(url) ? readFileSync(url, "utf8") : undefined;
};

/** @throws Error when there is no such example */
export function example(name: string): Example {
  const c = read(`${name}.c`);
  if (c === undefined) throw new Error(`there is no examples/${name}.c`);
  return { name, c, ts: read(`${name}.ts`), prints: read(`${name}.txt`) ?? "" };
}

/** Names of all examples, in order. */
export const exampleNames = (): string[] =>
  readdirSync(FOLDER)
    .filter((file) => file.endsWith(".c"))
    .map((file) => file.slice(0, -2))
    .sort();

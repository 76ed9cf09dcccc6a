import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const sources = readdirSync(new URL(".", import.meta.url)).filter((name) => /(?<!\.test)\.ts$/.test(name));

test.each(sources)("%s runs in a browser: it uses nothing of Node", (name) => {
  const text = readFileSync(new URL(name, import.meta.url), "utf8");
  expect(text).not.toMatch(/"node:|"\.\/node\/|\bBuffer\b|\bprocess\b/);
});

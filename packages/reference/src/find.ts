import { SUBJECTS } from "./subject.js";

/** Steps that turn one name into the other: a letter put in, left out, or changed. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}

/** The name of a page in the letters it is written with, or undefined. Upper and lower case are the same. */
export function findName(text: string): string | undefined {
  const wanted = text.toLowerCase();
  for (const name of SUBJECTS.keys()) if (name.toLowerCase() === wanted) return name;
  return undefined;
}

/** Names of pages that may have been meant, the likeliest first. */
export function nearNames(text: string, most = 5): string[] {
  const wanted = text.toLowerCase();
  return [...SUBJECTS.keys()]
    .map((name) => {
      const lower = name.toLowerCase();
      // A part of a name is a better guess than a name of other letters.
      return { name, score: lower.includes(wanted) ? (lower.length - wanted.length) / 100 : distance(wanted, lower) };
    })
    .filter(({ score }) => score <= Math.max(2, text.length / 2.5))
    .sort((a, b) => a.score - b.score)
    .slice(0, most)
    .map(({ name }) => name);
}

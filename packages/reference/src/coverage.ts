import { type DdiEntry, ENTRIES } from "ndislab";
import { type Block, heading, paragraph, table } from "./document.js";
import { SUBJECTS } from "./subject.js";
import { BUFFER_FAMILIES, DRIVER_USAGE } from "./usage.js";

/** The paragraphs of the contract: functions F5 and F6, macros M5 and M6, each numbered from 1. */
const CONTRACT: Readonly<Record<string, number>> = { F5: 74, M5: 23, F6: 37, M6: 50 };

const RULES_OF_NAMES: Readonly<Record<string, string>> = {
  F5: "NDIS 5 functions, memory, locks, MDLs beneath",
  M5: "NDIS 5 packet macros",
  F6: "NDIS 6 functions",
  M6: "NDIS 6 macros",
};

/** `F5-01` to `M6-50`. */
export const contractIds = (): string[] =>
  Object.entries(CONTRACT).flatMap(([family, count]) =>
    Array.from({ length: count }, (_, i) => `${family}-${String(i + 1).padStart(2, "0")}`),
  );

/** How far one name is. */
export interface Coverage {
  readonly name: string;
  readonly family: string;
  readonly contract: readonly string[];
  readonly implemented: boolean;
  readonly hasPage: boolean;
  /** Conformance drivers that use it, without those that only plant a mistake. */
  readonly drivers: readonly string[];
  /** Real drivers that use it, and in how many places. */
  readonly used: number;
  readonly callSites: number;
}

/** The text of a conformance driver by the name it goes by. */
export type ConformanceTexts = ReadonlyMap<string, string>;

const inTable = (name: string): DdiEntry | undefined => (ENTRIES as Readonly<Record<string, DdiEntry>>)[name];

/** Every name of the table and every name of buffers that real drivers use. */
export function coverageOf(texts: ConformanceTexts): Coverage[] {
  const used = [...DRIVER_USAGE].filter(([, { family }]) => BUFFER_FAMILIES.includes(family)).map(([name]) => name);
  const words = [...texts].map(([name, text]) => [name, new Set(text.match(/\w+/g))] as const);
  return [...new Set([...Object.keys(ENTRIES), ...used])].map((name) => {
    const entry = inTable(name);
    const usage = DRIVER_USAGE.get(name);
    return {
      name,
      family: entry?.family ?? usage?.family ?? "",
      contract: entry?.contract ?? [],
      implemented: entry !== undefined,
      hasPage: SUBJECTS.has(name),
      drivers: words.filter(([, used]) => used.has(name)).map(([driver]) => driver),
      used: usage?.drivers ?? 0,
      callSites: usage?.callSites ?? 0,
    };
  });
}

/** The page `docs/coverage.md`. */
export function coverage(texts: ConformanceTexts): readonly Block[] {
  const all = coverageOf(texts);
  const done = (some: readonly Coverage[]): string => `${some.filter(isDone).length} of ${some.length}`;
  const used = all.filter(({ name }) => BUFFER_FAMILIES.includes(DRIVER_USAGE.get(name)?.family ?? ""));
  const covered = new Set(all.filter(isDone).flatMap(({ contract }) => contract));
  const blocks: Block[] = [
    heading(1, "Coverage"),
    paragraph(
      "A name counts when it is implemented, has its page with an example that runs in C and in TypeScript, and a conformance driver uses it and its output is checked.",
    ),
    table(
      ["What", "Covered"],
      [
        ...Object.entries(RULES_OF_NAMES).map(([family, text]) => {
          const ids = contractIds().filter((id) => id.startsWith(family));
          return [`${text} (contract ${family})`, `${ids.filter((id) => covered.has(id)).length} of ${ids.length}`];
        }),
        ["Names of buffers, packets, lists and MDLs that 41 open-source drivers call", done(used)],
        ["All names of the DDI table", done(all.filter(({ implemented }) => implemented))],
      ],
    ),
  ];
  for (const family of new Set(all.map((one) => one.family)))
    blocks.push(
      heading(2, family),
      table(
        ["Name", "Contract", "Implemented", "Conformance drivers", "Real drivers (call sites)"],
        all
          .filter((one) => one.family === family)
          .map((one) => [
            `\`${one.name}\``,
            one.contract.join(" "),
            one.implemented ? "yes" : "no",
            one.drivers.slice(0, 3).join(", ") + (one.drivers.length > 3 ? ` and ${one.drivers.length - 3} more` : ""),
            one.used === 0 ? "" : `${one.used} (${one.callSites})`,
          ]),
      ),
    );
  return blocks;
}

/** True for a name of which nothing is missing. */
export const isDone = ({ implemented, hasPage, drivers }: Coverage): boolean =>
  implemented && hasPage && drivers.length > 0;

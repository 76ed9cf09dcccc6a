import type { DdiEntry } from "./entry.js";
import { ENTRIES } from "./table.js";

const PAGES = "https://learn.microsoft.com/windows-hardware/drivers/ddi/";

const link = (name: string, entry: DdiEntry | undefined): string =>
  entry === undefined ? `\`${name}\`` : `[\`${name}\`](${PAGES}${entry.page})`;

/** The guide `docs/porting.md`: one row for every function of the table that is deprecated. */
export function portingTable(): string {
  const entries: Readonly<Record<string, DdiEntry>> = ENTRIES;
  let text =
    "# From NDIS 5 to NDIS 6\n\n" +
    "NDIS 5 is deprecated. Each function below works here, and has a successor that new code uses instead.\n" +
    "The table is generated from the DDI table (`packages/ndislab/src/ddi/porting.ts`); `npx vitest run requirements -u` writes it again.\n";
  let family = "";
  for (const [name, entry] of Object.entries(entries)) {
    if (!entry.deprecated) continue;
    if (entry.family !== family) text += `\n## ${entry.family}\n\n| Deprecated | Use instead |\n|---|---|\n`;
    family = entry.family;
    const { successor } = entry;
    text += `| ${link(name, entry)} | ${successor === undefined ? "nothing" : link(successor, entries[successor])} |\n`;
  }
  return text;
}

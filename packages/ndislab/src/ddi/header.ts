import { ENTRIES } from "./table.js";

/** The C text of every function and macro of the table: prototypes become imports of the driver's module. */
export function functionsHeader(): string {
  let text = "";
  let family = "";
  for (const entry of Object.values(ENTRIES)) {
    if (entry.family !== family) text += `\n/* ${entry.family} */\n`;
    family = entry.family;
    if (entry.exported) text += `${entry.c};\n`;
    if (entry.macro !== undefined) text += `#define ${entry.macro}\n`;
    else text += `${entry.c};\n`;
  }
  return `#ifndef NDISLAB_FUNCTIONS_H\n#define NDISLAB_FUNCTIONS_H\n${text}\n#endif\n`;
}

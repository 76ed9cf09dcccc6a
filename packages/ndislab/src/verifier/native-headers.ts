import { declarationText, forwardText } from "../layout/c-text.js";
import { MDL_PREFIX, NB_STATE, NBL_LIVE, POOL, POOL_SIGNATURE } from "../layout/pool.js";
import { BROKEN_CELL, IRQL_CELL, NULL_PAGE_SIZE, POOL_BASE_CELL, SITE_CELL } from "../memory/memory.js";
import { FREED, KIND, LEDGER } from "./ledger.js";
import { FRAME_FLAGS, NDIS_FLAGS, OTHERS_FLAGS } from "./net-buffer-list-checks.js";
import { LIST_NOTE, SEEN } from "./net-buffer-list-notes.js";

/** `seenBy` as SEEN_BY, in a C header. */
const upper = (name: string): string => name.replace(/([a-z])([A-Z])/g, "$1_$2").toUpperCase();

const defines = (prefix: string, values: Readonly<Record<string, number>>): string[] =>
  Object.entries(values).map(([name, value]) => `#define ${prefix}${upper(name)} 0x${(value >>> 0).toString(16)}u`);

/** What the C in native/ has to know of the library, and no driver sees, by path: made from the declarations here. */
export const nativeHeaders = (): [path: string, text: string][] => [
  [
    "ndislab/pool.h",
    [
      forwardText([POOL, MDL_PREFIX]),
      declarationText(POOL),
      declarationText(MDL_PREFIX),
      ...defines("POOL_", POOL_SIGNATURE),
      ...defines("", { NBL_LIVE, SITE_CELL, IRQL_CELL, BROKEN_CELL, POOL_BASE_CELL, NULL_PAGE_SIZE }),
      ...defines("NB_", NB_STATE),
      "",
    ].join("\n"),
  ],
  [
    "ndislab/ledger.h",
    [
      ...defines("LEDGER_", LEDGER),
      ...defines("KIND_", KIND),
      ...defines("NOTE_", LIST_NOTE),
      ...defines("", { FREED, SEEN, FRAME_FLAGS, NDIS_FLAGS, OTHERS_FLAGS }),
      "",
    ].join("\n"),
  ],
];

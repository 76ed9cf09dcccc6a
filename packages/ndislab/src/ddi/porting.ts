import type { DdiEntry } from "./entry.js";
import { pageAddress } from "./page-address.js";
import { ENTRIES } from "./table.js";

const HEAD = `# From NDIS 5 to NDIS 6

NDIS 5 is deprecated. Everything below works here, and has a successor that new code uses instead. First the same little job
is done with both, step by step; then comes the table of all names.

What changes is less the functions than three ideas:

- **The packet becomes two things.** An NDIS_PACKET is one frame with what goes with it. In NDIS 6 a NET_BUFFER is the frame,
  and a NET_BUFFER_LIST carries one or more of them together with status, flags and information.
- **The frame is a part of its chain.** In a packet, every byte of every descriptor is data. A NET_BUFFER says where in the
  chain the data starts and how long it is, so that a header is added or taken off by moving the start.
- **MDLs need no pool.** The buffer descriptor was an MDL all along; NdisAllocateMdl makes one without a pool to run out of.
`;

/** What a step changes, by its title in the two drivers. */
const STEPS: Readonly<Record<string, string>> = {
  "Make the pools":
    "NDIS 5 needs a pool for packets and one for buffer descriptors, each with a number of objects that has to suffice for the life of the driver. One NET_BUFFER_LIST pool takes the place of both. It sets no limit, and `fAllocateNetBuffer` makes every list bring its NET_BUFFER along, so that no NET_BUFFER pool is needed where a list has one frame.",
  "Build a packet":
    "A packet starts empty and descriptors are chained to it. In NDIS 6 the chain is made first, by hand, and given to the new NET_BUFFER together with where the data starts and how long it is. The MDLs stay the driver's in both. Failures are NULL instead of a status behind a pointer.",
  "Look into it":
    "NdisQueryPacket counts, and keeps the counts in the packet; ValidCounts says whether they still hold. In NDIS 6 the length is a member, and nobody counts the MDLs but those who need to know. To read bytes, NdisGetDataBuffer takes the place of walking descriptors: it gives a pointer into the frame, or copies to a storage where the bytes lie in several MDLs.",
  "Strip the header and restore it":
    "With NDIS 5 the header has to be a descriptor of its own, and a driver that gets both in one needs NdisCopyBuffer to make a second descriptor over the rest. With NDIS 6 the start of the data moves, wherever the MDLs are cut. A retreat over bytes that an advance went over needs no memory; one for which there is no room in front puts an MDL before the others, and the matching advance takes it off.",
  "Copy it":
    "Both copy the bytes only and say how many: they stop where the source or the room ends. A packet's room is its descriptors. A NET_BUFFER's room reaches to the end of its chain and its length stays as it was, so that the caller enters it afterwards.",
  "Give it back":
    "Neither frees what the driver attached. From a packet the descriptors are taken one by one. A list is asked for its chain before it is freed, and the MDLs are freed behind it. Whoever retreated over the front of a chain advances first.",
  "Do it all":
    "The frame lies in one block of memory here, and its header and payload are described apart. NdisAllocateMemoryWithTagPriority returns the block, or NULL, and says with the last argument how badly it is needed.",
};

const link = (name: string, entry: DdiEntry | undefined): string =>
  entry?.page === undefined ? `\`${name}\`` : `[\`${name}\`](${pageAddress(entry.page)})`;

/** Code by title: what stands behind each comment `1. Title` that has a line of its own. */
function stepsOf(c: string): Map<string, string> {
  const [, ...parts] = c.split(/^\/\* \d+\. (.*) \*\/\n/m);
  const steps = new Map<string, string>();
  for (let i = 0; i < parts.length; i += 2) steps.set(parts[i]!, parts[i + 1]!.trim());
  return steps;
}

const cell = (code: string): string => `<td valign="top">\n\n\`\`\`c\n${code}\n\`\`\`\n\n</td>`;

/** One section for each step of the two drivers, their code side by side. */
function sideBySide(ndis5: string, ndis6: string): string {
  const before = stepsOf(ndis5);
  const after = stepsOf(ndis6);
  const titles = Object.keys(STEPS).join();
  if ([...before.keys()].join() !== titles || [...after.keys()].join() !== titles)
    throw new Error(`both drivers of the porting guide must have the steps ${titles}`);
  let text = "";
  for (const [title, words] of Object.entries(STEPS)) {
    text += `\n### ${title}\n\n${words}\n\n`;
    text += "<table>\n<tr><th>NDIS 5</th><th>NDIS 6</th></tr>\n";
    text += `<tr>\n${cell(before.get(title)!)}\n${cell(after.get(title)!)}\n</tr>\n</table>\n`;
  }
  return text;
}

/** One row for every function of the table that is deprecated. */
function table(): string {
  const entries: Readonly<Record<string, DdiEntry>> = ENTRIES;
  let text = "";
  let family = "";
  for (const [name, entry] of Object.entries(entries)) {
    if (!entry.deprecated) continue;
    if (entry.family !== family) text += `\n### ${entry.family}\n\n| Deprecated | Use instead |\n|---|---|\n`;
    family = entry.family;
    const { successor } = entry;
    text += `| ${link(name, entry)} | ${successor === undefined ? "nothing" : link(successor, entries[successor])} |\n`;
  }
  return text;
}

/**
 * The guide `docs/porting.md`.
 * @param ndis5 the C of `examples/porting/ndis5.c`
 * @param ndis6 that of `examples/porting/ndis6.c`, with steps of the same titles
 */
export function portingGuide(ndis5: string, ndis6: string): string {
  return `${HEAD}
## Step by step

\`examples/porting/ndis5.c\` and \`ndis6.c\` build a packet of a header and a payload, look into it, strip the header and restore
it, copy the packet and give all back. Both print the same lines: \`npx ndislab run examples/porting/ndis6.c\`.
${sideBySide(ndis5, ndis6)}
## All names

The table is generated from the DDI table, and the steps from the two drivers, by \`packages/ndislab/src/ddi/porting.ts\`;
\`npx vitest run requirements -u\` writes this page again.
${table()}`;
}

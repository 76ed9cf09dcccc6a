import { type Block, heading, paragraph, table } from "./document.js";
import { SUBJECTS, type Subject } from "./subject.js";

const familyOf = (subject: Subject): string => (subject.kind === "ddi" ? subject.entry.family : "Structures");

/** All pages by family, each with its sentence: the first page of the reference. */
export function contents(): readonly Block[] {
  const families = new Map<string, Subject[]>();
  for (const subject of SUBJECTS.values())
    families.set(familyOf(subject), [...(families.get(familyOf(subject)) ?? []), subject]);
  const blocks: Block[] = [
    heading(1, "Reference"),
    paragraph("One page for each function, macro and structure. In the terminal: `ndislab doc NAME`."),
  ];
  for (const [family, subjects] of families)
    blocks.push(
      heading(2, family),
      table(
        ["Name", "What it does"],
        subjects.map(({ name, page }) => [`\`${name}\``, page.summary]),
      ),
    );
  return blocks;
}

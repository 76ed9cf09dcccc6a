import {
  type DdiEntry,
  type Enumeration,
  IRQL,
  irqlName,
  pageAddress,
  RULES,
  type RuleId,
  type Structure,
} from "ndislab";
import { type Block, code, heading, list, paragraph, table } from "./document.js";
import { example } from "./examples.js";
import type { DdiPage, StructurePage } from "./page.js";
import { prototypeText, signatureOf } from "./prototype.js";
import type { Subject } from "./subject.js";

/** The whole page of one subject, facts and words. */
export function pageOf(subject: Subject): readonly Block[] {
  const { name, page } = subject;
  const blocks: Block[] = [heading(1, name), paragraph(page.summary)];
  if (subject.kind === "ddi") blocks.push(...ddiBlocks(name, subject.entry, subject.page));
  else blocks.push(...structureBlocks(subject.layout, subject.page));
  if (page.drawing !== undefined) blocks.push(code("text", page.drawing.join("\n")));
  for (const remark of page.remarks ?? []) blocks.push(paragraph(remark));
  if (page.decisions !== undefined) blocks.push(heading(2, "Where documents leave it open"), list(page.decisions));
  blocks.push(...ruleBlocks(page.rules ?? [], subject.kind === "ddi" ? irqlRuleOf(subject.entry) : undefined));
  blocks.push(...exampleBlocks(page.example));
  if (page.related !== undefined)
    blocks.push(heading(2, "See also"), paragraph(page.related.map((other) => `\`${other}\``).join(", ")));
  return blocks;
}

function ddiBlocks(name: string, entry: DdiEntry, page: DdiPage): Block[] {
  const blocks: Block[] = [code("c", prototypeText(name, entry))];
  if (entry.deprecated)
    blocks.push(
      paragraph(
        `**Deprecated.** ${entry.successor === undefined ? "Nothing takes its place." : `New code uses \`${entry.successor}\`.`}`,
      ),
    );
  const signature = signatureOf(entry);
  if (page.parameters !== undefined) {
    const optional = new Set(signature?.parameters.filter((one) => one.optional).map((one) => one.name));
    blocks.push(
      heading(2, "Parameters"),
      table(
        ["Parameter", "Meaning"],
        Object.entries(page.parameters).map(([parameter, text]) => [
          `\`${parameter}\``,
          optional.has(parameter) ? `Optional. ${text}` : text,
        ]),
      ),
    );
  }
  if (page.returns !== undefined) blocks.push(heading(2, "Returns"), paragraph(page.returns));
  if (page.ownership !== undefined) blocks.push(heading(2, "Ownership"), paragraph(page.ownership));
  if (page.failure !== undefined) blocks.push(heading(2, "Failure"), paragraph(page.failure));
  blocks.push(heading(2, "Facts"), table(["Fact", "Value"], factRows(name, entry)));
  if (page.remarks !== undefined) blocks.push(heading(2, "Remarks"));
  return blocks;
}

function factRows(name: string, entry: DdiEntry): string[][] {
  const rows = [
    ["Kind", entry.macro === undefined ? "function" : "macro"],
    ["IRQL", irqlText(entry)],
    ["Since", entry.since],
    ["Header", entry.library === undefined ? entry.header : `${entry.header}, ${entry.library}`],
  ];
  if (entry.contract !== undefined) rows.push(["Contract", entry.contract.join(", ")]);
  rows.push(["Family", entry.family]);
  if (entry.page !== undefined) rows.push(["Documented at", `[${entry.page}](${pageAddress(entry.page)} "${name}")`]);
  return rows;
}

function irqlText({ irql = IRQL.HIGH_LEVEL, irqlFrom = IRQL.PASSIVE_LEVEL }: DdiEntry): string {
  if (irql === irqlFrom) return `at ${irqlName(irql)}`;
  if (irql < IRQL.HIGH_LEVEL) return `at most ${irqlName(irql)}`;
  return irqlFrom > IRQL.PASSIVE_LEVEL ? `at least ${irqlName(irqlFrom)}` : "any";
}

/** The rule of a family's IRQL does not watch what may be called at any. */
const irqlRuleOf = (entry: DdiEntry): string | undefined => (irqlText(entry) === "any" ? undefined : entry.irqlRule);

function structureBlocks(layout: Structure<string> | Enumeration, page: StructurePage): Block[] {
  const blocks: Block[] =
    layout.kind === "enumeration"
      ? [
          table(
            ["Value", "Name", "Meaning"],
            Object.entries(layout.values).map(([name, value]) => [`${value}`, `\`${name}\``, page.members[name] ?? ""]),
          ),
        ]
      : layout.opaque
        ? [paragraph("Its members are hidden: drivers know its address only.")]
        : [
            paragraph(`${layout.size} bytes, aligned to ${layout.align}, as on 32-bit Windows.`),
            table(
              ["Offset", "Size", "Member", "Meaning"],
              placesOf(layout)
                .filter(({ name }) => page.members[name] !== undefined)
                .map(({ name, offset, size }) => [`${offset}`, size, `\`${name}\``, page.members[name]!]),
            ),
          ];
  if (page.ownership !== undefined) blocks.push(heading(2, "Ownership"), paragraph(page.ownership));
  if (page.remarks !== undefined) blocks.push(heading(2, "Remarks"));
  return blocks;
}

interface Place {
  readonly name: string;
  readonly offset: number;
  readonly size: string;
}

/** Members in order, the bit-fields of each behind it. */
function placesOf({ fields, bitFields }: Structure<string>): Place[] {
  const bitsIn = (owner: string): Place[] =>
    bitFields
      .filter(({ name }) => name.slice(0, Math.max(0, name.lastIndexOf("."))) === owner)
      .map(({ name, offset, first, width }) => ({
        name,
        offset,
        size: width === 1 ? `bit ${first}` : `bits ${first} to ${first + width - 1}`,
      }));
  const outer = fields.flatMap(({ name, offset, size }) => [{ name, offset, size: `${size}` }, ...bitsIn(name)]);
  return [...outer, ...bitsIn("")];
}

function ruleBlocks(rules: readonly RuleId[], irqlRule: string | undefined): Block[] {
  const all = irqlRule === undefined ? rules : [...rules, irqlRule as RuleId];
  if (all.length === 0) return [];
  return [
    heading(2, "Rules that watch it"),
    table(
      ["Rule", "Severity", "What is wrong"],
      all.map((rule) => [rule, RULES[rule][0], RULES[rule][1]]),
    ),
  ];
}

function exampleBlocks(name: string): Block[] {
  const { c, ts, prints } = example(name);
  const blocks = [heading(2, "Example"), code("c", c)];
  if (ts !== undefined) blocks.push(code("ts", ts));
  blocks.push(paragraph(ts === undefined ? "It prints:" : "Both print:"), code("text", prints));
  return blocks;
}

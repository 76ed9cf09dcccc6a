import type { Block } from "./document.js";

const WIDTH = 80;
const BOLD = "\u001b[1m";
const PLAIN = "\u001b[0m";

/** A document for the terminal, 80 columns wide. `bold` puts headings in bold type. */
export function toTerminal(blocks: readonly Block[], bold: boolean): string {
  const write = (block: Block): string => {
    switch (block.kind) {
      case "heading": {
        const text = block.level === 1 ? block.text : block.text.toUpperCase();
        return bold ? `${BOLD}${text}${PLAIN}` : text;
      }
      case "paragraph":
        return wrap(plain(block.text), "    ");
      case "list":
        return block.items.map((item) => wrap(plain(item), "      ", "    - ")).join("\n");
      case "table":
        return tableText(block.rows);
      case "code":
        return block.text.trimEnd().replace(/^(?=.)/gm, "    ");
    }
  };
  let text = "";
  for (const [index, block] of blocks.entries()) {
    // A heading stands right above what it is about.
    if (index > 0) text += blocks[index - 1]!.kind === "heading" && block.kind !== "heading" ? "\n" : "\n\n";
    text += write(block);
  }
  return `${text}\n`;
}

/** Links become their address, names lose their backticks and emphasis its stars. */
const plain = (text: string): string =>
  text
    .replace(/\[[^\]]+\]\((\S+)[^)]*\)/g, "$1")
    .replaceAll("`", "")
    .replaceAll("**", "");

function wrap(text: string, indent: string, first = indent): string {
  const lines: string[] = [];
  let line = first;
  for (const word of text.split(" ")) {
    if (line.length + word.length > WIDTH && line.trim() !== "") {
      lines.push(line.trimEnd());
      line = indent;
    }
    line += `${word} `;
  }
  lines.push(line.trimEnd());
  return lines.join("\n");
}

/** Two columns stand side by side when the first is short; more columns are aligned. */
function tableText(rows: readonly (readonly string[])[]): string {
  const columns = rows[0]?.length ?? 0;
  const widths = Array.from({ length: columns - 1 }, (_, column) =>
    Math.max(...rows.map((row) => plain(row[column]!).length)),
  );
  return rows
    .map((row) => {
      const head = row.slice(0, -1).map((text, column) => plain(text).padEnd(widths[column]!));
      const first = `    ${head.map((text) => `${text}  `).join("")}`;
      if (first.length > WIDTH / 2) return `    ${head.join("  ").trimEnd()}\n${wrap(plain(row.at(-1)!), "        ")}`;
      return wrap(plain(row.at(-1)!), " ".repeat(first.length), first);
    })
    .join("\n");
}

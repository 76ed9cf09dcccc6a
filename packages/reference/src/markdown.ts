import type { Block } from "./document.js";

/** Where a name in backticks leads, or undefined when there is no page of it. */
export type Link = (name: string) => string | undefined;

/** Markdown of a document; names in backticks that `link` knows become links. */
export function toMarkdown(blocks: readonly Block[], link: Link): string {
  const linked = (text: string): string =>
    text.replace(/(?<!\[)`(\w+)`/g, (all, name: string) => {
      const target = link(name);
      return target === undefined ? all : `[${all}](${target})`;
    });
  const cell = (text: string): string => linked(text).replaceAll("|", "\\|");
  const write = (block: Block): string => {
    switch (block.kind) {
      case "heading":
        return `${"#".repeat(block.level)} ${block.text}`;
      case "paragraph":
        return linked(block.text);
      case "list":
        return block.items.map((item) => `- ${linked(item)}`).join("\n");
      case "table":
        return [
          `| ${block.head.join(" | ")} |`,
          `|${"---|".repeat(block.head.length)}`,
          ...block.rows.map((row) => `| ${row.map(cell).join(" | ")} |`),
        ].join("\n");
      case "code":
        return `\`\`\`${block.language}\n${block.text.trimEnd()}\n\`\`\``;
    }
  };
  return `${blocks.map(write).join("\n\n")}\n`;
}

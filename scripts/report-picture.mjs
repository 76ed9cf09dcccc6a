// Draws docs/report.svg, the README's picture: what the command really prints for an example with a mistake in it.
// Run it after a change of the report's looks: node scripts/report-picture.mjs
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { ROOT } from "./lib/root.mjs";

const SHOWN = "npx ndislab run examples/vlantag/vlantag.c -D LEAK --in examples/captures/mixed.pcapng";
const PICTURE = "docs/report.svg";

const CHARACTER = 8.43; // width of one, in pixels, at FONT_SIZE
const FONT_SIZE = 14;
const LINE = 20;
const MARGIN = 24;
const COLORS = { 2: "#8b949e", 31: "#ff7b72", 32: "#7ee787", 33: "#e3b341", 36: "#79c0ff" };

const escapeXml = (text) => text.replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign]);

/** What switches a colour on a terminal: escape, bracket, number, m. */
const SWITCH = new RegExp(`(${String.fromCharCode(27)}\\[\\d+m)`);

/** One line of terminal output as SVG text spans. */
function spans(line) {
  let style = "";
  let svg = "";
  for (const part of line.split(SWITCH)) {
    const code = SWITCH.test(part) ? part.slice(2, -1) : undefined;
    if (code === undefined) svg += part === "" ? "" : `<tspan${style}>${escapeXml(part)}</tspan>`;
    else if (code === "1") style = ' font-weight="bold" fill="#ffffff"';
    else style = COLORS[code] === undefined ? "" : ` fill="${COLORS[code]}"`;
  }
  return svg;
}

const [, , ...args] = SHOWN.split(" ");
const run = spawnSync(process.execPath, ["packages/cli/bin/ndislab.js", ...args], {
  cwd: ROOT,
  encoding: "utf8",
  env: { ...process.env, FORCE_COLOR: "1", NO_COLOR: "" },
});
if (run.status !== 1) throw new Error(`the run ended with status ${run.status}, 1 was expected:\n${run.stderr}`);

const lines = [`\x1b[32m$\x1b[0m ${SHOWN}`, ...run.stdout.trimEnd().split("\n")];
const plain = lines.map((line) =>
  line
    .split(SWITCH)
    .filter((part) => !SWITCH.test(part))
    .join(""),
);
const width = Math.ceil(Math.max(...plain.map((line) => line.length)) * CHARACTER + 2 * MARGIN);
const height = lines.length * LINE + 2 * MARGIN;
const text = lines.map(
  (line, i) => `<text x="${MARGIN}" y="${MARGIN + (i + 0.8) * LINE}" xml:space="preserve">${spans(line)}</text>`,
);
mkdirSync(`${ROOT}/docs`, { recursive: true });
writeFileSync(
  `${ROOT}/${PICTURE}`,
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="A report of ndislab: traffic, pools and one finding">
<rect width="100%" height="100%" rx="10" fill="#0d1117"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${FONT_SIZE}" fill="#e6edf3">
${text.join("\n")}
</g>
</svg>
`,
);
console.log(`${PICTURE}: ${lines.length} lines`);

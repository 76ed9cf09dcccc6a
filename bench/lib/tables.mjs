// Results as tables: rows of text, for the terminal and for the document.
import { amount } from "./goals.mjs";
import { spread } from "./statistics.mjs";

/** @typedef {{ head: string[], rows: string[][] }} Table */

/** Three digits that count. @param {number} number */
export function figure(number) {
  if (number === 0) return "0";
  if (Math.abs(number) >= 100) return grouped(Math.round(number));
  return number.toFixed(Math.abs(number) >= 10 ? 1 : 2);
}

/** 1234567 as "1 234 567". @param {number} number */
export const grouped = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, " ");

/** The median, and the middle half of the rounds where it is not the same. @param {number[]} values */
function cell(values) {
  const present = values.filter((value) => Number.isFinite(value));
  if (present.length === 0) return "";
  const { median, low, high } = spread(present);
  const [text, from, to] = [median, low, high].map(figure);
  return from === to ? text : `${text} (${from}–${to})`;
}

/** What was not measured is null in JSON, and no 0. @param {number} number @param {number} by */
const quotient = (number, by) => (Number.isFinite(number) ? number / by : Number.NaN);

/** All figures of a job. @param {import("./run-job.mjs").JobResult} result @returns {Table} */
export function figureTable({ unit, figures, sides }) {
  const names = Object.keys(figures);
  return {
    head: [unit, ...names.map((name) => figures[name])],
    rows: Object.values(sides).map(({ title, rounds }) => [
      title,
      ...names.map((name) => cell(rounds.map((round) => round[name]))),
    ]),
  };
}

/**
 * How many times as much as the reference side, taken within each round.
 * @param {import("./run-job.mjs").JobResult} result
 * @returns {Table | undefined} nothing for a job without such a side
 */
export function ratioTable({ figures, sides, reference }) {
  const base = reference === undefined ? undefined : sides[reference];
  if (base === undefined) return undefined;
  const names = Object.keys(figures);
  const others = Object.values(sides).filter((side) => side !== base);
  return {
    head: [`× ${base.title}`, ...names.map((name) => figures[name])],
    rows: others.map(({ title, rounds }) => [
      title,
      ...names.map((name) => cell(rounds.map((round, i) => quotient(round[name], base.rounds[i][name])))),
    ]),
  };
}

/**
 * @param {import("./goals.mjs").Outcome[]} outcomes
 * @param {string} node
 * @param {string} [other]
 * @returns {Table}
 */
export function goalTable(outcomes, node, other) {
  const text = (/** @type {import("./goals.mjs").Measured | undefined} */ measured) =>
    measured === undefined
      ? "—"
      : `${amount(measured.median, measured.unit)}${
          measured.low === measured.high ? "" : ` (${figure(measured.low)}–${figure(measured.high)})`
        }`;
  const verdict = (/** @type {import("./goals.mjs").Measured | undefined} */ measured) =>
    measured === undefined ? "not measured" : measured.met ? "met" : "not met";
  return {
    head: ["goal", "wanted", `Node ${node}`, "", ...(other === undefined ? [] : [`Node ${other}`, ""])],
    rows: outcomes.map((outcome) => [
      outcome.text,
      outcome.wanted,
      text(outcome.measured),
      verdict(outcome.measured),
      ...(other === undefined ? [] : [text(outcome.other), outcome.other === undefined ? "" : verdict(outcome.other)]),
    ]),
  };
}

/** For a terminal: the first column to the left, the others to the right. @param {Table} table */
export function plain({ head, rows }) {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column].length)));
  const line = (/** @type {string[]} */ row) =>
    row
      .map((text, i) => (i === 0 ? text.padEnd(widths[i]) : text.padStart(widths[i])))
      .join("   ")
      .trimEnd();
  return [line(head), widths.map((width) => "─".repeat(width)).join("   "), ...rows.map(line)].join("\n");
}

/** @param {Table} table */
export function markdown({ head, rows }) {
  const line = (/** @type {string[]} */ row) => `| ${row.map((text) => text.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), `|${head.map((_, i) => (i === 0 ? "---" : "--:")).join("|")}|`, ...rows.map(line)].join("\n");
}

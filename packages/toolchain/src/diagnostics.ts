/** Clang's output for one file, taken apart. Both texts keep clang's wording, source lines and carets. */
export interface Diagnostics {
  readonly errors: string;
  readonly warnings: string;
}

const HEAD = /^(?:.*?:(?:\d+:)?(?:\d+:)? )?(fatal error|error|warning|note|remark): /;
const SUMMARY = /^\d+ (?:warnings?|errors?)(?: and \d+ errors?)? generated\.$/;
const CONTEXT = /^(?:In file included from |\s+from )/;

/**
 * Separates errors from warnings in clang's standard error. A diagnostic is its "In file included from" lines, its head
 * line, the quoted source below and the notes that follow; the closing count of warnings and errors is dropped.
 */
export function splitDiagnostics(text: string): Diagnostics {
  const parts = { errors: [] as string[], warnings: [] as string[] };
  let current = parts.errors; // output before the first head is the driver's own trouble
  let context: string[] = [];
  for (const line of text.split("\n")) {
    if (SUMMARY.test(line)) continue;
    if (CONTEXT.test(line)) {
      context.push(line);
      continue;
    }
    const kind = HEAD.exec(line)?.[1];
    if (kind === "warning" || kind === "remark") current = parts.warnings;
    else if (kind === "error" || kind === "fatal error") current = parts.errors;
    current.push(...context, line);
    context = [];
  }
  return { errors: parts.errors.join("\n").trim(), warnings: parts.warnings.join("\n").trim() };
}

// The modules that a TypeScript source names: in import and export statements, import(), require(), import types and
// triple-slash references. A reader of tokens, so that comments, strings and templates do not count.

export interface Import {
  specifier: string;
  line: number;
}

type Kind = "word" | "string" | "sign";

interface Token {
  kind: Kind;
  text: string;
  line: number;
}

// Behind these a slash begins a regular expression; behind any other word, a number, `)`, `]` or `}` it divides.
const BEFORE_EXPRESSION = new Set([
  "return",
  "typeof",
  "case",
  "in",
  "of",
  "do",
  "else",
  "void",
  "delete",
  "throw",
  "await",
]);

const TOKEN = /\s+|\/\/[^\n]*|\/\*.*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|[\p{L}\p{N}_$#]+|./suy;
const REGULAR_EXPRESSION = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/\p{L}*/uy;
const TEMPLATE_PART = /(?:\\.|\$(?!\{)|[^`\\$])*(?:`|\$\{)/suy;

function startsExpression(before: Token | undefined): boolean {
  if (before === undefined) return true;
  if (before.kind === "word") return BEFORE_EXPRESSION.has(before.text);
  return before.kind === "sign" && !")]}".includes(before.text);
}

function tokens(source: string): Token[] {
  const out: Token[] = [];
  // One entry for each template that is open: how deep in braces its current ${ } is.
  const templates: number[] = [];
  let line = 1;
  let at = 0;

  function matches(pattern: RegExp): boolean {
    pattern.lastIndex = at;
    return pattern.test(source);
  }

  function take(pattern: RegExp): string {
    pattern.lastIndex = at;
    // What is open at the end of the file reaches to it.
    const text = pattern.exec(source)?.[0] ?? source.slice(at);
    at += text.length;
    for (const character of text) if (character === "\n") line++;
    return text;
  }

  /** From behind a backtick or the `}` of a substitution to the next `${` or the closing backtick. */
  function takeTemplatePart(): void {
    if (take(TEMPLATE_PART).endsWith("${")) templates.push(0);
  }

  while (at < source.length) {
    const start = line;
    const isComment = source.startsWith("//", at) || source.startsWith("/*", at);
    if (source[at] === "/" && !isComment && startsExpression(out.at(-1)) && matches(REGULAR_EXPRESSION)) {
      take(REGULAR_EXPRESSION);
      out.push({ kind: "string", text: "", line: start });
      continue;
    }
    const text = take(TOKEN);
    const first = text[0];
    if (first === '"' || first === "'") out.push({ kind: "string", text: text.slice(1, -1), line: start });
    else if (first === "`") {
      out.push({ kind: "string", text: "", line: start });
      takeTemplatePart();
    } else if (first === "}" && templates.at(-1) === 0) {
      templates.pop();
      takeTemplatePart();
    } else {
      if (templates.length > 0 && first === "{") templates[templates.length - 1]++;
      if (templates.length > 0 && first === "}") templates[templates.length - 1]--;
      if (!isComment && !/^\s/.test(text))
        out.push({ kind: /^[\p{L}\p{N}_$#]/u.test(text) ? "word" : "sign", text, line: start });
    }
  }
  return out;
}

/** The string behind the `from` that ends an import or export list beginning at `at`, or undefined when none does. */
function listedFrom(all: Token[], at: number): Token | undefined {
  for (let i = at; i < all.length; i++) {
    const { kind, text } = all[i];
    if (kind === "word" && text === "from" && all[i + 1]?.kind === "string") return all[i + 1];
    // Only names, commas, braces and a star stand between; anything else is a declaration.
    if (kind === "string" || (kind === "sign" && !"{},*".includes(text))) return undefined;
  }
  return undefined;
}

function named(all: Token[], at: number): Token | undefined {
  const [word, next, third] = [all[at], all[at + 1], all[at + 2]];
  if (word.kind !== "word" || all[at - 1]?.text === ".") return undefined;
  if (word.text === "import" || word.text === "require") {
    if (next?.text === "(" && third?.kind === "string") return third;
  }
  if (word.text === "import") return next?.kind === "string" ? next : listedFrom(all, at + 1);
  if (word.text === "export") return listedFrom(all, at + 1);
  return undefined;
}

/** Every module that `source` names, in order. */
export function importsOf(source: string): Import[] {
  const references = [...source.matchAll(/^\/\/\/\s*<reference\s+(?:path|types)\s*=\s*["']([^"']+)["']/gm)];
  const found = references.map((match) => ({
    specifier: match[1],
    line: source.slice(0, match.index).split("\n").length,
  }));
  const all = tokens(source);
  for (let at = 0; at < all.length; at++) {
    const module = named(all, at);
    if (module !== undefined) found.push({ specifier: module.text, line: module.line });
  }
  return found;
}

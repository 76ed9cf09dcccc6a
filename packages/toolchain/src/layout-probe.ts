import { loadClang } from "./clang.js";
import { layoutFlags } from "./flags.js";

/** Whether a text compiled, and what the compiler said. */
export interface LayoutProbe {
  readonly ok: boolean;
  /** Errors and warnings; "" if there are none. */
  readonly diagnostics: string;
}

/** The 32-bit Windows that layouts are defined for, and the WebAssembly that drivers are compiled for. */
export type LayoutTarget = "i686-pc-windows-msvc" | "wasm32-unknown-unknown";

/**
 * Checks C, in particular its `_Static_assert`s about sizes and offsets, without generating code. The text is called
 * layout.c.
 *
 * @param headers files it may include: path to text
 */
export async function compileObjectForLayout(
  text: string,
  target: LayoutTarget,
  headers: ReadonlyMap<string, string> = new Map(),
): Promise<LayoutProbe> {
  const clang = await loadClang();
  const files: [string, string][] = [["/layout.c", `#line 1 "layout.c"\n${text}`]];
  for (const [path, header] of headers) files.push([`/ddk/${path}`, header]);
  const result = await clang.compile("/layout.c", layoutFlags(target, "/ddk"), files);
  return { ok: result.ok, diagnostics: result.text.trim() };
}

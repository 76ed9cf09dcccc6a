import { ByteReader } from "./byte-reader.js";
import { SECTION, type WasmModule } from "./module.js";

/**
 * One entry of the code section (WebAssembly core spec 5.5.13), as positions in the module:
 *
 * ```
 *   ┌──────┬──────────────────────────┬──────────────────────────┐
 *   │ size │ groups of locals         │ instructions … end       │
 *   └──────┴──────────────────────────┴──────────────────────────┘
 *   ▲      ▲                          ▲                          ▲
 *   entry  locals                     code                       end
 * ```
 */
export interface FunctionBody {
  /** Function index; imports count first. */
  readonly index: number;
  readonly entry: number;
  readonly locals: number;
  readonly code: number;
  readonly end: number;
  /** Groups of locals, and locals in all of them. */
  readonly localGroups: number;
  readonly localCount: number;
}

/** The bodies of a module's functions in the order of the code section. */
export function readFunctionBodies(module: WasmModule): FunctionBody[] {
  const section = module.sections.find((s) => s.id === SECTION.code);
  if (section === undefined) return [];
  const reader = new ByteReader(module.bytes, section.start, section.end);
  const bodies: FunctionBody[] = [];
  const count = reader.uleb();
  for (let i = 0; i < count; i++) {
    const entry = reader.offset;
    const size = reader.uleb();
    const locals = reader.offset;
    reader.skip(size);
    const end = reader.offset;
    const body = new ByteReader(module.bytes, locals, end);
    const localGroups = body.uleb();
    let localCount = 0;
    for (let group = 0; group < localGroups; group++) {
      localCount += body.uleb();
      body.u8(); // value type
    }
    bodies.push({ index: module.imports.length + i, entry, locals, code: body.offset, end, localGroups, localCount });
  }
  return bodies;
}

import { readUnits } from "./dwarf/scopes.js";
import { flattenUnits, type NamedRange, type Segment } from "./dwarf/segments.js";
import { findRun } from "./sorted-search.js";
import { SymbolWriter } from "./symbol-writer.js";
import type { SymbolData } from "./symbols.js";
import { readFunctionBodies } from "./wasm/function-body.js";
import type { InstrumentedModule } from "./wasm/instrument.js";
import { SECTION, type WasmModule } from "./wasm/module.js";

/**
 * Makes the side table of an instrumented module from the debug information of the module as it was linked.
 *
 * @throws ToolchainError "bad-dwarf", "bad-module"
 */
export function buildSymbols(linked: WasmModule, instrumented: InstrumentedModule, moduleName: string): SymbolData {
  const segments = readSegments(linked);
  const starts = segments.map((segment) => segment.start);
  const frameAt = (position: number) => segments[findRun(starts, position)]?.frame;
  const writer = new SymbolWriter();
  for (const { offset, callee } of instrumented.sites) writer.addSite(frameAt(offset), callee);
  const { offsets } = instrumented;
  const runs = segments.map(({ start, frame }) => ({ start: offsets.moved(start), frame }));
  const movedStarts = runs.map((run) => run.start);
  for (const { start, end, origin } of offsets.insertions) {
    runs.push({ start, frame: frameAt(origin) });
    const behind = runs[findRun(movedStarts, end)];
    runs.push({ start: end, frame: behind?.frame });
  }
  runs.sort((a, b) => a.start - b.start);
  for (const { start, frame } of runs) writer.addRun(start, frame);
  for (const { code } of readFunctionBodies(linked)) writer.addFunction(frameAt(code));
  return writer.finish(moduleName, linked.imports.length);
}

/** Segments by position in the linked module. DWARF counts from the start of the code section's contents. */
function readSegments(linked: WasmModule): Segment[] {
  const code = linked.sections.find((section) => section.id === SECTION.code)?.start ?? 0;
  const debug = (name: string): Uint8Array => {
    const section = linked.sections.find((s) => s.name === name);
    return section === undefined ? new Uint8Array() : linked.bytes.subarray(section.start, section.end);
  };
  const units = readUnits({
    info: debug(".debug_info"),
    abbrev: debug(".debug_abbrev"),
    str: debug(".debug_str"),
    line: debug(".debug_line"),
    ranges: debug(".debug_ranges"),
  });
  const functions = readFunctionBodies(linked).map((body): NamedRange => {
    return { low: body.entry - code, high: body.end - code, name: linked.functionNames.get(body.index) ?? "" };
  });
  const lows = functions.map((f) => f.low);
  const functionAt = (address: number): NamedRange | undefined => {
    const candidate = functions[findRun(lows, address)];
    return candidate !== undefined && address < candidate.high ? candidate : undefined;
  };
  return flattenUnits(units, functionAt).map(({ start, frame }) => ({ start: start + code, frame }));
}

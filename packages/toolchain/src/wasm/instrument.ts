import { ToolchainError } from "../errors.js";
import { TICK_EXPORT } from "../support.js";
import { ByteWriter } from "./byte-writer.js";
import { readFunctionBodies } from "./function-body.js";
import { type CallSite, FunctionInstrumenter, type InstrumentedFunction } from "./instrument-function.js";
import { findExport, SECTION, type WasmModule } from "./module.js";
import { OffsetMap } from "./offset-map.js";

export interface Instrumentation {
  /** Before each direct call of an import its site id is stored at `siteCell`. */
  readonly callSites: boolean;
  /** Every 2^20 rounds of the loops of one call of a function, the host's tick is called. */
  readonly loops: boolean;
  /** Address of the 32-bit cell for the site id, a multiple of 4. */
  readonly siteCell: number;
}

export interface InstrumentedModule {
  readonly wasm: Uint8Array;
  /** Site `id` is `sites[id - 1]`. */
  readonly sites: readonly CallSite[];
  /** From positions in the linked module to positions in `wasm`. */
  readonly offsets: OffsetMap;
}

/**
 * Adds call sites and loop ticks to a linked module ({@link FunctionInstrumenter} draws the code), and drops all its
 * custom sections but the function names.
 *
 * @throws ToolchainError "bad-module"
 */
export function instrumentModule(module: WasmModule, instrumentation: Instrumentation): InstrumentedModule {
  const tick = findExport(module, TICK_EXPORT, "function");
  if (tick === undefined && instrumentation.loops) {
    throw new ToolchainError("bad-module", `the module does not export ${TICK_EXPORT}`);
  }
  const { bytes, sections } = module;
  const instrumenter = new FunctionInstrumenter(module, instrumentation, tick);
  const out = new ByteWriter(2 * bytes.length);
  const offsets = new OffsetMap();
  out.append(bytes.subarray(0, 8)); // magic number and version
  for (const section of sections) {
    if (section.id === SECTION.code) {
      writeCode(
        out,
        readFunctionBodies(module).map((body) => instrumenter.run(body)),
        offsets,
      );
    } else if (section.id !== SECTION.custom || section.name === "name") {
      out.append(bytes.subarray(section.header, section.end));
    }
  }
  return { wasm: out.bytes.slice(), sites: instrumenter.sites, offsets };
}

function writeCode(out: ByteWriter, functions: readonly InstrumentedFunction[], offsets: OffsetMap): void {
  const section = new ByteWriter();
  section.uleb(functions.length);
  const starts = functions.map(({ bytes }) => {
    section.uleb(bytes.length);
    const start = section.length;
    section.append(bytes);
    return start;
  });
  out.u8(SECTION.code);
  out.uleb(section.length);
  const base = out.length;
  out.append(section.bytes);
  for (const [i, { shifts, ticks }] of functions.entries()) {
    const start = base + starts[i]!;
    for (const { behind, shift } of shifts) offsets.recordShift(behind, start + shift);
    for (const tick of ticks) offsets.recordInsertion(start + tick.start, start + tick.end, tick.loop);
  }
}

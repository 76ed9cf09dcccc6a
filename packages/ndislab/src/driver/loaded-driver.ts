import type { AnyFunction } from "../ddi/entry.js";
import type { Machine } from "../ddi/machine.js";
import type { Ddi, DdiName } from "../ddi/table.js";
import type { FunctionPointer } from "../kernel/callbacks.js";
import { DriverFault } from "../kernel/driver-fault.js";
import { SITE_CELL } from "../memory/memory.js";
import { Wasm, type WasmTable } from "../memory/wasm.js";
import type { SourceLocation } from "../verifier/finding.js";
import type { Verifier } from "../verifier/verifier.js";
import { DriverDeadError, DriverStartError, DriverTimeoutError, UnsupportedDdiError } from "./driver-errors.js";
import { type DriverImage, sourceLocation } from "./driver-image.js";
import type { NativeFunctions } from "./native-ddis.js";
import { SystemRoutines } from "./system-routines.js";

/** A function of the driver, with its name for messages. */
export interface Callback {
  readonly name: string;
  readonly call: (...args: number[]) => number;
}

export interface LoadOptions {
  /** Milliseconds that one callback may run; 0 means for ever. */
  readonly timeout: number;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
}

/**
 * A driver's module in a machine's memory. Everything that calls into it goes through `invoke`, which turns a trap,
 * a hang or a stack overflow into a finding; afterwards the driver is dead.
 */
export class LoadedDriver {
  readonly entry: Callback;
  private readonly table: WasmTable;
  private deadline = 0;
  private depth = 0;
  private dead = false;

  /** @param native the functions that the driver is linked to in the place of those of `ddi`, where it can be */
  constructor(
    private readonly machine: Machine,
    private readonly image: DriverImage,
    ddi: Ddi,
    native: NativeFunctions | undefined,
    private readonly verifier: Verifier | undefined,
    private readonly options: LoadOptions,
    private readonly onFault: (
      rule: "DRIVER-TRAP" | "DRIVER-TIMEOUT",
      message: string,
      at: SourceLocation | null,
    ) => void,
  ) {
    const env: Record<string, unknown> = { memory: machine.memory.wasm };
    for (const { name } of image.imports) env[name] = this.importFor(name, ddi, native);
    const { exports } = new Wasm.Instance(new Wasm.Module(image.wasm), { env });
    const entry = exports.DriverEntry;
    if (typeof entry !== "function") throw new DriverStartError(`${image.name} has no DriverEntry`);
    this.entry = { name: "DriverEntry", call: entry as Callback["call"] };
    this.table = exports.__indirect_function_table as WasmTable;
    machine.callbacks.resolveDriver = (pointer) => this.functionAt(pointer);
    const routines = new SystemRoutines(this.table, (name) => ddi[name] as AnyFunction);
    machine.callbacks.routineAddress = (name) => routines.addressOf(name);
  }

  /** The function behind a pointer of the driver, by its name in C where that is known; undefined for NULL. */
  callback(name: string, pointer: FunctionPointer): Callback | undefined {
    if (pointer === 0) return undefined;
    const call = this.functionAt(pointer);
    if (call === undefined)
      throw new DriverStartError(`the driver gave ${pointer} as its ${name}, which is no function of its`);
    return { name: this.image.symbols.functionAt?.(Number(call.name))?.function || name, call };
  }

  /** Where the C of a callback starts, as far as the symbols know. */
  placeOf(callback: Callback): SourceLocation | null {
    return sourceLocation(this.image.symbols.functionAt?.(Number(callback.call.name)));
  }

  /**
   * Calls into the driver at an IRQL and takes the level back afterwards. A function of fewer parameters leaves the
   * other arguments alone; rest parameters would make an array for every call.
   * @throws DriverDeadError when the call did not return in an orderly way, or the driver was dead already
   */
  invoke(callback: Callback, irql: number, a = 0, b = 0, c = 0, d = 0, e = 0): number {
    if (this.dead) throw new DriverDeadError(callback.name);
    const { machine } = this;
    const before = machine.irql.current;
    const held = this.verifier?.locks.count;
    machine.irql.current = irql;
    if (this.depth++ === 0 && this.options.timeout > 0) this.deadline = this.options.now() + this.options.timeout;
    try {
      const result = callback.call(a, b, c, d, e) >>> 0;
      this.verifier?.callbackReturned(callback.name, held);
      return result;
    } catch (error) {
      throw this.fault(callback, error);
    } finally {
      this.depth--;
      machine.irql.current = before;
    }
  }

  private functionAt(pointer: FunctionPointer): Callback["call"] | undefined {
    return pointer > 0 && pointer < this.table.length ? (this.table.get(pointer) ?? undefined) : undefined;
  }

  private importFor(name: string, ddi: Ddi, native: NativeFunctions | undefined): unknown {
    if (name === "ndislab_tick") return () => this.tick();
    const found = (ddi as unknown as Record<string, unknown>)[name];
    if (found !== undefined) return native?.[name as DdiName] ?? found;
    return () => {
      throw new UnsupportedDdiError(name);
    };
  }

  /** Called by the driver's own code once in about a million turns of its loops. */
  private tick(): void {
    if (this.deadline !== 0 && this.options.now() > this.deadline) throw new DriverTimeoutError();
  }

  /** Makes a finding of what ended a call, and returns what to throw on. */
  private fault(callback: Callback, error: unknown): Error {
    if (error instanceof DriverDeadError || error instanceof UnsupportedDdiError || !(error instanceof Error)) {
      this.dead = true;
      return error instanceof Error ? error : new Error(String(error));
    }
    const frames = this.image.symbols.framesOfStack(error.stack ?? "");
    const at = sourceLocation(frames[0]);
    const alreadyFound = this.dead;
    this.dead = true;
    if (!alreadyFound) {
      if (error instanceof DriverTimeoutError)
        this.onFault(
          "DRIVER-TIMEOUT",
          `${callback.name} did not return within ${this.options.timeout / 1000} s; it loops in ${at?.function ?? "code without lines"}.`,
          at,
        );
      else if (!isFault(error)) return error;
      else if (!(error instanceof DriverFault && error.hasRule && this.verifier !== undefined))
        this.onFault("DRIVER-TRAP", `${callback.name} ended in a trap: ${faultText(error)}.`, at ?? this.siteOfCall());
    }
    return new DriverDeadError(callback.name);
  }

  private siteOfCall(): SourceLocation | null {
    return sourceLocation(this.image.symbols.site(this.machine.memory.u32[SITE_CELL >>> 2]));
  }
}

/** Engines throw a RangeError, or an error of their own, when the stack overflows. */
const isStackOverflow = (error: Error): boolean => /call stack|recursion/.test(error.message);

const isFault = (error: Error): boolean =>
  error instanceof Wasm.RuntimeError || error instanceof DriverFault || isStackOverflow(error);

/** What an engine says of a trap, in the words of a driver author. */
function faultText(error: Error): string {
  if (isStackOverflow(error)) return "the stack overflowed";
  if (!(error instanceof Wasm.RuntimeError)) return error.message;
  const { message } = error;
  if (message.includes("unreachable"))
    return "it reached code that must not be reached, such as __debugbreak or a failed assertion";
  if (message.includes("memory access out of bounds")) return "an access outside the memory";
  if (message.includes("divide by zero")) return "a division by zero";
  if (message.includes("null function") || message.includes("signature mismatch") || message.includes("table index"))
    return "a call through a function pointer that is NULL or of another type";
  return message;
}

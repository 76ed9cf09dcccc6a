import type { AnyFunction } from "../ddi/entry.js";
import { is64, parseSignature, type Signature } from "../ddi/signature.js";
import { type DdiName, ENTRIES } from "../ddi/table.js";
import type { FunctionPointer } from "../kernel/callbacks.js";
import { Wasm, type WasmTable } from "../memory/wasm.js";

const I32 = 0x7f;
const I64 = 0x7e;

/**
 * MmGetSystemRoutineAddress: functions of the kernel that C calls through a pointer. A function of the host can stand
 * in the driver's table only as the export of some module, so each one that is asked for gets a module of its own,
 * which does nothing but import it and export it again.
 */
export class SystemRoutines {
  private readonly pointers = new Map<string, FunctionPointer>();

  constructor(
    private readonly table: WasmTable,
    private readonly importOf: (name: DdiName) => AnyFunction,
  ) {}

  /** The pointer to a function that the kernel exports, always the same; 0 for another name, and for NDIS' functions. */
  addressOf(name: string): FunctionPointer {
    const known = this.pointers.get(name);
    if (known !== undefined) return known;
    const entry = Object.hasOwn(ENTRIES, name) ? ENTRIES[name as DdiName] : undefined;
    const exported = entry?.library === "ntoskrnl.lib" && entry.macro === undefined;
    if (!exported || entry.c === undefined) return 0;
    const module = new Wasm.Module(forwarder(parseSignature(entry.c)));
    const { exports } = new Wasm.Instance(module, { e: { f: this.importOf(name as DdiName) } });
    const pointer = this.table.grow(1);
    this.table.set(pointer, exports.f);
    this.pointers.set(name, pointer);
    return pointer;
  }
}

/**
 * ```
 *  (module (import "e" "f" (func (param …) (result …))) (export "f" (func 0)))
 * ```
 * Every count and length in it is below 128, and so one byte.
 */
function forwarder(signature: Signature): Uint8Array {
  const types = signature.parameters.map(({ type }) => wasmType(type));
  if (signature.variadic) types.push(I32); // the address of the arguments
  const results = signature.returns === "VOID" ? [] : [wasmType(signature.returns)];
  const type = [1, 0x60, types.length, ...types, results.length, ...results];
  const name = [1, 0x66]; // "f"
  return Uint8Array.of(
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, type),
    ...section(2, [1, 1, 0x65, ...name, 0, 0]),
    ...section(7, [1, ...name, 0, 0]),
  );
}

const section = (id: number, bytes: readonly number[]): number[] => [id, bytes.length, ...bytes];

const wasmType = (type: string): number => (is64(type) ? I64 : I32);

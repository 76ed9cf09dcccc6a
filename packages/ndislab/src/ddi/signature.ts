import { SCALARS, type ScalarName } from "../layout/scalar.js";

export interface Parameter {
  readonly type: string;
  readonly name: string;
  /** The caller may pass NULL. */
  readonly optional: boolean;
}

/** A C prototype, taken apart. */
export interface Signature {
  readonly name: string;
  readonly returns: string;
  readonly parameters: readonly Parameter[];
  readonly variadic: boolean;
  /** `__stdcall` bytes on x86: the sum of the parameters, each rounded up to 4. */
  readonly argumentBytes: number;
}

/** True for a type of 64 bits, which crosses into JavaScript as a BigInt. */
export const is64 = (type: string): boolean => !type.endsWith("*") && SCALARS[type as ScalarName]?.size === 8;

/** Splits `"VOID NdisFreeMemory(PVOID VirtualAddress, UINT Length)"`. A name followed by `OPTIONAL` may be NULL. */
export function parseSignature(c: string): Signature {
  const match = /^(.*?)\s*(\w+)\s*\((.*)\)$/s.exec(c.trim());
  if (match === null) throw new TypeError(`not a C prototype: ${c}`);
  const [, returns, name, list] = match;
  const parts = list.trim() === "VOID" || list.trim() === "" ? [] : list.split(",").map((part) => part.trim());
  const variadic = parts[parts.length - 1] === "...";
  const parameters = (variadic ? parts.slice(0, -1) : parts).map((part): Parameter => {
    const optional = part.endsWith(" OPTIONAL");
    const [, type, parameter] = /^(.*?[\s*])(\w+)$/s.exec(optional ? part.slice(0, -9) : part) ?? [];
    if (type === undefined) throw new TypeError(`no parameter name in "${part}" of ${name}`);
    return { type: type.trim(), name: parameter, optional };
  });
  const argumentBytes = parameters.reduce((sum, { type }) => sum + (is64(type) ? 8 : 4), 0);
  return { name, returns: returns.trim(), parameters, variadic, argumentBytes };
}

/** True when a parameter or the result is a 64-bit integer, which crosses into JavaScript as a BigInt. */
export const usesBigInt = (signature: Signature): boolean =>
  is64(signature.returns) || signature.parameters.some(({ type }) => is64(type));

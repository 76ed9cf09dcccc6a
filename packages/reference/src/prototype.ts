import { type DdiEntry, parseSignature, type Signature } from "ndislab";

/** The signature of an entry, undefined for a macro that has no prototype in the table. */
export const signatureOf = (entry: DdiEntry): Signature | undefined =>
  entry.c === undefined ? undefined : parseSignature(entry.c);

/** The prototype as C writes it, one parameter a line where one line would be too long. */
export function prototypeText(name: string, entry: DdiEntry): string {
  const signature = signatureOf(entry);
  if (signature === undefined) return `#define ${/^\w+(\([^)]*\))?/.exec(entry.macro ?? name)?.[0]}`;
  const { returns, parameters, variadic } = signature;
  const texts = parameters.map(({ type, name: parameter, optional }) => {
    const space = type.endsWith("*") ? "" : " ";
    return `${type}${space}${parameter}${optional ? " OPTIONAL" : ""}`;
  });
  if (variadic) texts.push("...");
  const space = returns.endsWith("*") ? "" : " ";
  const line = `${returns}${space}${name}(${texts.join(", ") || "VOID"})`;
  return line.length <= 76 ? line : `${returns}${space}${name}(\n    ${texts.join(",\n    ")})`;
}

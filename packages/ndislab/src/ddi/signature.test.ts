import { describe, expect, it } from "vitest";
import { parseSignature, usesBigInt } from "./signature.js";

describe("parseSignature", () => {
  it("takes a prototype apart", () => {
    expect(
      parseSignature("VOID NdisQueryBuffer(PNDIS_BUFFER Buffer, PVOID *VirtualAddress OPTIONAL, PUINT Length)"),
    ).toEqual({
      name: "NdisQueryBuffer",
      returns: "VOID",
      parameters: [
        { type: "PNDIS_BUFFER", name: "Buffer", optional: false },
        { type: "PVOID *", name: "VirtualAddress", optional: true },
        { type: "PUINT", name: "Length", optional: false },
      ],
      variadic: false,
      argumentBytes: 12,
    });
  });

  it("keeps qualifiers and pointers in the type, also of what is returned", () => {
    const { returns, name, parameters } = parseSignature(
      "struct _MDL *Make(NET_BUFFER const *Source, const VOID * Other, unsigned char c)",
    );
    expect([returns, name]).toEqual(["struct _MDL *", "Make"]);
    expect(parameters.map(({ type }) => type)).toEqual(["NET_BUFFER const *", "const VOID *", "unsigned char"]);
    expect(parameters.map((parameter) => parameter.name)).toEqual(["Source", "Other", "c"]);
  });

  it("knows functions without parameters and with variable ones", () => {
    for (const c of ["KIRQL F(VOID)", "KIRQL F()"])
      expect(parseSignature(c)).toMatchObject({ parameters: [], argumentBytes: 0, variadic: false });
    expect(parseSignature("ULONG DbgPrint(PCSTR Format, ...)")).toMatchObject({ variadic: true, argumentBytes: 4 });
  });

  it("counts 8 bytes for a 64-bit integer and 4 for everything else, pointers to 64 bits too", () => {
    expect(parseSignature("PVOID F(ULONG64 a, UCHAR b, USHORT c, ULONG64 *d, LONGLONG e)").argumentBytes).toBe(28);
  });

  it("tells what crosses as a BigInt", () => {
    const uses = (c: string): boolean => usesBigInt(parseSignature(c));
    expect([uses("PVOID F(ULONG64 Flags)"), uses("LONGLONG F(VOID)")]).toEqual([true, true]);
    expect([uses("PVOID F(ULONG64 *Flags)"), uses("ULONG F(PVOID P)")]).toEqual([false, false]);
  });

  it("refuses what is no prototype", () => {
    for (const c of ["", "VOID F", "#define F(x) x", "VOID F(PVOID)"])
      expect(() => parseSignature(c), c).toThrow(TypeError);
  });
});

import { describe, expect, it } from "vitest";
import { IRQL } from "../layout/spin-lock.js";
import { Lab } from "../testing/lab.js";
import type { Accessor } from "./accessor.js";
import type { AnyFunction } from "./entry.js";
import { functionsHeader } from "./header.js";
import { parseSignature } from "./signature.js";
import { type DdiName, ENTRIES } from "./table.js";

const entries = Object.entries(ENTRIES);

/** Rule Irql_NetBuffer_Function of Static Driver Verifier, verifier-rules §16. */
const IRQL_NET_BUFFER_FUNCTION = `
  NdisAdvanceNetBufferDataStart NdisAdvanceNetBufferListDataStart NdisAllocateCloneNetBufferList NdisAllocateFragmentNetBufferList
  NdisAllocateReassembledNetBufferList NdisAllocateMdl NdisAllocateNetBuffer NdisAllocateNetBufferAndNetBufferList
  NdisAllocateNetBufferList NdisAllocateNetBufferListContext NdisAllocateNetBufferListPool NdisAllocateNetBufferMdlAndData
  NdisAllocateNetBufferPool NdisCopyFromNetBufferToNetBuffer NdisCopyReceiveNetBufferListInfo NdisCopySendNetBufferListInfo
  NdisFreeCloneNetBufferList NdisFreeFragmentNetBufferList NdisFreeReassembledNetBufferList NdisFreeMdl NdisFreeNetBuffer
  NdisFreeNetBufferList NdisFreeNetBufferListContext NdisFreeNetBufferListPool NdisFreeNetBufferPool NdisGetDataBuffer
  NdisGetMdlPhysicalArraySize NdisGetPoolFromNetBuffer NdisGetPoolFromNetBufferList NdisQueryMdl NdisQueryMdlOffset
  NdisQueryNetBufferPhysicalCount NdisRetreatNetBufferDataStart NdisRetreatNetBufferListDataStart`
  .trim()
  .split(/\s+/);

describe.each(entries)("%s", (name, entry) => {
  it("is a prototype or a macro of that name, with its page and its facts", () => {
    expect(entry.c ?? entry.macro).toBeDefined();
    if (entry.page !== undefined)
      expect(entry.page).toMatch(/^([a-z0-9-]+\/n[a-z]-[a-z0-9_-]+|(\/[a-z0-9-]+)+(\(v=[a-z]+\.\d+\))?)$/);
    expect([entry.family, entry.header, entry.since].every((fact) => fact.length > 0)).toBe(true);
    if (entry.c !== undefined) expect(parseSignature(entry.c).name).toBe(name);
    if (entry.macro !== undefined) expect(entry.macro).toMatch(new RegExp(`^${name}\\b`));
  });

  it("takes the parameters it says", () => {
    const { length } = entry.bind(new Lab({ memorySize: 1 << 18 }).machine);
    if (entry.c !== undefined) {
      const { parameters, variadic } = parseSignature(entry.c);
      expect(length).toBe(parameters.length + (variadic ? 1 : 0));
    }
    if (entry.macro !== undefined)
      expect(length).toBe(
        entry.macro
          .match(/^\w+\((.*?)\)/)?.[1]
          .split(",")
          .filter(Boolean).length ?? 0,
      );
  });

  it("stands in the C header", () => {
    expect(functionsHeader()).toContain(entry.macro === undefined ? `\n${entry.c};\n` : `\n#define ${entry.macro}\n`);
  });
});

describe("IRQL limits", () => {
  it("are DISPATCH_LEVEL, under NB-IRQL, for the functions of Irql_NetBuffer_Function and no others", () => {
    const listed = entries
      .filter(([, { compliance }]) => compliance?.includes("Irql_NetBuffer_Function"))
      .map(([name]) => name);
    expect(listed.filter((name) => !IRQL_NET_BUFFER_FUNCTION.includes(name))).toEqual([]);
    for (const name of IRQL_NET_BUFFER_FUNCTION.filter((name) => name in ENTRIES)) {
      expect(listed, name).toContain(name);
      expect(ENTRIES[name as DdiName], name).toMatchObject({ irql: IRQL.DISPATCH_LEVEL, irqlRule: "NB-IRQL" });
    }
  });

  it.each([
    "NdisAdjustNetBufferCurrentMdl",
    "NdisGetNetBufferListProtocolId",
    "NdisAdjustMdlLength",
    "NDIS_MDL_LINKAGE",
    "NDIS_MDL_TO_SPAN_PAGES",
    "NdisGetNextMdl",
    ...Object.keys(ENTRIES).filter((name) => name.startsWith("NET_BUFFER")),
  ] as DdiName[])("do not bind %s: any IRQL", (name) => {
    const { irql = IRQL.HIGH_LEVEL } = ENTRIES[name];
    expect(irql).toBe(IRQL.HIGH_LEVEL);
  });
});

describe("under the verifier", () => {
  it("macros that can be assigned to still can", () => {
    const lab = new Lab({ memorySize: 1 << 18 });
    const assignable = (name: string, face: object): boolean => "set" in (face as Record<string, Accessor>)[name];
    for (const [name] of entries) expect(assignable(name, lab.ddi), name).toBe(assignable(name, lab.plain));
    expect(entries.filter(([name]) => assignable(name, lab.ddi)).length).toBeGreaterThan(10);
  });

  it("what no rule stands in front of gets all arguments and gives its result back", () => {
    const lab = new Lab({ memorySize: 1 << 18 });
    let seen: unknown[] = [];
    const spy = (length: number): AnyFunction =>
      Object.defineProperty(
        (...args: unknown[]) => {
          seen = args;
          return 4711;
        },
        "length",
        { value: length },
      );
    const face = Object.fromEntries(
      entries.map(([name]) => [name, spy((lab.plain as Record<string, AnyFunction>)[name].length)]),
    );
    const wrapped = lab.verifier.wrap(face as unknown as typeof lab.plain) as Record<string, AnyFunction>;
    for (const name of [
      "KeGetCurrentIrql",
      "NdisQueryBufferSafe",
      "NdisQueryBufferOffset",
      "NdisQueryMdl",
      "NdisFPauseComplete",
      "NdisFRegisterFilterDriver",
      "MmFreeMappingAddress",
    ]) {
      const args = Array.from({ length: face[name].length }, (_, i) => 0x1_0000 + i);
      expect(wrapped[name](...args), name).toBe(4711);
      expect(seen, name).toEqual(args);
    }
  });
});

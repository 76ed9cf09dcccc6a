import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { functionsHeader } from "../ddi/header.js";
import { portingGuide } from "../ddi/porting.js";
import { parseSignature } from "../ddi/signature.js";
import { ENTRIES } from "../ddi/table.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NET_BUFFER_LIST } from "../layout/net-buffer-list.js";

const ndis5 = Object.entries(ENTRIES).filter(([, { family }]) => family.startsWith("NDIS 5 "));

/** What the DDI table says of the functions: the requirements of kind M. */
describe("the DDI table", () => {
  it("R1: every NDIS 5 entry point is deprecated and names its successor", () => {
    expect(ndis5.length).toBeGreaterThanOrEqual(69);
    for (const [name, { deprecated, successor }] of ndis5) {
      expect(deprecated, name).toBe(true);
      expect(successor, name).toMatch(/^(Ndis|NDIS_|NET_|Io|Mm)\w+$/);
    }
    expect(ENTRIES.NdisAllocateBuffer.successor).toBe("NdisAllocateMdl");
    expect(ENTRIES.NdisFreeBuffer.successor).toBe("NdisFreeMdl");
    for (const [name, { successor }] of Object.entries(ENTRIES))
      if (successor !== undefined) expect(ENTRIES[name as keyof typeof ENTRIES].deprecated, name).toBe(true);
  });

  it("R2: the shipped porting guide has a row for every deprecated name", async () => {
    const url = new URL("../../../../docs/porting.md", import.meta.url);
    const driver = (name: string): string => readFileSync(new URL(`../examples/porting/${name}.c`, url), "utf8");
    await expect(portingGuide(driver("ndis5"), driver("ndis6"))).toMatchFileSnapshot(fileURLToPath(url));
    const rows = readFileSync(url, "utf8")
      .split("\n")
      .filter((line) => line.startsWith("| "));
    for (const [name, { deprecated, successor }] of Object.entries(ENTRIES)) {
      const row = rows.filter((line) => new RegExp(`^\\| \\[?\`${name}\``).test(line));
      expect(row.length, name).toBe(deprecated ? 1 : 0);
      if (deprecated) expect(row[0]).toContain(successor);
    }
  });

  it("R24: the function is Universal", () => {
    expect(ENTRIES.NdisAllocateBuffer.platform).toBe("Universal");
  });

  it("R25: the functions of its see-also list exist", () => {
    for (const name of ["NdisAllocateBufferPool", "NdisAllocateMemoryWithTag", "NdisFreeBuffer"])
      expect(ENTRIES).toHaveProperty(name);
  });

  it("R26: the prototype is the documented one", () => {
    const signature = parseSignature(ENTRIES.NdisAllocateBuffer.c as string);
    expect(signature.name).toBe("NdisAllocateBuffer");
    expect(signature.parameters.map(({ type, name }) => [type, name])).toEqual([
      ["PNDIS_STATUS", "Status"],
      ["PNDIS_BUFFER *", "Buffer"],
      ["NDIS_HANDLE", "PoolHandle"],
      ["PVOID", "VirtualAddress"],
      ["UINT", "Length"],
    ]);
    expect([signature.argumentBytes, signature.variadic]).toEqual([20, false]);
    expect(ENTRIES.NdisAllocateBuffer.header).toBe("ndis.h");
  });

  it("R50: since NDIS 6.0, Universal, in ndis.h and ndis.lib, named by two rules of DDI compliance", () => {
    expect(ENTRIES.NdisAllocateNetBuffer).toMatchObject({
      since: "NDIS 6.0",
      platform: "Universal",
      header: "ndis.h",
      library: "ndis.lib",
    });
    expect(ENTRIES.NdisAllocateNetBuffer.compliance).toEqual(["Irql_NetBuffer_Function", "NdisAllocateNetBuffer"]);
  });

  it("R51: what its see-also list names exists", () => {
    expect([NET_BUFFER.name, NET_BUFFER_LIST.name]).toEqual(["NET_BUFFER", "NET_BUFFER_LIST"]);
    for (const name of ["NdisAllocateNetBufferPool", "NdisFreeNetBuffer"]) expect(ENTRIES).toHaveProperty(name);
  });

  it("R65: the pool function is available from Windows CE .NET 4.0 and with NDIS 5", () => {
    expect(ENTRIES.NdisAllocateBufferPool.since).toBe("Windows CE .NET 4.0, NDIS 5.0");
  });

  it("R66: what the see-also list of NdisAllocateBufferPool names exists", () => {
    const names = [
      "NdisAdjustBufferLength",
      "NdisAllocateBuffer",
      "NdisChainBufferAtBack",
      "NdisChainBufferAtFront",
      "NdisFreeBuffer",
      "NdisFreeBufferPool",
      "NdisQueryBuffer",
      "NdisReleaseSpinLock",
    ];
    for (const name of names) expect(ENTRIES).toHaveProperty(name);
  });

  it("R67: the pool function is declared in ndis.h and exported by ndis.lib", () => {
    const { header, library, c, macro } = ENTRIES.NdisAllocateBufferPool;
    expect({ header, library, macro }).toEqual({ header: "ndis.h", library: "ndis.lib", macro: undefined });
    expect(functionsHeader()).toContain(`\n${c};\n`);
  });

  it("R80: NdisAllocateNetBufferMdlAndData is there since NDIS 6.0, Universal, in ndis.h and ndis.lib", () => {
    expect(ENTRIES.NdisAllocateNetBufferMdlAndData).toMatchObject({
      since: "NDIS 6.0",
      platform: "Universal",
      header: "ndis.h",
      library: "ndis.lib",
      compliance: ["Irql_NetBuffer_Function"],
    });
    for (const name of ["NdisAllocateNetBuffer", "NdisFreeNetBuffer"]) expect(ENTRIES).toHaveProperty(name);
    expect(NET_BUFFER.name).toBe("NET_BUFFER");
  });
});

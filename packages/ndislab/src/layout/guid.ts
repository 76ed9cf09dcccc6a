import { bits, inner, structure } from "./structure.js";

export const GUID = structure(
  "GUID",
  { Data1: "ULONG", Data2: "USHORT", Data3: "USHORT", Data4: "UCHAR[8]" },
  { pointers: ["PGUID", "LPGUID"] },
);

/** An interface's identity that survives a restart, unlike its index. */
export const NET_LUID = structure(
  "NET_LUID",
  { Value: "ULONG64", Info: inner({ $bits: bits("ULONG64", { Reserved: 24, NetLuidIndex: 24, IfType: 16 }) }) },
  { tag: "_NET_LUID_LH", union: true, aliases: ["NET_LUID_LH", "IF_LUID"] },
);

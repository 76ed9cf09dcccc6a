import { inner, structure } from "./structure.js";

export const LIST_ENTRY = structure(
  "LIST_ENTRY",
  { Flink: "struct _LIST_ENTRY *", Blink: "struct _LIST_ENTRY *" },
  { pointers: ["PLIST_ENTRY", "PRLIST_ENTRY"] },
);

export const SINGLE_LIST_ENTRY = structure(
  "SINGLE_LIST_ENTRY",
  { Next: "struct _SINGLE_LIST_ENTRY *" },
  { pointers: ["PSINGLE_LIST_ENTRY", "PSLIST_ENTRY"] },
);

/** 8 bytes, aligned to 8: its first member is a 64-bit integer. */
export const SLIST_HEADER = structure(
  "SLIST_HEADER",
  {
    Alignment: "ULONGLONG",
    $list: inner({ Next: SINGLE_LIST_ENTRY, Depth: "USHORT", Sequence: "USHORT" }),
  },
  { union: true },
);

/** 64 bits with both halves named. */
export const LARGE_INTEGER = structure(
  "LARGE_INTEGER",
  {
    $parts: inner({ LowPart: "ULONG", HighPart: "LONG" }),
    u: inner({ LowPart: "ULONG", HighPart: "LONG" }),
    QuadPart: "LONGLONG",
  },
  { union: true, aliases: ["PHYSICAL_ADDRESS", "NDIS_PHYSICAL_ADDRESS"] },
);

export const ULARGE_INTEGER = structure(
  "ULARGE_INTEGER",
  {
    $parts: inner({ LowPart: "ULONG", HighPart: "ULONG" }),
    u: inner({ LowPart: "ULONG", HighPart: "ULONG" }),
    QuadPart: "ULONGLONG",
  },
  { union: true },
);

export const UNICODE_STRING = structure(
  "UNICODE_STRING",
  { Length: "USHORT", MaximumLength: "USHORT", Buffer: "WCHAR *" },
  { aliases: ["NDIS_STRING"] },
);

export const STRING = structure(
  "STRING",
  { Length: "USHORT", MaximumLength: "USHORT", Buffer: "CHAR *" },
  { aliases: ["ANSI_STRING", "OEM_STRING", "NDIS_ANSI_STRING"] },
);

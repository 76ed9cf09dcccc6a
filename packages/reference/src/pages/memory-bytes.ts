import type { DdiPages } from "../page.js";

const RESIDENT =
  "Right at any IRQL while the memory is resident: nonpaged pool, or what an MDL has locked. Paged memory may be touched below DISPATCH_LEVEL only.";
const NOTHING = "Nothing changes hands.";

export const MEMORY_BYTES_PAGES = {
  NdisZeroMemory: {
    summary: "Clears bytes.",
    parameters: { Destination: "The first byte.", Length: "How many; with 0 nothing happens." },
    ownership: NOTHING,
    remarks: [
      "New drivers write `RtlZeroMemory`, which this stands for. What holds a secret needs `RtlSecureZeroMemory`: the compiler may leave out what it thinks nobody reads.",
      RESIDENT,
    ],
    related: ["NdisFillMemory", "NdisZeroMappedMemory", "NdisAllocateMemoryWithTagPriority"],
    example: "memory-fill-copy-compare",
  },
  NdisFillMemory: {
    summary: "Sets bytes to one value.",
    parameters: {
      Destination: "The first byte.",
      Length: "How many. It stands in front of the value, other than with `memset`.",
      Fill: "The value of each.",
    },
    ownership: NOTHING,
    remarks: [
      "To exchange the last two arguments compiles: `NdisFillMemory(p, 0xff, 64)` writes 255 bytes of 64.",
      RESIDENT,
    ],
    related: ["NdisZeroMemory"],
    example: "memory-fill-copy-compare",
  },
  NdisMoveMemory: {
    summary: "Copies bytes between ranges that do not overlap, whatever its name says.",
    parameters: {
      Destination: "Where the first byte goes.",
      Source: "Where it comes from.",
      Length: "How many; with 0 nothing happens.",
    },
    ownership: NOTHING,
    remarks: [
      "It stands for `RtlCopyMemory`, not for `RtlMoveMemory`. Ranges that overlap, such as a frame that closes up over a tag that was taken out, are `RtlMoveMemory`'s.",
      RESIDENT,
    ],
    decisions: [
      "What a copy between overlapping ranges leaves is undefined. Here every byte arrives as it was, and the rule tells of it.",
      "A range that is copied onto itself is not taken for an overlap: nothing depends on the order.",
    ],
    rules: ["MEM-OVERLAP"],
    related: ["NdisMoveMappedMemory", "NdisEqualMemory"],
    example: "memory-fill-copy-compare",
  },
  NdisEqualMemory: {
    summary: "Compares bytes.",
    parameters: {
      Source1: "The first byte of one range.",
      Source2: "The first byte of the other one.",
      Length: "How many of each.",
    },
    returns: "1 when all are equal, also when there are none; 0 otherwise.",
    ownership: NOTHING,
    remarks: [
      "The other way round than `memcmp`, which gives 0 for what is equal.",
      "Structures with gaps between their members can differ where no member does.",
    ],
    decisions: [
      "Its document allows DISPATCH_LEVEL at most, and that of `RtlEqualMemory`, which it stands for, any IRQL with resident memory. Here any is right.",
    ],
    related: ["NdisMoveMemory"],
    example: "memory-fill-copy-compare",
  },
  NdisRetrieveUlong: {
    summary: "Reads a ULONG from an address that need not be aligned.",
    parameters: {
      Destination: "Where the value goes: a variable, which is aligned.",
      Source: "The first of its four bytes, the lowest one of the value.",
    },
    ownership: NOTHING,
    remarks: [
      "For fields of a frame, which lie where the protocol has put them. No bytes are exchanged: of a field in network byte order the value is still to be turned round, with `RtlUlongByteSwap`.",
      RESIDENT,
    ],
    related: ["NdisStoreUlong"],
    example: "memory-at-odd-addresses",
  },
  NdisStoreUlong: {
    summary: "Writes a ULONG to an address that need not be aligned.",
    parameters: {
      Destination: "Where the first of its four bytes goes, the lowest one of the value.",
      Value: "The value.",
    },
    ownership: NOTHING,
    remarks: ["Neither does this exchange bytes.", RESIDENT],
    related: ["NdisRetrieveUlong"],
    example: "memory-at-odd-addresses",
  },
  NdisMoveMappedMemory: {
    summary: "Copies bytes where one side or both are memory of a device.",
    parameters: {
      Destination: "Where the first byte goes.",
      Source: "Where it comes from.",
      Length: "How many.",
    },
    ownership: NOTHING,
    remarks: [
      "Device memory is what NdisMMapIoSpace has mapped. On other processors than those of PCs the way there is another one, so that drivers name it by this and leave `NdisMoveMemory` to memory.",
      "The ranges may not overlap. In which steps the bytes go is not said: a register that wants to be read at once has its own functions.",
    ],
    decisions: [
      "It has no document of its own any more. The headers make it a copy of memory on processors of PCs, and so it is here.",
    ],
    related: ["NdisMoveToMappedMemory", "NdisMoveFromMappedMemory", "NdisZeroMappedMemory"],
    example: "memory-of-a-device",
  },
  NdisMoveToMappedMemory: {
    summary: "Copies bytes into memory of a device.",
    parameters: {
      Destination: "Where the first byte goes: in device memory.",
      Source: "Where it comes from: system memory.",
      Length: "How many.",
    },
    ownership: NOTHING,
    remarks: ["It stands for `NdisMoveMappedMemory`, and says which side is the device's."],
    related: ["NdisMoveMappedMemory", "NdisMoveFromMappedMemory"],
    example: "memory-of-a-device",
  },
  NdisMoveFromMappedMemory: {
    summary: "Copies bytes out of memory of a device.",
    parameters: {
      Destination: "Where the first byte goes: in system memory.",
      Source: "Where it comes from: device memory.",
      Length: "How many.",
    },
    ownership: NOTHING,
    remarks: [
      "It stands for `NdisMoveMappedMemory`, and says which side is the device's.",
      "What a device may change meanwhile is copied first and judged then, never read twice.",
    ],
    related: ["NdisMoveMappedMemory", "NdisMoveToMappedMemory"],
    example: "memory-of-a-device",
  },
  NdisZeroMappedMemory: {
    summary: "Clears bytes of a device.",
    parameters: { Destination: "The first byte, in device memory.", Length: "How many." },
    ownership: NOTHING,
    related: ["NdisZeroMemory", "NdisMoveMappedMemory"],
    example: "memory-of-a-device",
  },
} as const satisfies DdiPages;

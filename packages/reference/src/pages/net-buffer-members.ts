import type { DdiPages } from "../page.js";

const NET_BUFFER = { _NB: "The NET_BUFFER." } as const;
const SEGMENT = { _SHI: "A segment of the shared memory, never NULL." } as const;
const NOTHING = "Nothing changes hands.";
/** Of each story the first page says it; the others lead there. */
const BOTH_SIDES =
  "In C it stands on either side of an assignment, and its address can be taken. In TypeScript there is `.set` beside the call: `ddi.NET_BUFFER_NEXT_NB.set(nb, next)`.";
const WORDS =
  "In C it is the array itself, so that `sizeof` gives its size. In TypeScript it is the address of word 0.";
const IN_TURN =
  "The words keep their values only until the driver gives the NET_BUFFER away: the next driver of the same kind may use them for itself.";

export const NET_BUFFER_MEMBER_PAGES = {
  NET_BUFFER_NEXT_NB: {
    summary: "The next NET_BUFFER of the same NET_BUFFER_LIST, to be read and to be assigned.",
    parameters: NET_BUFFER,
    returns: "The member Next: a NET_BUFFER, or NULL for the last one.",
    ownership:
      "Only the driver that made the list changes which NET_BUFFERs it has. To be on a list changes nothing of who frees a NET_BUFFER.",
    remarks: [BOTH_SIDES, "It is NULL after allocation. A NET_BUFFER is on one list at a time."],
    rules: ["LIST-CYCLE", "NBL-OWNER", "NBL-NBLEFT"],
    related: ["NET_BUFFER_LIST_FIRST_NB", "NET_BUFFER_LIST_NEXT_NBL"],
    example: "nbl-walk-all-frames",
  },
  NET_BUFFER_FIRST_MDL: {
    summary: "The first MDL of a NET_BUFFER's chain, to be read and to be assigned.",
    parameters: NET_BUFFER,
    returns: "The member MdlChain; NULL where there is no chain.",
    ownership: "A new chain stays the property of whoever allocated its MDLs, and so does the one that was there.",
    remarks: [
      "The frame need not start in this MDL: who reads the frame starts at `NET_BUFFER_CURRENT_MDL`.",
      "A driver that assigns another chain sets `NET_BUFFER_DATA_OFFSET` and `NET_BUFFER_DATA_LENGTH` to fit it, and calls `NdisAdjustNetBufferCurrentMdl`.",
    ],
    decisions: [
      "The pages of these macros tell of reading only, while that of `NdisAllocateNetBuffer` assigns five of them. All of them can be assigned.",
    ],
    rules: ["NB-CURMDL", "NB-RANGE", "NB-NULLCHAIN"],
    related: ["NET_BUFFER_CURRENT_MDL", "NdisAdjustNetBufferCurrentMdl", "NDIS_MDL_LINKAGE"],
    example: "net-buffers-over-a-chain",
  },
  NET_BUFFER_DATA_LENGTH: {
    summary: "How many bytes of its chain a NET_BUFFER uses: the length of the frame. To be read and to be assigned.",
    parameters: NET_BUFFER,
    returns: "The member DataLength, in bytes.",
    ownership: NOTHING,
    remarks: [
      "To assign it shortens or lengthens the frame at its end, within what the chain has behind DataOffset. At its start a frame grows by `NdisRetreatNetBufferDataStart` and shrinks by `NdisAdvanceNetBufferDataStart`.",
      "DataLength counts from DataOffset. The chain may be longer than both together.",
    ],
    rules: ["NB-RANGE"],
    related: ["NET_BUFFER_DATA_OFFSET", "NdisGetDataBuffer"],
    example: "net-buffers-with-data",
  },
  NET_BUFFER_DATA_OFFSET: {
    summary: "How many bytes of its chain lie in front of a NET_BUFFER's frame, to be read and to be assigned.",
    parameters: NET_BUFFER,
    returns: "The member DataOffset, in bytes from the start of the chain; so much a retreat can take without an MDL.",
    ownership: NOTHING,
    remarks: [
      "The same place is also said by CurrentMdl and CurrentMdlOffset. Who assigns DataOffset calls `NdisAdjustNetBufferCurrentMdl` before anyone looks at the frame.",
    ],
    rules: ["NB-CURMDL", "NB-RANGE"],
    related: ["NET_BUFFER_CURRENT_MDL_OFFSET", "NdisAdjustNetBufferCurrentMdl", "NdisRetreatNetBufferDataStart"],
    example: "net-buffers-over-a-chain",
  },
  NET_BUFFER_CURRENT_MDL: {
    summary: "The MDL in which a NET_BUFFER's frame starts, to be read and to be assigned.",
    parameters: NET_BUFFER,
    returns: "The member CurrentMdl; NULL where there is no chain.",
    ownership: NOTHING,
    remarks: [
      "The MDLs before it hold nothing of the frame, so a walk over the frame starts here, at `NET_BUFFER_CURRENT_MDL_OFFSET`, and takes from each further MDL what is left of DataLength.",
      "It is one of the MDLs of the chain that `NET_BUFFER_FIRST_MDL` starts, and agrees with DataOffset.",
    ],
    rules: ["NB-CURMDL"],
    related: ["NET_BUFFER_CURRENT_MDL_OFFSET", "NET_BUFFER_FIRST_MDL", "NdisQueryMdl"],
    example: "net-buffers-over-a-chain",
  },
  NET_BUFFER_CURRENT_MDL_OFFSET: {
    summary: "Where in its current MDL a NET_BUFFER's frame starts, to be read and to be assigned.",
    parameters: NET_BUFFER,
    returns: "The member CurrentMdlOffset: bytes from the start of what CurrentMdl describes.",
    ownership: NOTHING,
    remarks: ["It is not MmGetMdlByteOffset, which says where in its page the MDL itself starts."],
    rules: ["NB-CURMDL"],
    related: ["NET_BUFFER_CURRENT_MDL", "NET_BUFFER_DATA_OFFSET"],
    example: "net-buffers-over-a-chain",
  },
  NET_BUFFER_CHECKSUM_BIAS: {
    summary: "How many bytes at the start of the frame TCP/IP leaves out of a checksum, to be read and to be assigned.",
    parameters: NET_BUFFER,
    returns: "The member ChecksumBias, in bytes.",
    ownership: NOTHING,
    remarks: ["It is for TCP/IP to set. Other drivers leave it as it comes."],
    decisions: ["Nothing is said about its value after allocation. Here it is 0."],
    related: ["NET_BUFFER", "NET_BUFFER_DATA_LENGTH"],
    example: "net-buffers-notes-of-drivers",
  },
  NET_BUFFER_PROTOCOL_RESERVED: {
    summary: "Six words in a NET_BUFFER for the protocol that has it.",
    parameters: NET_BUFFER,
    returns: "The member ProtocolReserved, whose words can be read and assigned.",
    ownership:
      "The words are the protocol's, or those of the upper edge of a driver in between. What they point at is never freed for it.",
    remarks: [WORDS, IN_TURN],
    decisions: ["Nothing is said about their values after allocation. Here all are 0."],
    related: ["NET_BUFFER_MINIPORT_RESERVED", "NET_BUFFER_LIST_PROTOCOL_RESERVED"],
    example: "net-buffers-notes-of-drivers",
  },
  NET_BUFFER_MINIPORT_RESERVED: {
    summary: "Four words in a NET_BUFFER for the miniport that has it.",
    parameters: NET_BUFFER,
    returns: "The member MiniportReserved, whose words can be read and assigned.",
    ownership:
      "The words are the miniport's, or those of the lower edge of a driver in between. What they point at is never freed for it.",
    remarks: [WORDS, IN_TURN],
    decisions: ["Nothing is said about their values after allocation. Here all are 0."],
    related: ["NET_BUFFER_PROTOCOL_RESERVED", "NET_BUFFER_LIST_MINIPORT_RESERVED"],
    example: "net-buffers-notes-of-drivers",
  },
  NET_BUFFER_DATA_PHYSICAL_ADDRESS: {
    summary: "The physical address of a NET_BUFFER's data, where a miniport gives one. To be read and to be assigned.",
    parameters: NET_BUFFER,
    returns:
      "The member DataPhysicalAddress, a union of 64 bits in C and a BigInt in TypeScript; 0 where none is given.",
    ownership: NOTHING,
    remarks: [
      "It is set by a miniport that splits frames into header and data, in what it indicates. Protocols and filters leave it 0 in NET_BUFFERs of their own.",
    ],
    rules: ["NB-PHYS"],
    related: ["NET_BUFFER", "NdisQueryNetBufferPhysicalCount"],
    example: "net-buffers-notes-of-drivers",
  },
  NET_BUFFER_FIRST_SHARED_MEM_INFO: {
    summary: "The first segment of the shared memory that a frame lies in, to be read and to be assigned.",
    parameters: NET_BUFFER,
    returns: "The member SharedMemoryInfo; NULL where the adapter does not move frames through shared memory.",
    ownership:
      "The segments are storage of the driver that hangs them in. It takes them out before the NET_BUFFER is freed or used for something else.",
    remarks: [
      "For miniports with virtual machine queues, which say so with NDIS_RECEIVE_FLAGS_SHARED_MEMORY_INFO_VALID when they indicate. A driver that does not see that flag leaves it alone.",
      "On a send the same storage is ScatterGatherList, so that not NULL does not yet mean shared memory.",
    ],
    decisions: ["The macro has no page of its own; it is used in samples and stands in the headers since NDIS 6.20."],
    related: ["NET_BUFFER_SHARED_MEM_NEXT_SEGMENT", "NET_BUFFER_SHARED_MEMORY"],
    example: "shared-memory-of-a-frame",
  },
  NET_BUFFER_SHARED_MEM_NEXT_SEGMENT: {
    summary: "The segment of shared memory that follows another, to be read and to be assigned.",
    parameters: SEGMENT,
    returns: "The member NextSharedMemorySegment; NULL in the last one.",
    ownership: NOTHING,
    remarks: ["An adapter that splits frames at a look-ahead size uses two: one for the look-ahead, one for the rest."],
    related: ["NET_BUFFER_FIRST_SHARED_MEM_INFO", "NET_BUFFER_SHARED_MEM_LENGTH"],
    example: "shared-memory-of-a-frame",
  },
  NET_BUFFER_SHARED_MEM_FLAGS: {
    summary: "The flags of a segment of shared memory, to be read and to be assigned.",
    parameters: SEGMENT,
    returns: "The member SharedMemoryFlags. None is defined, so it is 0.",
    ownership: NOTHING,
    related: ["NET_BUFFER_SHARED_MEM_HANDLE", "NET_BUFFER_SHARED_MEMORY"],
    example: "shared-memory-of-a-frame",
  },
  NET_BUFFER_SHARED_MEM_HANDLE: {
    summary: "The handle of the shared memory that a segment is a part of, to be read and to be assigned.",
    parameters: SEGMENT,
    returns: "The member SharedMemoryHandle: what the memory was allocated with.",
    ownership: NOTHING,
    remarks: ["It names the whole allocation. `NET_BUFFER_SHARED_MEM_OFFSET` says where in it the segment starts."],
    related: ["NET_BUFFER_SHARED_MEM_OFFSET", "NET_BUFFER_SHARED_MEMORY"],
    example: "shared-memory-of-a-frame",
  },
  NET_BUFFER_SHARED_MEM_OFFSET: {
    summary: "Where in its shared memory a segment starts, to be read and to be assigned.",
    parameters: SEGMENT,
    returns: "The member SharedMemoryOffset, in bytes from the start of what the handle names.",
    ownership: NOTHING,
    related: ["NET_BUFFER_SHARED_MEM_HANDLE", "NET_BUFFER_SHARED_MEM_LENGTH"],
    example: "shared-memory-of-a-frame",
  },
  NET_BUFFER_SHARED_MEM_LENGTH: {
    summary: "How many bytes a segment of shared memory has, to be read and to be assigned.",
    parameters: SEGMENT,
    returns: "The member SharedMemoryLength, in bytes.",
    ownership: NOTHING,
    related: ["NET_BUFFER_SHARED_MEM_OFFSET", "NET_BUFFER_SHARED_MEM_NEXT_SEGMENT"],
    example: "shared-memory-of-a-frame",
  },
} as const satisfies DdiPages;

import type { DdiPages } from "../page.js";

const PRIORITY =
  "An MM_PAGE_PRIORITY: LowPagePriority 0, NormalPagePriority 16 or HighPagePriority 32. It is not looked at here.";
const ADDRESS = "A mapping that is made stays with the descriptor, for whoever locked its pages to take away.";
const NOTHING = "Nothing changes hands.";
const BUG_CHECK = "A bug check on Windows; here the run of the driver ends, with the finding BUF-UNSAFE.";

/** Pools of buffer descriptors, descriptors, and what they tell. */
export const NDIS5_BUFFER_PAGES = {
  NdisAllocateBufferPool: {
    summary: "Makes a pool that buffer descriptors are allocated from.",
    parameters: {
      Status: "Where the status goes: NDIS_STATUS_SUCCESS, always.",
      PoolHandle: "Where the handle goes. Test Status, not the handle: some versions of Windows give NULL and mean it.",
      NumberOfDescriptors:
        "How many descriptors will be out at once, at most. The driver of a card with DMA takes at least as many as its ring has entries.",
    },
    ownership: "The pool is the caller's, until `NdisFreeBufferPool`.",
    failure:
      "The status tells none. Memory for the descriptors is taken when they are asked for, so that want of it shows in `NdisAllocateBuffer`; the handle is NULL where there is not even memory for the pool itself.",
    remarks: [
      "Called while the driver or its adapter starts, with no spin lock held. DISPATCH_LEVEL by itself is allowed.",
      "With NDIS 6: nothing takes its place. `NdisAllocateMdl` makes MDLs without a pool, and without a number to keep within.",
    ],
    decisions: [
      "How many: one document makes NumberOfDescriptors the limit, another lets a driver allocate as often as it needs to, and Windows since XP is seen to ignore the number. Under the `strict` profile, which is the default, allocations beyond it fail; under the `windows` profile they succeed. POOL-EXHAUST says so under both.",
      "The handle: Windows since XP is seen to give NULL always. Here it is NULL only for want of memory, under either profile.",
      "The status: one document says that it is success always, others speak of a final status and list none. Here it is success always.",
      "Of 0 descriptors no document speaks. The pool is made and gives none, or under the `windows` profile as many as are asked for.",
      "The spin lock is forbidden in so many words only for Windows CE, on a page that is the desktop's today. So SPIN-HELD is an error here, and a warning for the other functions of buffers.",
    ],
    rules: ["POOL-ZERO", "POOL-INIT", "SPIN-HELD", "POOL-LEAK"],
    related: ["NdisFreeBufferPool", "NdisAllocateBuffer", "NdisCopyBuffer", "NdisAllocateMdl"],
    example: "ndis5-buffer-pool",
  },
  NdisFreeBufferPool: {
    summary: "Gives a pool of buffer descriptors back.",
    parameters: { PoolHandle: "The handle of `NdisAllocateBufferPool`. It is no handle any more afterwards." },
    ownership:
      "The pool is gone. Descriptors that are still out leak: they can be read, and nothing may be done with them any more.",
    remarks: [
      "Every descriptor goes back first, with `NdisFreeBuffer`; those that `NdisCopyBuffer` made count, too.",
      "With NDIS 6: there is no pool to free; every MDL goes back by itself with `NdisFreeMdl`.",
    ],
    decisions: [
      "A NULL handle: under the `strict` profile nothing is freed and POOL-NULL says so; under the `windows` profile the call does nothing, as there is no pool behind it.",
    ],
    rules: ["POOL-OUTSTANDING", "POOL-DFREE", "POOL-HANDLE", "POOL-TYPE", "POOL-NULL", "POOL-UNUSED", "SPIN-HELD"],
    related: ["NdisAllocateBufferPool", "NdisFreeBuffer"],
    example: "ndis5-buffer-pool",
  },
  NdisAllocateBuffer: {
    summary: "Allocates a buffer descriptor, which is an MDL, over a range of nonpaged memory.",
    parameters: {
      Status: "Where the status goes: NDIS_STATUS_SUCCESS or NDIS_STATUS_FAILURE.",
      Buffer: "Where the descriptor goes, or NULL.",
      PoolHandle: "The handle of `NdisAllocateBufferPool`.",
      VirtualAddress:
        "The first byte to describe: anywhere in a block of nonpaged memory that the driver allocated. Not the stack, not a global.",
      Length: "How many bytes, all within that block.",
    },
    ownership:
      "The descriptor is the caller's, who frees it with `NdisFreeBuffer`, before the pool and before the memory. The memory stays the caller's: it is neither copied nor touched, and other descriptors may describe the same bytes.",
    failure:
      "NDIS_STATUS_FAILURE, whatever the reason, and NULL at Buffer; nothing is allocated. A full pool, a wrong handle and want of memory look the same to the driver; the findings tell them apart.",
    remarks: [
      "The descriptor is complete at once: page numbers, system address, and Next NULL.",
      "A driver at the bottom or in the middle of a stack chains only such descriptors to packets. A protocol at the top may use any MDL that the system gave it.",
      "With NDIS 6: `NdisAllocateMdl`, which returns the MDL or NULL and needs no pool.",
    ],
    decisions: [
      "PoolHandle is optional in the prototype and required in the words of its pool. NULL fails under the `strict` profile, with POOL-NULL; under the `windows` profile it gives a descriptor of a pool that NDIS keeps, without a limit.",
      "A full pool fails under the `strict` profile; under the `windows` profile it gives one more descriptor, with POOL-EXHAUST.",
      "What is at Buffer after a failure is not documented. Here it is NULL.",
      "Of a Length of 0 no document speaks. It makes a descriptor of no bytes, which touches one page.",
      "One document asks for nonpaged memory and another for system memory. Paged memory is refused here, with BUF-PAGED, and so is a range that wraps around the end of the address space.",
    ],
    rules: [
      "BUF-RANGE",
      "BUF-PAGED",
      "BUF-ZEROLEN",
      "BUF-LEAK",
      "POOL-EXHAUST",
      "POOL-HANDLE",
      "POOL-TYPE",
      "POOL-NULL",
      "SPIN-HELD",
    ],
    related: ["NdisFreeBuffer", "NdisAllocateBufferPool", "NdisCopyBuffer", "NdisChainBufferAtBack", "MDL"],
    example: "ndis5-buffer-pool",
  },
  NdisFreeBuffer: {
    summary: "Gives one buffer descriptor back to its pool.",
    parameters: { Buffer: "The descriptor, of `NdisAllocateBuffer` or `NdisCopyBuffer`. Never NULL." },
    ownership:
      "The descriptor is gone. What its Next names is not freed with it, and the memory it described stays the caller's.",
    remarks: [
      "It is taken off its packet first, has the length again that it was allocated with, and is freed after every copy that `NdisCopyBuffer` made of it.",
      "To free a chain, read Next before the descriptor is freed.",
      "On Windows this is `IoFreeMdl` under another name, which is why a protocol at the top of a stack may pass an MDL of `IoAllocateMdl`.",
      "With NDIS 6: `NdisFreeMdl`, one MDL at a time as well.",
    ],
    decisions: [
      "A descriptor that is still chained, or has another length, is freed all the same, as on Windows; the rules tell of it.",
    ],
    rules: [
      "BUF-CHAINED",
      "BUF-LENRESTORE",
      "BUF-ORPHAN",
      "BUF-DFREE",
      "BUF-ZOMBIE",
      "BUF-NOTPOOL",
      "BUF-CORRUPT",
      "SPIN-HELD",
    ],
    related: ["NdisAllocateBuffer", "NdisCopyBuffer", "NdisUnchainBufferAtFront", "NdisAdjustBufferLength"],
    example: "ndis5-buffer-pool",
  },
  NdisCopyBuffer: {
    summary: "Makes a second descriptor over a part of what an MDL, or a chain of them, describes.",
    parameters: {
      Status: "Where the status goes: NDIS_STATUS_SUCCESS or NDIS_STATUS_FAILURE.",
      Buffer: "Where the new descriptor goes, or NULL. It is the first of a chain where the bytes lie in several MDLs.",
      PoolHandle: "The handle of `NdisAllocateBufferPool`, which every descriptor of the new chain counts against.",
      MemoryDescriptor: "The MDL, or the first of a chain. It need not come from a pool.",
      Offset: "Bytes to leave out at the start of the chain.",
      Length: "How many bytes to describe; not 0.",
    },
    ownership:
      "The new descriptors are the caller's, who frees each with `NdisFreeBuffer`. They describe the same memory: no byte is copied, so that the source has to outlive them.",
    failure:
      "NDIS_STATUS_FAILURE and NULL at Buffer: the chain has not that many bytes, Length is 0, or the pool has not enough descriptors. Nothing stays allocated, also when some of the chain could be.",
    remarks: [
      "What a driver does that got header and payload in one descriptor and wants to pass on the payload alone.",
      "With NDIS 6: `IoBuildPartialMdl` makes such an MDL. More often none is needed, since a NET_BUFFER says for itself where its data starts: `NdisAdvanceNetBufferDataStart`. A copy of a whole list that shares its memory is `NdisAllocateCloneNetBufferList`.",
    ],
    decisions: [
      "That the result can be a chain is one remark in the documents. Here it is one descriptor for each MDL that has any of the bytes.",
      "A Length of 0 is not documented. Here it fails, wherever Offset is.",
      "A NULL handle and a full pool are as for `NdisAllocateBuffer`: both fail under the `strict` profile and succeed under the `windows` profile.",
    ],
    rules: [
      "BUF-COPYRANGE",
      "BUF-ZEROLEN",
      "BUF-LEAK",
      "CHAIN-CYCLE",
      "MDL-INUSE",
      "POOL-EXHAUST",
      "POOL-HANDLE",
      "POOL-TYPE",
      "POOL-NULL",
      "SPIN-HELD",
    ],
    related: ["NdisFreeBuffer", "IoBuildPartialMdl", "NdisCopyFromPacketToPacket"],
    example: "ndis5-copy-descriptors",
  },
  NdisAdjustBufferLength: {
    summary: "Changes how many bytes a buffer descriptor describes.",
    parameters: {
      Buffer: "A descriptor that the caller allocated itself.",
      Length: "The new length: at most the one it was allocated with.",
    },
    ownership: NOTHING,
    remarks: [
      "Only ByteCount changes. A miniport shortens the descriptor of a receive buffer to the frame that came in, and restores it when the packet comes back.",
      "A packet that has the descriptor is not told. Its counts are stale from then on: set `NDIS_PACKET_VALID_COUNTS` to FALSE.",
      "With NDIS 6: `NdisAdjustMdlLength`, in the same way.",
    ],
    decisions: ["A length beyond the allocated one is refused when the rules watch, and the old one stays."],
    rules: ["BUF-LENGROW"],
    related: ["NdisAllocateBuffer", "NdisFreeBuffer", "NDIS_PACKET_VALID_COUNTS"],
    example: "ndis5-buffer-pool",
  },
  NdisQueryBuffer: {
    summary: "Tells the system address and the length of what a buffer descriptor describes.",
    parameters: {
      Buffer: "The descriptor.",
      VirtualAddress: "Where the address goes; NULL when only the length is wanted, and then nothing is mapped.",
      Length: "Where ByteCount goes.",
    },
    ownership: ADDRESS,
    failure: `${BUG_CHECK} Without VirtualAddress it cannot fail.`,
    remarks: [
      "Descriptors of `NdisAllocateBuffer` have their address. It can be missing in a packet from above, whose pages are locked and not mapped yet: so a miniport uses `NdisQueryBufferSafe`.",
      "With NDIS 6: `NdisQueryMdl`, which is the Safe form.",
    ],
    decisions: [
      "The documents forbid to hold a spin lock at this call and do not say it of the Safe form. SPIN-HELD is a warning here.",
    ],
    rules: ["BUF-UNSAFE", "SPIN-HELD"],
    related: ["NdisQueryBufferSafe", "NdisQueryBufferOffset", "NdisQueryMdl"],
    example: "ndis5-buffer-pool",
  },
  NdisQueryBufferSafe: {
    summary:
      "Tells the system address and the length of what a buffer descriptor describes, or that it has no address.",
    parameters: {
      Buffer: "The descriptor.",
      VirtualAddress:
        "Where the address goes, or NULL there when the pages cannot be mapped. NULL when only the length is wanted.",
      Length: "Where ByteCount goes.",
      Priority: PRIORITY,
    },
    ownership: ADDRESS,
    failure: "NULL as the address; the length is there all the same. A later call may succeed.",
    remarks: [
      "`ndislab run --fail mapping:1` shows what a driver does without the address.",
      "With NDIS 6: `NdisQueryMdl`, with the same parameters.",
    ],
    related: ["NdisQueryBuffer", "NdisBufferVirtualAddressSafe", "NdisQueryMdl"],
    example: "ndis5-ask-a-buffer",
  },
  NdisQueryBufferOffset: {
    summary: "Tells where in its first page a buffer starts, and how many bytes it has.",
    parameters: {
      _Buffer: "The descriptor.",
      _Offset: "Where ByteOffset goes: 0 to 4095.",
      _Length: "Where ByteCount goes.",
    },
    ownership: NOTHING,
    remarks: [
      "What a driver asks that has to know whether a buffer crosses a page or starts at an odd byte. It maps nothing, so that it is cheaper than `NdisQueryBuffer` and cannot fail.",
      "A statement in C, not an expression.",
      "With NDIS 6: `NdisQueryMdlOffset`.",
    ],
    related: ["NdisQueryBufferSafe", "NdisGetBufferPhysicalArraySize", "NdisQueryMdlOffset"],
    example: "ndis5-ask-a-buffer",
  },
  NdisGetBufferPhysicalArraySize: {
    summary: "Tells how many pages a buffer touches, which is the most pieces that DMA sees of it.",
    parameters: { _Buffer: "The descriptor.", _ArraySize: "Where the number goes; at least 1." },
    ownership: NOTHING,
    remarks: [
      "A statement in C, not an expression.",
      "With NDIS 6: `NdisGetMdlPhysicalArraySize`, or rather the scatter and gather list that NDIS makes.",
    ],
    decisions: [
      "The documents warn that there may be one piece more than the number, for a buffer that does not start with a page. The macro of the headers counts with the offset, as this does, and gives that one too.",
    ],
    related: ["NDIS_BUFFER_TO_SPAN_PAGES", "NdisGetMdlPhysicalArraySize"],
    example: "ndis5-ask-a-buffer",
  },
  NDIS_BUFFER_TO_SPAN_PAGES: {
    summary: "Counts the pages that a buffer touches.",
    parameters: { _Buffer: "The descriptor." },
    returns: "The number of pages from the one with the first byte to the one with the last; 0 for NULL.",
    ownership: NOTHING,
    remarks: ["In C the parameter is evaluated several times.", "With NDIS 6: `NDIS_MDL_TO_SPAN_PAGES`."],
    decisions: [
      "A buffer of no bytes touches 1 page: so does the macro of Windows CE, and the documents of the desktop do not say.",
      "The documents of Windows CE say that the value is 1 always, above a macro that counts. Here it counts.",
    ],
    related: ["NdisGetBufferPhysicalArraySize", "NDIS_MDL_TO_SPAN_PAGES", "ADDRESS_AND_SIZE_TO_SPAN_PAGES"],
    example: "ndis5-ask-a-buffer",
  },
  NdisGetNextBuffer: {
    summary: "Tells which buffer descriptor follows another in a chain.",
    parameters: {
      _CurrentBuffer: "A descriptor of the chain.",
      _NextBuffer:
        "Where the next one goes, or NULL at the end of the chain. May be the variable that has the current one.",
    },
    ownership: "Nothing changes hands. The chain may not change meanwhile: NDIS does not lock it.",
    remarks: ["A statement in C, not an expression.", "With NDIS 6: `NdisGetNextMdl`."],
    related: ["NDIS_BUFFER_LINKAGE", "NdisQueryPacket", "NdisGetFirstBufferFromPacketSafe"],
    example: "ndis5-copy-descriptors",
  },
  NDIS_BUFFER_LINKAGE: {
    summary: "The link of a buffer descriptor to the next one of its chain, to be read and to be assigned.",
    parameters: { _Buffer: "The descriptor." },
    returns: "The member Next: a descriptor, or NULL at the end.",
    ownership: "To link a descriptor behind another changes nothing of who frees it: each is freed for itself.",
    remarks: [
      "Made for queues of descriptors that are in no packet. Who assigns it in the chain of a packet calls `NdisRecalculatePacketCounts` afterwards.",
      "In C it stands on either side of an assignment. In TypeScript `NDIS_BUFFER_LINKAGE(buffer)` reads and `NDIS_BUFFER_LINKAGE.set(buffer, next)` assigns.",
      "With NDIS 6: `NDIS_MDL_LINKAGE`.",
    ],
    decisions: [
      "The documents ask for a descriptor that is chained to no packet, and say that the macro can fail. It is the plain member, of any descriptor, and cannot.",
    ],
    related: ["NdisGetNextBuffer", "NdisChainBufferAtBack", "NdisRecalculatePacketCounts"],
    example: "ndis5-copy-descriptors",
  },
  NdisBufferLength: {
    summary: "Tells how many bytes a buffer descriptor describes.",
    parameters: { _Buffer: "The descriptor." },
    returns: "The member ByteCount.",
    ownership: NOTHING,
    remarks: ["With NDIS 6: `MmGetMdlByteCount`."],
    related: ["NdisQueryBufferOffset", "NdisAdjustBufferLength"],
    example: "ndis5-ask-a-buffer",
  },
  NdisBufferVirtualAddress: {
    summary: "Gives the system address of what a buffer descriptor describes, mapping its pages when need be.",
    parameters: { Buffer: "The descriptor." },
    returns: "The address of the first byte; never NULL.",
    ownership: ADDRESS,
    failure: BUG_CHECK,
    remarks: [
      "A driver of NDIS 5.1 uses `NdisBufferVirtualAddressSafe`.",
      "With NDIS 6: `MmGetSystemAddressForMdlSafe`.",
    ],
    rules: ["BUF-UNSAFE"],
    related: ["NdisBufferVirtualAddressSafe", "NdisQueryBuffer"],
    example: "ndis5-ask-a-buffer",
  },
  NdisBufferVirtualAddressSafe: {
    summary: "Gives the system address of what a buffer descriptor describes, or NULL when it cannot be mapped.",
    parameters: { _Buffer: "The descriptor.", _Priority: PRIORITY },
    returns: "The address of the first byte; NULL when the pages cannot be mapped.",
    ownership: ADDRESS,
    failure: "NULL, and the descriptor is as it was: a later call may succeed.",
    remarks: ["`MmGetSystemAddressForMdlSafe` under another name, and what NDIS 6 uses instead."],
    related: ["NdisBufferVirtualAddress", "NdisQueryBufferSafe", "MmGetSystemAddressForMdlSafe"],
    example: "ndis5-ask-a-buffer",
  },
} as const satisfies DdiPages;

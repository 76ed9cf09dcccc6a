import type { DdiPages } from "../page.js";

const CONTEXT_SIZE =
  "Bytes of context that are the caller's at once, a multiple of 8 (MEMORY_ALLOCATION_ALIGNMENT; 16 on x64).";
const CONTEXT_BACK_FILL =
  "Bytes of context more, a multiple of 8, for drivers below to take from without an allocation.";

export const NET_BUFFER_LIST_PAGES = {
  NdisAllocateNetBufferListPool: {
    summary: "Makes a pool of NET_BUFFER_LISTs, alone or such that bring a NET_BUFFER, data and context along.",
    parameters: {
      NdisHandle:
        "The handle of the driver, of one of its instances or of a generic object; NULL is taken too. What is made with it has to be freed before it goes.",
      Parameters: "What the lists are to be like. Read during the call only, so it may lie on the stack.",
    },
    returns: "The handle of the pool, or NULL.",
    ownership:
      "The pool is the caller's until `NdisFreeNetBufferListPool`. The caller frees every list of it before, with the function that belongs to how it was made.",
    failure:
      "NULL: memory is short, NDIS does not know the header of the parameters, or they ask for data without a NET_BUFFER. Nothing is allocated.",
    remarks: [
      "There are three makes: fAllocateNetBuffer FALSE gives lists alone; TRUE with DataSize 0 gives lists with a NET_BUFFER for the caller's MDLs; TRUE with a DataSize gives lists with a NET_BUFFER, MDL and data. One allocation of a list with all it needs costs less than one of a list and one of a NET_BUFFER.",
      "There is no number to give: the pool grows as lists are asked for, and what is freed is used again, with every member as new. A pool is made once, when the driver or the instance starts.",
      "Only a protocol has a ProtocolId of its own. Filters, miniports and drivers between set 0.",
      "NET_BUFFER_LIST_POOL_FLAG_VERIFY, in parameters of revision 2, is for finding out who uses lists after the free: they are kept from being used again at once, and useless until then.",
    ],
    decisions: [
      "No document says what a wrong header does, or data without a NET_BUFFER. Here either gives NULL, and the verifier tells what is wrong.",
      "A ContextSize that is no multiple of 8 is forbidden, and nothing says what it does. Here the pool is made, and its lists have so many bytes.",
    ],
    rules: ["POOL-HEADER", "POOL-PARAMS", "POOL-TAG", "POOL-CTXALIGN", "POOL-PROTOID", "POOL-LEAK"],
    related: ["NdisFreeNetBufferListPool", "NET_BUFFER_LIST_POOL_PARAMETERS", "NdisAllocateNetBufferPool"],
    example: "nbl-with-data",
  },
  NdisFreeNetBufferListPool: {
    summary: "Frees a pool of NET_BUFFER_LISTs.",
    parameters: { PoolHandle: "The pool, all of whose lists are freed." },
    ownership: "The handle is gone.",
    remarks: [
      "A list that was passed on comes back by a completion or a return, and only then can it be freed: a filter frees the pool in FilterDetach, after the pause has seen everything come back.",
    ],
    decisions: [
      "All lists must be freed before, and documents do not say what happens otherwise. Here the pool is gone all the same, and its memory stays with those that are out: they can be read, and never be freed.",
    ],
    rules: ["POOL-HANDLE", "POOL-TYPE", "POOL-DFREE", "POOL-OUTSTANDING"],
    related: ["NdisAllocateNetBufferListPool", "NdisFreeNetBufferList"],
    example: "nbl-with-data",
  },
  NdisAllocateNetBufferList: {
    summary: "Allocates a NET_BUFFER_LIST with whatever the lists of its pool bring along.",
    parameters: {
      PoolHandle: "The pool.",
      ContextSize: CONTEXT_SIZE,
      ContextBackFill: CONTEXT_BACK_FILL,
    },
    returns:
      "The list, or NULL. FirstNetBuffer is the NET_BUFFER that came along, else NULL; the protocol id is the pool's; everything else is 0.",
    ownership:
      "The list is the caller's, with the NET_BUFFER, MDL, data and context that came along. `NdisFreeNetBufferList` frees them as one thing, and none of them is ever freed apart.",
    failure:
      "NULL when memory is short, when the handle is no pool of lists, or when the context would have more than 65535 bytes.",
    remarks: [
      "The context block has the ContextSize of the pool or the sum of the two arguments, whichever is more, and none is there when that is 0. The caller's bytes are its last ones; `NET_BUFFER_LIST_CONTEXT_DATA_START` tells where.",
      "A list without a NET_BUFFER gets one or more by `NET_BUFFER_LIST_FIRST_NB` and `NET_BUFFER_NEXT_NB`. They stay separate things, and are taken off and freed before the list, or kept for the next one.",
      "Before its first send a list needs its SourceHandle: the filter handle of a filter, the binding handle of a protocol.",
    ],
    decisions: [
      "The page has an MDL and data come along whenever the pool has NET_BUFFERs; that of the pool parameters says that DataSize 0 means a NET_BUFFER alone. The latter is done here.",
      "Sizes that are no multiples of 8 are forbidden, and nothing says what they do. Here they are taken as they are, and the verifier tells of it.",
      "NDIS may make the context larger than it was asked for. Here it never does.",
    ],
    rules: ["POOL-HANDLE", "POOL-TYPE", "CTX-ALIGN", "CTX-SIZE16", "NBL-LEAK"],
    related: [
      "NdisFreeNetBufferList",
      "NdisAllocateNetBufferAndNetBufferList",
      "NdisAllocateNetBufferListContext",
      "NET_BUFFER_LIST",
    ],
    example: "nbl-with-data",
  },
  NdisAllocateNetBufferAndNetBufferList: {
    summary: "Allocates a NET_BUFFER_LIST whose own NET_BUFFER is over an MDL chain of the caller's.",
    parameters: {
      PoolHandle: "A pool that was made with fAllocateNetBuffer TRUE and DataSize 0.",
      ContextSize: CONTEXT_SIZE,
      ContextBackFill: CONTEXT_BACK_FILL,
      MdlChain: "The first MDL; NULL for a NET_BUFFER that gets its chain later.",
      DataOffset: "Bytes of the chain in front of the used data. 0 without a chain.",
      DataLength: "Bytes of used data from there on. 0 without a chain.",
    },
    returns: "The list, or NULL. FirstNetBuffer is its NET_BUFFER, which starts at DataOffset.",
    ownership:
      "List and NET_BUFFER are the caller's and go together, with `NdisFreeNetBufferList`. The chain and its memory stay the caller's, outlive the use of the list, and are never freed with it.",
    failure:
      "NULL when memory is short, when the pool is of another make, when an offset or length comes without a chain, or when the context would have more than 65535 bytes. The chain is as it was.",
    remarks: [
      "The usual way to one frame of memory that is the driver's anyway: describe it with `NdisAllocateMdl`, and get list and NET_BUFFER in one call.",
      "While the list is the driver's, its NET_BUFFER may get another chain, as it is told at `NdisAllocateNetBuffer`.",
    ],
    decisions: [
      "Documents do not say whether offset and length are compared with the chain. Under the verifier a range beyond its end gives NULL; without it the list is made as asked for.",
    ],
    rules: [
      "POOL-HANDLE",
      "POOL-TYPE",
      "NBL-WRONGPOOL",
      "NB-NULLCHAIN",
      "NB-RANGE",
      "CHAIN-CYCLE",
      "MDL-INUSE",
      "CTX-ALIGN",
      "CTX-SIZE16",
      "NBL-LEAK",
    ],
    related: ["NdisFreeNetBufferList", "NdisAllocateNetBufferList", "NdisAllocateNetBuffer", "NdisAllocateMdl"],
    example: "nbl-over-a-chain",
  },
  NdisFreeNetBufferList: {
    summary: "Gives one NET_BUFFER_LIST back to its pool, with all that came with it.",
    parameters: { NetBufferList: "The list. What its Next names is not freed with it." },
    ownership:
      "The list is gone, with the NET_BUFFER, MDL, data and context that it was allocated with, also when FirstNetBuffer names another one by now. Other NET_BUFFERs on it and MDL chains of the caller's stay the caller's.",
    remarks: [
      "Of a chain, each list is freed for itself, and Next is read before.",
      "What was added is taken off before: further NET_BUFFERs, context of `NdisAllocateNetBufferListContext`, MDLs that a retreat put in front.",
      "Lists that were derived from others have functions of their own: `NdisFreeCloneNetBufferList`, `NdisFreeFragmentNetBufferList`, `NdisFreeReassembledNetBufferList`. A list of another driver is never freed; it is completed or returned.",
    ],
    rules: [
      "NBL-NOTPOOL",
      "NBL-DFREE",
      "NBL-OWNER",
      "NBL-WRONGFREE",
      "NBL-NBLEFT",
      "NBL-CTXLEFT",
      "NBL-NEXTLEFT",
      "NBL-CHILD",
      "NBL-REFNEG",
      "NB-FOREIGNMDL",
      "NB-POOLFIELD",
    ],
    related: ["NdisAllocateNetBufferList", "NdisAllocateNetBufferAndNetBufferList", "NdisFreeNetBuffer"],
    example: "nbl-with-data",
  },
  NdisGetPoolFromNetBufferList: {
    summary: "Tells which pool a NET_BUFFER_LIST came from.",
    parameters: { NetBufferList: "The list." },
    returns: "The handle that `NdisAllocateNetBufferListPool` gave.",
    ownership: "Nothing changes hands.",
    remarks: [
      "With it a driver that has lists of several pools of its own tells them apart. To tell lists of its own from those of others it compares SourceHandle, which only the maker of a list sets.",
    ],
    rules: ["NBL-NOTPOOL", "NBL-OWNER"],
    related: ["NdisAllocateNetBufferListPool", "NdisGetPoolFromNetBuffer"],
    example: "nbl-with-data",
  },
  NdisAllocateNetBufferListContext: {
    summary: "Gives a driver bytes of its own with a NET_BUFFER_LIST, in front of those of the drivers above.",
    parameters: {
      NetBufferList: "A list that the driver has, its own or another's.",
      ContextSize: "Bytes of context, a multiple of 4 (the size of a pointer; 8 on x64).",
      ContextBackFill: "Bytes more, a multiple of 4, when a block has to be made: for whoever asks next.",
      PoolTag: "Four characters that name the owner of a block that has to be made.",
    },
    returns:
      "`NDIS_STATUS_SUCCESS`, `NDIS_STATUS_RESOURCES` when memory is short, or `NDIS_STATUS_FAILURE` for sizes that cannot be.",
    ownership:
      "The bytes are the caller's until `NdisFreeNetBufferListContext`, which it calls before the list goes back up, or is freed. Drivers below may put theirs in front and take them off again.",
    failure: "The list is as it was.",
    remarks: [
      "Where the newest block has that many unused bytes, its Offset goes down by ContextSize and nothing is allocated. Otherwise a new block of ContextSize and ContextBackFill bytes becomes the newest one.",
      "`NET_BUFFER_LIST_CONTEXT_DATA_START` is the caller's first byte right after the call, and again when the list comes back, once those below have taken theirs off. What the bytes hold at first is undefined.",
      "The bytes are aligned to 4, which is enough for pointers and not for an SLIST_ENTRY.",
      "This is how a filter remembers something with each list of another driver: the reserved words are not a filter's, and the Scratch word is lost when the list is passed on.",
    ],
    decisions: [
      "Documents ask for multiples of MEMORY_ALLOCATION_ALIGNMENT, in newer editions of the size of a pointer. Here multiples of 4 are taken; of one that is not a multiple of 8 the verifier says that x64 needs that.",
      "Which sizes give a failure is not said. Here those that are no multiples of 4, and a new block of more than 65535 bytes.",
    ],
    rules: ["NBL-NOTPOOL", "NBL-OWNER", "CTX-ALIGN", "CTX-SIZE16", "NBL-CTXLEFT"],
    related: ["NdisFreeNetBufferListContext", "NET_BUFFER_LIST_CONTEXT_DATA_START", "NET_BUFFER_LIST_CONTEXT"],
    example: "nbl-context",
  },
  NdisFreeNetBufferListContext: {
    summary: "Takes bytes of context off a NET_BUFFER_LIST again.",
    parameters: {
      NetBufferList: "The list, which the driver has.",
      ContextSize: "The ContextSize of the `NdisAllocateNetBufferListContext` that is undone.",
    },
    ownership: "The bytes are no longer the caller's. A block that was made for them is gone when none of it is used.",
    remarks: [
      "One call for each allocation, the last one first. The context that the list itself was allocated with is never freed by this: it goes with the list.",
    ],
    decisions: ["Nothing is said about more bytes than the newest block has in use. Here the call does nothing then."],
    rules: ["NBL-NOTPOOL", "NBL-OWNER", "CTX-NULL", "CTX-UNDER"],
    related: ["NdisAllocateNetBufferListContext", "NdisFreeNetBufferList"],
    example: "nbl-context",
  },
} as const satisfies DdiPages;

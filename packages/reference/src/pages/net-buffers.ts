import type { DdiPages } from "../page.js";

const DATA_OFFSET =
  "Bytes of the chain in front of the used data: the unused data space, into which a retreat can grow the frame. 0 without a chain.";
const DATA_LENGTH = "Bytes of used data from there on; 0 makes an empty frame. 0 without a chain.";

export const NET_BUFFER_PAGES = {
  NdisAllocateNetBufferPool: {
    summary: "Makes a pool of NET_BUFFERs, bare ones or such that bring an MDL and data along.",
    parameters: {
      NdisHandle:
        "The handle of the driver, of one of its instances or of a generic object; NULL is taken too. What is made with it has to be freed before it goes.",
      Parameters: "What the NET_BUFFERs are to be like. Read during the call only, so it may lie on the stack.",
    },
    returns: "The handle of the pool, or NULL.",
    ownership:
      "The pool is the caller's until `NdisFreeNetBufferPool`. The caller frees every NET_BUFFER of it before, with `NdisFreeNetBuffer`.",
    failure: "NULL: memory is short, or NDIS does not know the header of the parameters. Nothing is allocated.",
    remarks: [
      "DataSize decides for the life of the pool how to allocate from it: `NdisAllocateNetBufferMdlAndData` where it is not 0, `NdisAllocateNetBuffer` where it is 0. A driver that needs both makes two pools.",
      "There is no number to give: the pool grows as NET_BUFFERs are asked for, and what is freed is used again. So a pool is made once, when the driver or the instance starts, and an allocation fails only when memory does.",
      "Only a pool gives NET_BUFFERs. One that a driver puts together in memory of its own or on the stack lacks what NDIS keeps with it.",
    ],
    decisions: [
      "No document says what a wrong header does. Here it gives NULL, and the verifier tells what is wrong with it.",
      "Headers since NDIS 6.87 know a revision 2 of the parameters, with flags; no page describes it. It is not known here, so it gives NULL.",
    ],
    rules: ["POOL-HEADER", "POOL-TAG", "POOL-LEAK"],
    related: ["NdisFreeNetBufferPool", "NET_BUFFER_POOL_PARAMETERS", "NdisAllocateNetBufferListPool"],
    example: "net-buffers-with-data",
  },
  NdisFreeNetBufferPool: {
    summary: "Frees a pool of NET_BUFFERs.",
    parameters: { PoolHandle: "The pool, all of whose NET_BUFFERs are freed." },
    ownership: "The handle is gone.",
    remarks: [
      "NET_BUFFERs that another driver still has are the usual reason to wait: a filter frees the pool in FilterDetach, after the pause has seen everything come back.",
    ],
    decisions: [
      "Documents ask that all NET_BUFFERs be freed before and do not say what happens otherwise. Here the pool is gone all the same, and its memory stays with those that are out: they can be read, and never be freed.",
    ],
    rules: ["POOL-HANDLE", "POOL-TYPE", "POOL-DFREE", "POOL-OUTSTANDING"],
    related: ["NdisAllocateNetBufferPool", "NdisFreeNetBuffer"],
    example: "net-buffers-with-data",
  },
  NdisAllocateNetBuffer: {
    summary: "Allocates a NET_BUFFER over an MDL chain of the caller's.",
    parameters: {
      PoolHandle: "A pool that was made with DataSize 0.",
      MdlChain: "The first MDL; NULL for a NET_BUFFER that gets its chain later.",
      DataOffset: DATA_OFFSET,
      DataLength: DATA_LENGTH,
    },
    returns:
      "The NET_BUFFER, or NULL. CurrentMdl and CurrentMdlOffset name the byte at DataOffset; everything else is 0.",
    ownership:
      "The NET_BUFFER is the caller's, who frees it with `NdisFreeNetBuffer`. The chain and the memory it describes stay the caller's too, have to outlive the use of the NET_BUFFER, and are never freed with it.",
    failure:
      "NULL when memory is short, when the handle is no pool of NET_BUFFERs or one with data, or when an offset or length comes without a chain. The chain is as it was.",
    remarks: [
      "The owner may give the NET_BUFFER another chain as often as it likes instead of allocating a new one. All five members have to agree before the next call: `NET_BUFFER_FIRST_MDL`, `NET_BUFFER_DATA_OFFSET` and `NET_BUFFER_DATA_LENGTH` are assigned, and `NdisAdjustNetBufferCurrentMdl` finds the other two.",
      "An offset at the edge of two MDLs is said to be byte 0 of the second one, and MDLs without bytes are skipped.",
    ],
    decisions: [
      "One page says that a pool with data should not be used here, another that it must not. It gives NULL, under either profile.",
      "Documents do not say whether DataOffset and DataLength are compared with the chain. Under the verifier a range beyond its end gives NULL; without it the NET_BUFFER is made as asked for, and the first call that reads its data goes wrong.",
      "The page speaks of using a preallocated NET_BUFFER again, words taken from the page about lists. Here it goes for any NET_BUFFER that its owner has.",
    ],
    rules: [
      "POOL-HANDLE",
      "POOL-TYPE",
      "NB-DATAPOOL",
      "NB-NULLCHAIN",
      "NB-RANGE",
      "CHAIN-CYCLE",
      "MDL-INUSE",
      "NB-LEAK",
    ],
    related: [
      "NdisFreeNetBuffer",
      "NdisAllocateNetBufferMdlAndData",
      "NdisAllocateNetBufferAndNetBufferList",
      "NET_BUFFER",
    ],
    example: "net-buffers-over-a-chain",
  },
  NdisAllocateNetBufferMdlAndData: {
    summary: "Allocates a NET_BUFFER with an MDL and the data under it, all in one block of a pool.",
    parameters: { PoolHandle: "A pool that was made with a DataSize." },
    returns:
      "The NET_BUFFER, or NULL. Its one MDL describes DataSize bytes, of which none is used yet: DataOffset and DataLength are 0.",
    ownership:
      "NET_BUFFER, MDL and data are the caller's as one thing: `NdisFreeNetBuffer` frees them together, and neither the MDL nor the data is ever freed apart.",
    failure: "NULL when memory is short, or when the handle is no pool of NET_BUFFERs or one without data.",
    remarks: [
      "The quickest way to a frame of one's own. The caller says how much of the data it uses, with `NET_BUFFER_DATA_LENGTH`, before it writes: `NdisGetDataBuffer` gives nothing of an empty frame.",
      "A caller that wants room in front for the headers of drivers below sets `NET_BUFFER_DATA_OFFSET` too and calls `NdisAdjustNetBufferCurrentMdl`; with an offset at the end of the data it can also build the frame from back to front, by retreats.",
      "What the data holds is left from its last use. The driver may put MDLs in front, by a retreat for instance, and takes them off again before the free.",
    ],
    decisions: [
      "No document says which part of the data is used at first, and drivers differ in what they rely on. Here nothing is used, from byte 0 on: a driver that sets length, or offset and length, is right either way.",
      "DataSize is called the largest size of the data in one place and the usual one in another. Here every NET_BUFFER has exactly so many bytes.",
    ],
    rules: ["POOL-HANDLE", "POOL-TYPE", "NB-NODATA", "NB-LEAK"],
    related: ["NdisFreeNetBuffer", "NdisAllocateNetBuffer", "NdisAllocateNetBufferList", "NdisGetDataBuffer"],
    example: "net-buffers-with-data",
  },
  NdisFreeNetBuffer: {
    summary: "Gives a NET_BUFFER back to its pool, with MDL and data where it came with them.",
    parameters: { NetBuffer: "The NET_BUFFER. What its Next names is not freed with it." },
    ownership:
      "The NET_BUFFER is gone, and the MDL and data of `NdisAllocateNetBufferMdlAndData`. A chain of the caller's is not touched and stays the caller's.",
    remarks: [
      "The chain may be freed before the NET_BUFFER or after it: it is not looked at here. Only what a retreat put in front must be off before, by an advance with FreeMdl TRUE, or it is lost.",
      "A NET_BUFFER that came with its NET_BUFFER_LIST goes with that list, and is not freed by this; nor is one whose list another driver has.",
    ],
    decisions: [
      "The page names NdisAllocateNetBuffer as the only source, that of NdisAllocateNetBufferMdlAndData sends its NET_BUFFERs here too. Both are taken.",
    ],
    rules: ["NB-DFREE", "NB-NOTPOOL", "NB-PREALLOC", "NB-LINKED", "NB-POOLFIELD", "NB-FOREIGNMDL"],
    related: ["NdisAllocateNetBuffer", "NdisAllocateNetBufferMdlAndData", "NdisFreeNetBufferList"],
    example: "net-buffers-with-data",
  },
  NdisGetPoolFromNetBuffer: {
    summary: "Tells which pool a NET_BUFFER came from.",
    parameters: { NetBuffer: "The NET_BUFFER." },
    returns: "The handle that `NdisAllocateNetBufferPool` gave.",
    ownership: "Nothing changes hands.",
    decisions: [
      "Documents are silent on NET_BUFFERs that came with a list. Here they have the handle of the list's pool, which no function for pools of NET_BUFFERs takes.",
    ],
    rules: ["NB-NOTPOOL", "NBL-OWNER"],
    related: ["NdisAllocateNetBufferPool", "NdisGetPoolFromNetBufferList"],
    example: "net-buffers-with-data",
  },
} as const satisfies DdiPages;

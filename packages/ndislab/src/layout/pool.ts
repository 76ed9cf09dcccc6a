import { structure } from "./structure.js";

/**
 * What NDIS keeps of a pool, in the memory itself: a handle is the address of one of these. Private to this system;
 * drivers never look inside. The counters are what the pool reports show.
 */
export const POOL = structure("NDISLAB_POOL", {
  /** Kind of the pool while it lives, POOL_DEAD afterwards. */
  Signature: "ULONG",
  /** First slot of those that were freed, 0 when there is none. */
  FreeList: "ULONG",
  /** Objects that were handed out, and those of them that came back: what is out is the difference. */
  Allocations: "ULONG",
  Frees: "ULONG",
  /** The most that were out at once. */
  Peak: "ULONG",
  /** Slots that this processor made or got from others, less those that it gave to others: signed. */
  Stock: "ULONG",
  /** Slots of the newest chunk that were never out: the first, and where they end. */
  Unused: "ULONG",
  UnusedEnd: "ULONG",
  /** Most objects at once; 0xFFFFFFFF means any number. */
  Limit: "ULONG",
  /** As many a processor may have out without a look at what the others have: Limit, or 0 in a shared memory. */
  LimitAlone: "ULONG",
  Tag: "ULONG",
  SlotSize: "ULONG",
  /** Where the link of a free slot lies, in bytes from the address that the free list has of it: signed. */
  Link: "ULONG",
  /** In a shared memory: where processors leave free slots for each other. */
  Depot: "ULONG",
  /** Bytes of data every slot brings along. */
  DataSize: "ULONG",
  /** Where those bytes start in the slot. */
  DataStart: "ULONG",
  /** NET_BUFFER_LIST pools: where the preallocated NET_BUFFER starts in the slot. */
  NetBufferStart: "ULONG",
  /** NET_BUFFER_LIST pools: bytes of preallocated context, protocol id, whether a NET_BUFFER comes along. */
  ContextSize: "ULONG",
  ProtocolId: "ULONG",
  HasNetBuffer: "ULONG",
  /** NET_BUFFER_LIST pools: whether a freed list waits before it is used again. */
  KeepsFreed: "ULONG",
  /** Packet pools: bytes of ProtocolReserved in each packet, and where its out-of-band data starts behind them. */
  ReservedLength: "ULONG",
  OobOffset: "ULONG",
});

/** 8 bytes in front of every MDL the system allocates: whose it is, and whether it is alive. */
export const MDL_PREFIX = structure("NDISLAB_MDL_PREFIX", {
  /** The pool, or the NET_BUFFER that an embedded MDL belongs to. */
  Owner: "ULONG",
  /** One of the odd MDL_STATE values while alive, else the address of the next free MDL of the pool. */
  State: "ULONG",
});

/** 8 bytes in front of every packet of a pool: whose it is, and whether it is alive. */
export const PACKET_PREFIX = structure("NDISLAB_PACKET_PREFIX", {
  Owner: "ULONG",
  /** PACKET_LIVE while alive, else the address of the next free packet of the pool. */
  State: "ULONG",
});

/** In front of the MDL that a retreat prepended: which NET_BUFFER took it, and how it has to be freed. */
export const RETREAT = structure("NDISLAB_RETREAT", {
  /** The retreat before this one, 0 at the end. */
  Next: "ULONG",
  Mdl: "MDL *",
  /** 1 when the driver's allocate handler made the MDL, 0 when NDIS did. */
  ByHandler: "ULONG",
  Handler: "ULONG",
  /** Counted up over all retreats that put an MDL in front: tells the MDL of one call from that of another. */
  Serial: "ULONG",
});

/** Signatures, readable in a dump. Odd, so that none can be taken for an address. */
export const POOL_SIGNATURE = {
  buffer: 0x4250_4c01, // "BPL"
  netBuffer: 0x4e42_5003, // "NBP"
  netBufferList: 0x4e4c_5005, // "NLP"
  packet: 0x504b_5007, // "PKP"
  dead: 0xdead_0001,
} as const;

export type PoolKind = Exclude<keyof typeof POOL_SIGNATURE, "dead">;

/** NdisReserved[0] of a live NET_BUFFER_LIST; a free one has the next free list of its pool there. */
export const NBL_LIVE = 0x4e4c_0001;

/** NdisReserved[0] of a NET_BUFFER. Odd, so that none can be taken for the link of a free one. */
export const NB_STATE = {
  /** From NdisAllocateNetBuffer. */
  bare: 0x4e42_0001,
  /** From NdisAllocateNetBufferMdlAndData. */
  withData: 0x4e42_0003,
  /** Came with a NET_BUFFER_LIST and goes with it. */
  preallocated: 0x4e42_0005,
} as const;

import type { DdiPages } from "../page.js";

const STATUS = "Where the status goes: NDIS_STATUS_SUCCESS or NDIS_STATUS_RESOURCES.";
const PACKET = "Where the packet goes, or NULL.";
const POOL = "The handle of `NdisAllocatePacketPool` or `NdisAllocatePacketPoolEx`.";
const RESERVED =
  "Bytes of ProtocolReserved in each packet. A miniport takes PROTOCOL_RESERVED_SIZE_IN_PACKET, 16, for packets that it indicates.";
const POOL_OWNERSHIP = "The pool is the caller's, until `NdisFreePacketPool`.";
const PACKET_OWNERSHIP =
  "The packet is the caller's, who frees it or reuses it after `NdisReinitializePacket`. What is chained to it stays the property of whoever allocated that.";
const NO_PACKET =
  "NDIS_STATUS_RESOURCES and NULL at Packet: all packets of the pool are out, or memory is short for one of its overflow.";
const FREE =
  "The packet is gone, its out-of-band data and extension with it. Descriptors are not freed with it: they leak.";
const NO_LIMIT =
  "One NET_BUFFER_LIST pool without a limit takes the place of packet and buffer pools: `NdisAllocateNetBufferListPool`.";

/** What every function that frees a packet can break. */
const FREE_RULES = ["PKT-BUFLEFT", "PKT-DFREE", "PKT-NOTPOOL"] as const;
/** And every one that allocates one. */
const ALLOCATE_RULES = ["POOL-EXHAUST", "POOL-HANDLE", "POOL-TYPE", "PKT-LEAK"] as const;

/** Pools of packets, and packets. */
export const NDIS5_PACKET_PAGES = {
  NdisAllocatePacketPool: {
    summary: "Makes a pool of a fixed number of packets.",
    parameters: {
      Status: STATUS,
      PoolHandle: "Where the handle goes, or NULL.",
      NumberOfDescriptors: "How many packets the pool has, at most 0xFFFF. All are allocated at once.",
      ProtocolReservedLength: RESERVED,
    },
    ownership: POOL_OWNERSHIP,
    failure:
      "NDIS_STATUS_RESOURCES and NULL at PoolHandle: too many packets, too many reserved bytes, or memory is short. Nothing is allocated; a smaller number may succeed at once.",
    remarks: ["Called while the driver or its adapter starts, with no spin lock held.", `With NDIS 6: ${NO_LIMIT}`],
    decisions: [
      "The limit of 0xFFFF packets is documented for the Ex form only. It is the same here.",
      "What is at PoolHandle after a failure is not documented. Here it is NULL.",
      "How many bytes can be reserved is not documented. NdisPacketOobOffset has 16 bits, so that 65472 can; POOL-RESLEN tells of more than the 16 that every platform has.",
      "Of 0 packets no document speaks. The pool is made and gives none.",
    ],
    rules: ["POOL-ZERO", "POOL-INIT", "POOL-RESLEN", "SPIN-HELD", "POOL-LEAK"],
    related: ["NdisAllocatePacketPoolEx", "NdisFreePacketPool", "NdisAllocatePacket", "NdisPacketSize"],
    example: "ndis5-packet-pool",
  },
  NdisAllocatePacketPoolEx: {
    summary: "Makes a pool of packets that can grow for a time of heavy load.",
    parameters: {
      Status: STATUS,
      PoolHandle: "Where the handle goes, or NULL.",
      NumberOfDescriptors: "Packets for the usual load, at most 0xFFFF. They are allocated at once.",
      NumberOfOverflowDescriptors:
        "How many more there may be, allocated when they are needed. Cut to what makes 0xFFFF in all.",
      ProtocolReservedLength: RESERVED,
    },
    ownership: POOL_OWNERSHIP,
    failure: "As for `NdisAllocatePacketPool`. Only NumberOfDescriptors has to be at most 0xFFFF, not the sum.",
    remarks: [
      "The limit of the pool is the sum. `NdisPacketPoolUsage` counts packets of both parts.",
      `With NDIS 6: ${NO_LIMIT}`,
    ],
    decisions: [
      "On Windows a packet that is freed while some of the overflow are out goes back to system memory. Here it stays with the pool until the pool is freed, which a driver cannot see.",
      "Windows CE takes the function for `NdisAllocatePacketPool`. Here the overflow counts.",
    ],
    rules: ["POOL-ZERO", "POOL-INIT", "POOL-RESLEN", "SPIN-HELD", "POOL-LEAK"],
    related: ["NdisAllocatePacketPool", "NdisFreePacketPool", "NdisPacketPoolUsage", "NdisAllocatePacket"],
    example: "ndis5-packet-pool-with-overflow",
  },
  NdisSetPacketPoolProtocolId: {
    summary: "Says for which protocol the packets of a pool are, so that a miniport can tell.",
    parameters: {
      PacketPoolHandle: POOL,
      ProtocolId:
        "NDIS_PROTOCOL_ID_DEFAULT 0, NDIS_PROTOCOL_ID_TCP_IP 2, NDIS_PROTOCOL_ID_IPX 6 or NDIS_PROTOCOL_ID_NBF 7. Only the lowest four bits count.",
    },
    ownership: "Nothing changes hands.",
    remarks: [
      "Called once, before the first packet of the pool is allocated.",
      "With NDIS 6: the member ProtocolId of the pool's parameters, see `NdisAllocateNetBufferListPool`.",
    ],
    decisions: [
      "What becomes of packets that are out already is not documented. They keep the id they have; packets that are allocated afterwards have the new one.",
    ],
    rules: ["POOL-HANDLE", "POOL-TYPE"],
    related: ["NDIS_GET_PACKET_PROTOCOL_TYPE", "NdisAllocatePacketPool"],
    example: "ndis5-packet-pool-with-overflow",
  },
  NdisFreePacketPool: {
    summary: "Gives a pool of packets back.",
    parameters: { PoolHandle: "The handle. It is no handle any more afterwards." },
    ownership: "The pool and its packets are gone. Packets that are still out leak.",
    remarks: [
      "Every packet is freed first; `NdisPacketPoolUsage` tells whether they are. No spin lock is held.",
      "With NDIS 6: `NdisFreeNetBufferListPool`.",
    ],
    rules: ["POOL-OUTSTANDING", "POOL-DFREE", "POOL-HANDLE", "POOL-TYPE", "POOL-UNUSED", "SPIN-HELD"],
    related: ["NdisAllocatePacketPool", "NdisAllocatePacketPoolEx", "NdisFreePacket", "NdisPacketPoolUsage"],
    example: "ndis5-packet-pool",
  },
  NdisPacketPoolUsage: {
    summary: "Tells how many packets of a pool are out.",
    parameters: { PoolHandle: POOL },
    returns: "The number of packets that were allocated and not freed; 0 for what is no live packet pool.",
    ownership: "Nothing changes hands.",
    remarks: [
      "0 means that the pool can be freed.",
      "With NDIS 6: a pool of `NdisAllocateNetBufferListPool` tells no number. A driver that needs one counts for itself.",
    ],
    decisions: ["That packets of the overflow are counted, too, is not documented. Here they are."],
    rules: ["POOL-HANDLE", "POOL-TYPE"],
    related: ["NdisAllocatePacketPoolEx", "NdisFreePacketPool"],
    example: "ndis5-packet-pool",
  },
  NdisPacketSize: {
    summary: "Tells how many bytes a packet takes, for so many reserved ones.",
    parameters: { ProtocolReservedSize: "Bytes of ProtocolReserved." },
    returns: "Bytes of one packet: its structure, the reserved bytes, the out-of-band data and the extension.",
    ownership: "Nothing changes hands.",
    remarks: [
      "Memory that a driver makes a packet in by itself has no out-of-band data that the macros find: packets come from pools.",
      "With NDIS 6: there is no such function; the members of the parameters of `NdisAllocateNetBufferListPool` say what a list has.",
    ],
    decisions: [
      "The formula is not documented. Here it is 56 bytes, the reserved ones rounded up to 8, 32 bytes of out-of-band data and 48 of extension; 0xFFFFFFFF where the sum has no room in 32 bits.",
    ],
    related: ["NdisAllocatePacketPool", "NDIS_PACKET"],
    example: "ndis5-packet-pool",
  },
  NdisGetPoolFromPacket: {
    summary: "Tells which pool a packet came from.",
    parameters: { Packet: "A packet of a pool." },
    returns: "The handle of the pool: the member Private.Pool.",
    ownership: "Nothing changes hands.",
    remarks: [
      "An intermediate driver asks this of a packet that comes back, to see whether it is one of its own to free or one that it was given.",
      "With NDIS 6: `NdisGetPoolFromNetBufferList`.",
    ],
    rules: ["PKT-NOTPOOL"],
    related: ["NdisAllocatePacket", "NdisFreePacket", "NDIS_PACKET_PRIVATE"],
    example: "ndis5-packet-pool-with-overflow",
  },
  NdisAllocatePacket: {
    summary: "Takes a packet from a pool.",
    parameters: { Status: STATUS, Packet: PACKET, PoolHandle: POOL },
    ownership: PACKET_OWNERSHIP,
    failure: NO_PACKET,
    remarks: [
      "All of it is zero, ProtocolReserved, out-of-band data and extension included, but for its pool, its protocol id, its flags and the offset of the out-of-band data.",
      "No spin lock is held. Who holds one uses the Dpr forms.",
      "With NDIS 6: `NdisAllocateNetBufferAndNetBufferList` makes the list with its NET_BUFFER, and takes the chain at once.",
    ],
    decisions: [
      "What is at Packet after a failure is documented for the Dpr forms only: NULL, as here.",
      "Whether the counts of a new packet are valid is not documented. Here they are: it has no descriptor, and all three are 0.",
    ],
    rules: [...ALLOCATE_RULES, "SPIN-HELD"],
    related: [
      "NdisFreePacket",
      "NdisReinitializePacket",
      "NdisChainBufferAtFront",
      "NdisDprAllocatePacket",
      "NDIS_PACKET",
    ],
    example: "ndis5-packet-pool",
  },
  NdisDprAllocatePacket: {
    summary: "Takes a packet from a pool, for code that runs at DISPATCH_LEVEL anyway.",
    parameters: { Status: STATUS, Packet: PACKET, PoolHandle: POOL },
    ownership: PACKET_OWNERSHIP,
    failure: NO_PACKET,
    remarks: [
      "As `NdisAllocatePacket`, and quicker on Windows, which need not raise the IRQL for the lock of the pool. Below DISPATCH_LEVEL that lock would not protect it.",
      "Freed with `NdisDprFreePacket` or `NdisFreePacket`.",
      "With NDIS 6: `NdisAllocateNetBufferAndNetBufferList`, at any IRQL up to DISPATCH_LEVEL.",
    ],
    rules: ALLOCATE_RULES,
    related: ["NdisAllocatePacket", "NdisDprFreePacket", "NdisDprAllocatePacketNonInterlocked"],
    example: "ndis5-packets-in-a-dpc",
  },
  NdisDprAllocatePacketNonInterlocked: {
    summary: "Takes a packet from a pool at DISPATCH_LEVEL, without the lock of the pool.",
    parameters: { Status: STATUS, Packet: PACKET, PoolHandle: POOL },
    ownership: `${PACKET_OWNERSHIP} It is freed with \`NdisDprFreePacketNonInterlocked\`.`,
    failure: NO_PACKET,
    remarks: [
      "The driver holds a spin lock of its own around every use of the pool, allocations and frees alike.",
      "While the driver unloads any free function will do, as nobody else uses the pool any more.",
      "With NDIS 6: `NdisAllocateNetBufferAndNetBufferList`; NDIS takes care of the pool itself.",
    ],
    rules: ALLOCATE_RULES,
    related: ["NdisDprFreePacketNonInterlocked", "NdisDprAllocatePacket", "NdisAcquireSpinLock"],
    example: "ndis5-packets-in-a-dpc",
  },
  NdisFreePacket: {
    summary: "Gives a packet back to its pool.",
    parameters: {
      Packet:
        "A packet that the caller allocated and has again. One of another driver is completed or returned instead.",
    },
    ownership: FREE,
    remarks: [
      "The descriptors are taken off before, with `NdisUnchainBufferAtFront`, or freed one by one.",
      "A driver that needs a packet soon again keeps it and calls `NdisReinitializePacket`, which is quicker.",
      "No spin lock is held.",
      "With NDIS 6: `NdisFreeNetBufferList`, which frees the NET_BUFFER that the list brought along, and no MDL.",
    ],
    decisions: [
      "Of a packet that was freed while it was chained the descriptors stay as they are; PKT-BUFLEFT names them.",
    ],
    rules: [...FREE_RULES, "PKT-NONINTPAIR", "SPIN-HELD"],
    related: ["NdisAllocatePacket", "NdisUnchainBufferAtFront", "NdisReinitializePacket", "NdisDprFreePacket"],
    example: "ndis5-packet-pool",
  },
  NdisDprFreePacket: {
    summary: "Gives a packet back to its pool, for code that runs at DISPATCH_LEVEL anyway.",
    parameters: { Packet: "A packet of `NdisDprAllocatePacket` or `NdisAllocatePacket`." },
    ownership: FREE,
    remarks: [
      "As `NdisFreePacket`; below DISPATCH_LEVEL drivers call that one.",
      "With NDIS 6: `NdisFreeNetBufferList`, at any IRQL up to DISPATCH_LEVEL.",
    ],
    rules: [...FREE_RULES, "PKT-NONINTPAIR"],
    related: ["NdisDprAllocatePacket", "NdisFreePacket"],
    example: "ndis5-packets-in-a-dpc",
  },
  NdisDprFreePacketNonInterlocked: {
    summary: "Gives a packet back to its pool at DISPATCH_LEVEL, without the lock of the pool.",
    parameters: { Packet: "A packet of `NdisDprAllocatePacketNonInterlocked`." },
    ownership: FREE,
    remarks: [
      "Under the same spin lock of the driver as every other use of the pool.",
      "With NDIS 6: `NdisFreeNetBufferList`; NDIS takes care of the pool itself.",
    ],
    decisions: [
      "That a packet of `NdisAllocatePacket` is freed with this is not reported, since the lock around it may well be there.",
    ],
    rules: FREE_RULES,
    related: ["NdisDprAllocatePacketNonInterlocked", "NdisDprFreePacket"],
    example: "ndis5-packets-in-a-dpc",
  },
  NdisGetReceivedPacket: {
    summary: "Finds the packet behind what a protocol's ProtocolReceive is called with, for its out-of-band data.",
    parameters: {
      NdisBindingHandle: "The binding. It is not looked at here.",
      MacContext: "The context that ProtocolReceive was called with.",
    },
    returns: "The packet that the miniport is indicating; NULL when there is none.",
    ownership:
      "The packet stays the miniport's. Several protocols see it at the same time, so it is only read, and only until ProtocolReceive returns.",
    remarks: [
      "The original of a packet that an intermediate driver passed up is `NDIS_GET_ORIGINAL_PACKET` of what this returns.",
      "With NDIS 6: a protocol gets whole lists, which the miniport indicates with NdisMIndicateReceiveNetBufferLists.",
    ],
    decisions: [
      "No document says what comes back when the indication has no packet. It is NULL here. Since no protocol of NDIS 5 can be loaded, drivers in C always get NULL; a host indicates a packet with `machine.receivedPackets`.",
    ],
    related: ["NDIS_GET_ORIGINAL_PACKET", "NDIS_OOB_DATA_FROM_PACKET"],
    example: "ndis5-received-packet",
  },
} as const satisfies DdiPages;

import { NDIS_PACKET_PRIVATE } from "../layout/packet.js";
import type { MdlChains } from "../mdl/mdl-chain.js";
import type { Address } from "../memory/address.js";
import type { Memory } from "../memory/memory.js";

const HEAD = NDIS_PACKET_PRIVATE.offset.Head >>> 2;
const TAIL = NDIS_PACKET_PRIVATE.offset.Tail >>> 2;
const VALID_COUNTS = NDIS_PACKET_PRIVATE.offset.ValidCounts;

/**
 * The descriptors of a packet, from Private.Head to Private.Tail. What hangs on the Next of a descriptor that is
 * chained comes along. Any IRQL; nothing is synchronised.
 */
export class PacketChains {
  constructor(
    private readonly memory: Memory,
    private readonly chains: MdlChains,
  ) {}

  /** NdisChainBufferAtFront: `buffer` and what follows it come before what the packet had. */
  atFront(packet: Address, buffer: Address): void {
    const u32 = this.memory.u32;
    const p = packet >>> 2;
    const last = this.chains.last(buffer);
    if (u32[p + HEAD] === 0) u32[p + TAIL] = last;
    u32[last >>> 2] = u32[p + HEAD];
    u32[p + HEAD] = buffer;
    this.memory.u8[packet + VALID_COUNTS] = 0;
  }

  /** NdisChainBufferAtBack: `buffer` and what follows it come after Private.Tail, which is believed. */
  atBack(packet: Address, buffer: Address): void {
    const u32 = this.memory.u32;
    const p = packet >>> 2;
    if (u32[p + HEAD] !== 0) u32[u32[p + TAIL] >>> 2] = buffer;
    else u32[p + HEAD] = buffer;
    u32[p + TAIL] = this.chains.last(buffer);
    this.memory.u8[packet + VALID_COUNTS] = 0;
  }
}

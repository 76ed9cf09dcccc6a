import { POOL } from "../layout/pool.js";
import type { Address, Handle } from "../memory/address.js";
import { readField } from "../memory/fields.js";
import type { Ndis } from "./ndis.js";
import { count, NdisError, outOfMemory } from "./ndis-error.js";
import { Packet } from "./packet.js";
import { Pool } from "./pool.js";
import { SlotTable } from "./slot-table.js";

/** A pool of NDIS 5 packets, from `Ndis.createPacketPool`. */
export class PacketPool extends Pool<Packet> {
  /** Bytes that each packet reserves for the protocol. */
  readonly reservedLength: number;
  protected readonly slots: SlotTable<Packet>;

  /** @internal */
  constructor(ndis: Ndis, handle: Handle) {
    super(ndis, handle, "packet", "NDIS_PACKET");
    this.reservedLength = this.read("ReservedLength");
    this.slots = new SlotTable(readField(ndis.machine.memory, POOL, handle, "SlotSize"));
  }

  /** Packets it gives at once, those of the overflow too. */
  get limit(): number {
    return this.read("Limit");
  }

  /**
   * NdisAllocatePacket: an empty packet, all of it zero.
   * @throws NdisError `POOL-EXHAUST` when all packets are out, `NDIS_STATUS_RESOURCES`, `POOL-HANDLE`
   */
  allocate(): Packet {
    const address = this.machine.packetPools.allocate(this.handle);
    return this.slots.get(address) ?? this.firstTime(address);
  }

  /** @internal */
  at(address: Address): Packet {
    return this.slots.get(address) ?? this.slots.set(address, new Packet(this, address));
  }

  /** No address, because there is no packet, or one whose object is still to be made. */
  private firstTime(address: Address): Packet {
    if (address !== 0) return this.at(address);
    this.checkUsable();
    if (this.live === this.limit)
      throw new NdisError(
        "POOL-EXHAUST",
        `The packet pool was made for ${count(this.limit, "packet")}, and ${this.live} are out.`,
      );
    throw outOfMemory("a packet");
  }
}

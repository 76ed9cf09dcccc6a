import type { Address, Handle } from "../memory/address.js";

/**
 * The packets that a miniport is indicating, by the context that ProtocolReceive gets: what NdisGetReceivedPacket
 * finds. They belong to the miniport, and who finds one only reads it, until the indication returns.
 */
export class ReceivedPackets {
  private readonly packets = new Map<Handle, Address>();

  /** Runs an indication during which the packet can be found. */
  during<T>(context: Handle, packet: Address, indication: () => T): T {
    const before = this.packets.get(context);
    this.packets.set(context, packet);
    try {
      return indication();
    } finally {
      if (before === undefined) this.packets.delete(context);
      else this.packets.set(context, before);
    }
  }

  /** NdisGetReceivedPacket: NULL when nothing is indicated under that context, or not as a packet. */
  find(context: Handle): Address {
    return this.packets.get(context) ?? 0;
  }
}

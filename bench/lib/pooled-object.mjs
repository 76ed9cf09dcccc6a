// What a JavaScript programmer would write in place of a NET_BUFFER: an object with the same fields, and a pool of them.

const LIVE = 0x4e420003;

/** A pointer to nothing. @type {object | null} */
const NOTHING = null;

/** A packet's fields: those of a NET_BUFFER and of its MDL. */
export class Packet {
  static made = 0;
  serial = Packet.made++;
  bytes = new Uint8Array(2048);
  /** The next free one of its pool. @type {Packet | null} */
  next = null;
  constructor() {
    this.reset();
  }

  /** Writes every field again. */
  reset() {
    this.state = LIVE;
    this.following = NOTHING;
    this.current = this.bytes;
    this.currentOffset = 0;
    this.dataLength = 0;
    this.chain = this.bytes;
    this.dataOffset = 0;
    this.checksumBias = 0;
    this.pool = 1;
    this.retreats = NOTHING;
    this.protocol0 = 0;
    this.protocol1 = 0;
    this.protocol2 = 0;
    this.protocol3 = 0;
    this.protocol4 = 0;
    this.protocol5 = 0;
    this.miniport0 = 0;
    this.miniport1 = 0;
    this.miniport2 = 0;
    this.miniport3 = 0;
    this.physicalLow = 0;
    this.physicalHigh = 0;
    this.shared = NOTHING;
    this.mdlNext = NOTHING;
    this.mdlFlags = 4;
    this.mdlProcess = NOTHING;
    this.mdlCount = 2048;
    this.mdlOffset = 0;
    return this;
  }
}

/** A free list through the objects, with the counters and the check that a pool of NDIS has. */
export class ObjectPool {
  /** @type {Packet | null} */
  firstFree = null;
  live = 0;
  peak = 0;
  allocations = 0;

  allocate() {
    let packet = this.firstFree;
    if (packet === null) packet = new Packet();
    else this.firstFree = packet.next;
    if (++this.live > this.peak) this.peak = this.live;
    this.allocations++;
    return packet.reset();
  }

  /** @param {Packet} packet @returns {boolean} false when it is not alive */
  free(packet) {
    if (packet.state !== LIVE) return false;
    packet.state = 0;
    packet.next = this.firstFree;
    this.firstFree = packet;
    this.live--;
    return true;
  }
}

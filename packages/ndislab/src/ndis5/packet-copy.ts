import type { Mappings } from "../mdl/mappings.js";
import { mdlByteCount, mdlNext } from "../mdl/mdl.js";
import type { MdlChains } from "../mdl/mdl-chain.js";
import type { Address } from "../memory/address.js";
import type { Memory } from "../memory/memory.js";
import type { PacketChains } from "./packet-chain.js";

/** NdisCopyFromPacketToPacket and its Safe form: bytes of one packet's chain to another's. */
export class PacketCopies {
  constructor(
    private readonly memory: Memory,
    private readonly mappings: Mappings,
    private readonly chains: MdlChains,
    private readonly packetChains: PacketChains,
  ) {}

  /**
   * Copies until `length`, the source's bytes or the destination's end, and returns the bytes copied: 0 when an offset
   * lies at or behind the end. No length and no out-of-band data of either packet changes.
   * @throws MappingFault when a descriptor of theirs cannot be mapped
   */
  copy(destination: Address, destinationOffset: number, length: number, source: Address, sourceOffset: number): number {
    return this.between(destination, destinationOffset, length, source, sourceOffset, false);
  }

  /** As `copy`; nothing is copied when a descriptor cannot be mapped. */
  copySafe(
    destination: Address,
    destinationOffset: number,
    length: number,
    source: Address,
    sourceOffset: number,
  ): number {
    return this.between(destination, destinationOffset, length, source, sourceOffset, true);
  }

  private between(
    destination: Address,
    destinationOffset: number,
    length: number,
    source: Address,
    sourceOffset: number,
    safe: boolean,
  ): number {
    const to = this.packetChains.head(destination);
    const from = this.packetChains.head(source);
    const bytes = Math.min(
      length,
      this.chains.byteLength(from) - sourceOffset,
      this.chains.byteLength(to) - destinationOffset,
    );
    if (bytes <= 0 || !this.mapped(from, sourceOffset, bytes, safe) || !this.mapped(to, destinationOffset, bytes, safe))
      return 0;
    return this.memory.helper.copyChain(to, destinationOffset, from, sourceOffset, bytes) >>> 0;
  }

  /** Maps every descriptor that has any of these bytes of a chain: all of them first, so that no copy is half done. */
  private mapped(chain: Address, offset: number, length: number, safe: boolean): boolean {
    let start = 0;
    for (let mdl = chain; mdl !== 0 && start < offset + length; mdl = mdlNext(this.memory, mdl)) {
      const end = start + mdlByteCount(this.memory, mdl);
      if (end > offset && end > start) {
        if (!safe) this.mappings.mapOrBugCheck(mdl);
        else if (this.mappings.map(mdl) === 0) return false;
      }
      start = end;
    }
    return true;
  }
}

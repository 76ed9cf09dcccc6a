import type { Machine } from "../ddi/machine.js";
import { NDIS_PACKET, NDIS_PACKET_OOB_DATA, NDIS_PER_PACKET_INFO } from "../layout/packet.js";
import { type Address, hexAddress } from "../memory/address.js";
import { PACKET_LIVE } from "../ndis5/packet-pools.js";
import { DISPOSE } from "./dispose.js";
import type { Mdl } from "./mdl.js";
import { checkCount, NdisError } from "./ndis-error.js";
import type { PacketPool } from "./packet-pool.js";
import type { Slot } from "./pool.js";
import { View } from "./view.js";

const FLAGS = NDIS_PACKET.offset["Private.Flags"] >>> 2;
const RESERVED = NDIS_PACKET.offset.ProtocolReserved;
const OOB = NDIS_PACKET_OOB_DATA.offset;
const INFO_SLOTS = NDIS_PER_PACKET_INFO.values.MaxPerPacketInfo;

/**
 * A packet of NDIS 5: a chain of descriptors, and what travels with them. From `PacketPool.allocate`; whoever allocated
 * it frees it. There is one object for each slot of a pool, used again with the slot, as with `NetBuffer`.
 */
export class Packet implements Disposable, Slot {
  private readonly machine: Machine;
  private at: Address;
  private readonly view = new View();

  /** @internal */
  constructor(
    readonly pool: PacketPool,
    address: Address,
  ) {
    this.machine = pool.machine;
    this.at = address;
  }

  /** Where the NDIS_PACKET lies, for the DDI face. */
  get address(): Address {
    return this.at;
  }

  /** False once it was freed. */
  get live(): boolean {
    return this.machine.packetPools.stateOf(this.at) === PACKET_LIVE;
  }

  /** Bytes of all descriptors, counted now. */
  get length(): number {
    return this.machine.chains.byteLength(this.machine.packetChains.head(this.use()));
  }

  /** The first descriptor; `Mdl.next` leads on, without garbage. */
  get first(): Mdl | undefined {
    const head = this.machine.packetChains.head(this.use());
    return head === 0 ? undefined : this.pool.ndis.mdlAt(head);
  }

  /** All descriptors, in order. */
  get buffers(): Iterable<Mdl> {
    return chainFrom(this.first);
  }

  /** The bytes of the packet in the pieces that its descriptors have of them, no copy. */
  *segments(): Generator<Uint8Array<ArrayBuffer>, void> {
    for (let mdl = this.first; mdl !== undefined; mdl = mdl.next) if (mdl.length > 0) yield mdl.data;
  }

  /**
   * NdisChainBufferAtFront: a descriptor, and what follows it, comes before those of the packet. It stays its owner's.
   * @throws NdisError `CHAIN-ALREADY` when the packet has it, `POOL-HANDLE`, `BUF-NOTPOOL`
   */
  prepend(buffer: Mdl): void {
    this.machine.packetChains.atFront(this.use(), this.addressToChain(buffer));
  }

  /** NdisChainBufferAtBack: as `prepend`, behind those of the packet. */
  append(buffer: Mdl): void {
    this.machine.packetChains.atBack(this.use(), this.addressToChain(buffer));
  }

  /** NdisUnchainBufferAtFront: takes the first descriptor off, alone. */
  shift(): Mdl | undefined {
    const address = this.machine.packetChains.takeFront(this.use());
    return address === 0 ? undefined : this.pool.ndis.mdlAt(address);
  }

  /** NdisUnchainBufferAtBack: takes the last descriptor off. */
  pop(): Mdl | undefined {
    this.machine.packetChains.recalculate(this.use());
    const address = this.machine.packetChains.takeBack(this.at);
    return address === 0 ? undefined : this.pool.ndis.mdlAt(address);
  }

  /**
   * NdisCopyFromPacketToPacketSafe: bytes of `source` from `sourceOffset` on to `offset` of this one, until `length`,
   * the source or this packet ends; how many that were. No descriptor changes its length.
   * @throws NdisError `POOL-HANDLE` for a packet of another machine
   */
  copyFrom(source: Packet, sourceOffset = 0, offset = 0, length = 0xffff_ffff): number {
    checkCount(sourceOffset, "An offset");
    checkCount(offset, "An offset");
    checkCount(length, "A length");
    if (source.machine !== this.machine)
      throw new NdisError("POOL-HANDLE", "The packet to copy from is one of another machine.");
    return this.machine.packetCopies.copySafe(this.use(), offset, length, source.use(), sourceOffset);
  }

  /** The bytes that the pool reserves for the protocol, no copy: the same view as long as the pool lives. */
  get reserved(): Uint8Array<ArrayBuffer> {
    return this.view.over(this.machine.memory, this.use() + RESERVED, this.pool.reservedLength);
  }

  /** Private.Flags: NDIS_FLAGS_… and the protocol's id. */
  get flags(): number {
    return this.machine.memory.u32[(this.use() >>> 2) + FLAGS];
  }

  set flags(flags: number) {
    this.machine.memory.u32[(this.use() >>> 2) + FLAGS] = flags;
  }

  /** An NDIS_STATUS: NDIS_GET_PACKET_STATUS. */
  get status(): number {
    return this.machine.memory.u32[this.oobWord(OOB.Status)];
  }

  set status(status: number) {
    this.machine.memory.u32[this.oobWord(OOB.Status)] = status;
  }

  /** Bytes of the header that lies in the first descriptor: NDIS_GET_PACKET_HEADER_SIZE. */
  get headerSize(): number {
    return this.machine.memory.u32[this.oobWord(OOB.HeaderSize)];
  }

  set headerSize(size: number) {
    checkCount(size, "A header's size");
    this.machine.memory.u32[this.oobWord(OOB.HeaderSize)] = size;
  }

  /** In units of 100 ns, 64 bits: NDIS_GET_PACKET_TIME_TO_SEND, and the time sent once it was. */
  get timeToSend(): bigint {
    return this.machine.packetInfo.time(this.use(), OOB.TimeToSend);
  }

  set timeToSend(time: bigint) {
    this.machine.packetInfo.setTime(this.use(), OOB.TimeToSend, time);
  }

  /** NDIS_GET_PACKET_TIME_RECEIVED. */
  get timeReceived(): bigint {
    return this.machine.packetInfo.time(this.use(), OOB.TimeReceived);
  }

  set timeReceived(time: bigint) {
    this.machine.packetInfo.setTime(this.use(), OOB.TimeReceived, time);
  }

  /** NDIS_PER_PACKET_INFO_FROM_PACKET. @param id one of NDIS_PER_PACKET_INFO @throws NdisError `NDIS_STATUS_INVALID_PARAMETER` */
  info(id: number): number {
    return this.machine.memory.u32[this.infoWord(id)];
  }

  setInfo(id: number, value: number): void {
    this.machine.memory.u32[this.infoWord(id)] = value;
  }

  /** NdisIMCopySendPerPacketInfo: all infos of `source`. @throws NdisError `POOL-HANDLE` */
  copyInfoFrom(source: Packet): void {
    if (source.machine !== this.machine)
      throw new NdisError("POOL-HANDLE", "The packet to copy from is one of another machine.");
    this.machine.packetInfo.copyExtension(this.use(), source.use());
  }

  /**
   * NdisFreePacket: back to the pool.
   * @throws NdisError `PKT-DFREE`; `PKT-BUFLEFT` while descriptors are chained, which the packet does not own
   */
  free(): void {
    if (!this.live) throw new NdisError("PKT-DFREE", `The packet at ${hexAddress(this.at)} was freed already.`);
    if (this.machine.packetChains.head(this.at) !== 0)
      throw new NdisError(
        "PKT-BUFLEFT",
        `The packet at ${hexAddress(this.at)} cannot be freed with descriptors chained; take them off with shift() or pop().`,
      );
    this.machine.packetPools.free(this.at);
  }

  /** As `free`. */
  [DISPOSE](): void {
    this.free();
  }

  /** @internal */
  retire(): void {
    this.at = 0;
  }

  /** Its address, once it is known to be alive. */
  private use(): Address {
    if (!this.live)
      throw new NdisError("PKT-NOTPOOL", `The packet at ${hexAddress(this.at)} is used after it was freed.`);
    return this.at;
  }

  private addressToChain(buffer: Mdl): Address {
    const first = this.pool.ndis.addressOfMdl(buffer);
    const { u32 } = this.machine.memory;
    for (let mdl = this.machine.packetChains.head(this.use()); mdl !== 0; mdl = u32[mdl >>> 2])
      for (let added = first; added !== 0; added = u32[added >>> 2])
        if (mdl === added)
          throw new NdisError("CHAIN-ALREADY", `The descriptor at ${hexAddress(mdl)} is in the packet already.`);
    return first;
  }

  private oobWord(member: number): number {
    return (this.machine.packetInfo.oob(this.use()) + member) >>> 2;
  }

  private infoWord(id: number): number {
    checkCount(id, "An info's number");
    if (id >= INFO_SLOTS)
      throw new NdisError(
        "NDIS_STATUS_INVALID_PARAMETER",
        `A packet has ${INFO_SLOTS} infos, and none is number ${id}.`,
      );
    return this.machine.packetInfo.slot(this.use(), id) >>> 2;
  }
}

function* chainFrom(first: Mdl | undefined): Generator<Mdl, void> {
  for (let mdl = first; mdl !== undefined; mdl = mdl.next) yield mdl;
}

import type { DdiName } from "../ddi/table.js";
import { MDL } from "../layout/mdl.js";
import { NDIS_PACKET, NDIS_PACKET_EXTENSION, NDIS_PACKET_OOB_DATA } from "../layout/packet.js";
import { POOL } from "../layout/pool.js";
import { mdlByteCount, mdlSpanPages } from "../mdl/mdl.js";
import { type Address, hexAddress } from "../memory/address.js";
import { PACKET_LIVE } from "../ndis5/packet-pools.js";
import { leftAt, packetOf } from "./buffer-checks.js";
import { chainLength, LONGEST_CHAIN, namedText } from "./chain-checks.js";
import { KIND } from "./ledger.js";
import { poolOf } from "./pool-checks.js";
import type { Verifier } from "./verifier.js";
import { whereabouts } from "./whereabouts.js";

const PRIVATE = NDIS_PACKET.offset;
const PHYSICAL_COUNT = PRIVATE["Private.PhysicalCount"] >>> 2;
const TOTAL_LENGTH = PRIVATE["Private.TotalLength"] >>> 2;
const COUNT = PRIVATE["Private.Count"] >>> 2;
const TAIL = PRIVATE["Private.Tail"] >>> 2;
const VALID_COUNTS = PRIVATE["Private.ValidCounts"];
const OOB_OFFSET = PRIVATE["Private.NdisPacketOobOffset"] >>> 1;

/** Bytes from the start of the out-of-band data to the end of the extension. */
const BESIDE = NDIS_PACKET_OOB_DATA.size + NDIS_PACKET_EXTENSION.size;

/** True for a live packet of another driver or of the host, which the ledger does not know. */
export function isForeignPacket(v: Verifier, packet: Address): boolean {
  const { memory, nonpaged, packetPools, pools } = v.machine;
  return (
    (packet & 7) === 0 &&
    memory.contains(packet, NDIS_PACKET.size) &&
    nonpaged.isSystem(packet) &&
    packetPools.stateOf(packet) === PACKET_LIVE &&
    pools.kindOf(packetPools.ownerOf(packet)) === "packet"
  );
}

/**
 * PKT-NOTPOOL, once for each address: whether `packet` can be worked with. That it can where it is one of the driver's
 * own making; one that was freed is left alone.
 */
export function checkIsPacket(v: Verifier, ddi: DdiName, packet: Address): boolean {
  const { ledger, machine } = v;
  if (ledger.isLive(packet, KIND.packet) || isForeignPacket(v, packet)) return true;
  const freed = ledger.wasFreed(packet, KIND.packet);
  if (!v.broken.has(packet))
    v.report(
      "PKT-NOTPOOL",
      freed
        ? `${ddi}: packet ${hexAddress(packet)} was freed at ${v.place(ledger.freeSite(packet))}; use it only while it is yours.`
        : `${ddi}: ${hexAddress(packet)} is not a live packet of a pool but ${whereabouts(v, packet)}; get one from NdisAllocatePacket.`,
      { object: packet, kind: "NDIS_PACKET", allocationSite: freed ? ledger.allocationSite(packet) : 0 },
    );
  v.broken.add(packet);
  return !freed && machine.memory.contains(packet, NDIS_PACKET.size);
}

/** `checkIsPacket`, and CHAIN-CYCLE: whether the packet's chain can be walked. */
export const checkPacket = (v: Verifier, ddi: DdiName, packet: Address): boolean =>
  checkIsPacket(v, ddi, packet) && chainLength(v, ddi, v.machine.packetChains.head(packet)) >= 0;

/** CHAIN-TAIL, after which Tail is right. The chain is one that ends. */
export function checkTail(v: Verifier, ddi: DdiName, packet: Address): void {
  const { memory, chains, packetChains } = v.machine;
  const head = packetChains.head(packet);
  if (head === 0) return; // a Tail without Head stands for nothing
  const tail: Address = memory.u32[(packet >>> 2) + TAIL];
  const last = chains.last(head);
  if (tail === last) return;
  memory.u32[(packet >>> 2) + TAIL] = last;
  v.report(
    "CHAIN-TAIL",
    `${ddi}: Tail of packet ${hexAddress(packet)} is ${hexAddress(tail)}, and the last descriptor of its chain ${hexAddress(last)}; call NdisRecalculatePacketCounts after editing a chain by hand.`,
    { object: packet, kind: "NDIS_PACKET", allocationSite: v.ledger.allocationSite(packet) },
  );
}

/** CHAIN-COUNTS, after which the counts are made again. The chain is one that ends. */
export function checkCounts(v: Verifier, ddi: DdiName, packet: Address): void {
  const { memory, packetChains } = v.machine;
  if (memory.u8[packet + VALID_COUNTS] === 0) return;
  const { u32 } = memory;
  const p = packet >>> 2;
  let pages = 0;
  let bytes = 0;
  let count = 0;
  for (let mdl = packetChains.head(packet); mdl !== 0; mdl = u32[mdl >>> 2]) {
    pages += mdlSpanPages(memory, mdl);
    bytes += mdlByteCount(memory, mdl);
    count++;
  }
  if (u32[p + PHYSICAL_COUNT] === pages && u32[p + TOTAL_LENGTH] === bytes >>> 0 && u32[p + COUNT] === count) return;
  memory.u8[packet + VALID_COUNTS] = 0;
  v.report(
    "CHAIN-COUNTS",
    `${ddi}: packet ${hexAddress(packet)} says ${u32[p + COUNT]} descriptors, ${u32[p + TOTAL_LENGTH]} bytes, ${u32[p + PHYSICAL_COUNT]} pages, and its chain has ${count}, ${bytes}, ${pages}; set NDIS_PACKET_VALID_COUNTS to FALSE when a chain or a length changes.`,
    { object: packet, kind: "NDIS_PACKET", allocationSite: v.ledger.allocationSite(packet) },
  );
}

/**
 * The driver's descriptors in the chain of a packet that no other packet has: those chained to it, or by hand. A chain
 * that does not end is followed as far as it makes sense.
 */
export function descriptorsOf(v: Verifier, packet: Address): Address[] {
  const { memory, packetChains } = v.machine;
  const own: Address[] = [];
  let steps = 0;
  for (
    let mdl = packetChains.head(packet);
    memory.contains(mdl, MDL.size) && steps++ < LONGEST_CHAIN;
    mdl = memory.u32[mdl >>> 2]
  ) {
    const holder = v.ledger.isLive(mdl, KIND.buffer) ? packetOf(v, mdl) : -1;
    if (holder === packet || holder === 0) own.push(mdl);
  }
  return own;
}

/** PKT-BUFLEFT of a packet that is freed. What it names is no leak of its own afterwards. */
export function checkNothingLeft(v: Verifier, ddi: DdiName, packet: Address): void {
  const left = v.machine.packetChains.head(packet) === 0 ? [] : descriptorsOf(v, packet);
  if (left.length === 0) return;
  for (const buffer of left) {
    v.ledger.setValue(buffer, 0);
    v.broken.add(buffer);
  }
  const one = left.length === 1;
  v.report(
    "PKT-BUFLEFT",
    `${ddi}: packet ${hexAddress(packet)} is freed with ${one ? "a descriptor" : `${left.length} descriptors`} chained: ${namedText(left)}. ${one ? "It leaks; unchain and free it" : "They leak; unchain and free them"} first.`,
    { object: packet, kind: "NDIS_PACKET", allocationSite: v.ledger.allocationSite(packet) },
  );
}

/** PKT-BUFLEFT of a descriptor that leaks because its packet was reinitialised with it. False when that is not why. */
export function reportLeft(v: Verifier, buffer: Address): boolean {
  const site = leftAt(v, buffer);
  if (site < 0) return false;
  v.report(
    "PKT-BUFLEFT",
    `NdisReinitializePacket: descriptor ${hexAddress(buffer)} of pool ${hexAddress(poolOf(v, buffer, "buffer"))} was chained to the packet and was never freed; unchain the descriptors first and keep them.`,
    { object: buffer, at: v.locationOf(site), allocationSite: v.ledger.allocationSite(buffer) },
  );
  return true;
}

/** PKT-NOOOB: whether the packet's out-of-band data is where its pool has put it. */
export function checkOob(v: Verifier, ddi: DdiName, packet: Address): boolean {
  const { memory, packetPools } = v.machine;
  if (!checkIsPacket(v, ddi, packet)) return false;
  const offset = memory.u16[(packet >>> 1) + OOB_OFFSET];
  const pooled = v.ledger.isLive(packet, KIND.packet) || isForeignPacket(v, packet);
  const right = pooled ? memory.u32[(packetPools.ownerOf(packet) + POOL.offset.OobOffset) >>> 2] : 0;
  if (pooled ? offset === right : offset !== 0 && memory.contains(packet + offset, BESIDE)) return true;
  v.report(
    "PKT-NOOOB",
    `${ddi}: NdisPacketOobOffset of packet ${hexAddress(packet)} is ${offset}${pooled ? ` and was ${right}` : ""}, so there is no out-of-band data; use packets of NdisAllocatePacket and leave that member alone.`,
    { object: packet, kind: "NDIS_PACKET", allocationSite: v.ledger.allocationSite(packet) },
  );
  return false;
}

import type { DdiName } from "../ddi/table.js";
import { mdlByteCount } from "../mdl/mdl.js";
import { type Address, hexAddress } from "../memory/address.js";
import { checkHeader, markLeft, packetOf } from "./buffer-checks.js";
import { chainLength, positionIn } from "./chain-checks.js";
import type { Guards } from "./guards.js";
import { KIND } from "./ledger.js";
import { checkNoLockHeld } from "./lock-checks.js";
import { checkMapping } from "./mapping-checks.js";
import { checkCounts, checkIsPacket, checkPacket, checkTail, descriptorsOf } from "./packet-checks.js";
import type { Verifier } from "./verifier.js";

/**
 * CHAIN-CYCLE, CHAIN-ALREADY and BUF-NOTPOOL of a chain that goes to a packet; marks its descriptors as chained there.
 * False when the packet would have no end.
 */
function checkChained(v: Verifier, ddi: DdiName, packet: Address, chain: Address): boolean {
  const { memory, packetChains } = v.machine;
  if (!checkPacket(v, ddi, packet) || chainLength(v, ddi, chain) < 0) return false;
  const head = packetChains.head(packet);
  for (let mdl = chain; mdl !== 0; mdl = memory.u32[mdl >>> 2]) {
    const position = positionIn(v, head, mdl);
    if (position < 0) continue;
    v.report(
      "CHAIN-ALREADY",
      `${ddi}: descriptor ${hexAddress(mdl)} is in packet ${hexAddress(packet)} already, at position ${position}; chain it once.`,
      { object: mdl, kind: "MDL", allocationSite: v.ledger.allocationSite(mdl) },
    );
    return false;
  }
  for (let mdl = chain; mdl !== 0; mdl = memory.u32[mdl >>> 2]) {
    if (v.ledger.isLive(mdl, KIND.buffer)) {
      checkHeader(v, ddi, mdl);
      v.ledger.setValue(mdl, packet);
    } else if (v.role === "lower")
      v.report(
        "BUF-NOTPOOL",
        `${ddi}: ${hexAddress(mdl)} is not from a buffer pool; a lower-level driver chains only descriptors of NdisAllocateBuffer. A highest-level protocol may chain other MDLs.`,
        { object: mdl, kind: "MDL", allocationSite: v.ledger.allocationSite(mdl) },
      );
  }
  return true;
}

/** Notes that the descriptor at `*buffer` is in no packet any more. */
function unchained(v: Verifier, buffer: Address): void {
  const descriptor: Address = v.machine.memory.u32[buffer >>> 2];
  if (v.ledger.isLive(descriptor, KIND.buffer)) v.ledger.setValue(descriptor, 0);
}

/** What a refused query leaves behind. */
function clear(v: Verifier, ...outputs: readonly Address[]): void {
  for (const output of outputs) if (output !== 0) v.machine.memory.u32[output >>> 2] = 0;
}

/** BUF-UNSAFE of every descriptor of a chain that has any of these bytes. */
function checkMappings(v: Verifier, chain: Address, offset: number, length: number): void {
  const { memory } = v.machine;
  let start = 0;
  for (let mdl = chain; mdl !== 0 && start < offset + length; mdl = memory.u32[mdl >>> 2]) {
    const end = start + mdlByteCount(memory, mdl);
    if (end > offset && end > start)
      checkMapping(v, "NdisCopyFromPacketToPacket", mdl, "NdisCopyFromPacketToPacketSafe");
    start = end;
  }
}

export const PACKET_CHAIN_GUARDS: Guards = {
  NdisChainBufferAtFront: (next, v) => (packet, buffer) => {
    if (checkChained(v, "NdisChainBufferAtFront", packet, buffer)) next(packet, buffer);
  },
  NdisChainBufferAtBack: (next, v) => (packet, buffer) => {
    if (!checkChained(v, "NdisChainBufferAtBack", packet, buffer)) return;
    checkTail(v, "NdisChainBufferAtBack", packet);
    next(packet, buffer);
  },
  NdisUnchainBufferAtFront: (next, v) => (packet, buffer) => {
    if (!checkPacket(v, "NdisUnchainBufferAtFront", packet)) {
      clear(v, buffer);
      return;
    }
    next(packet, buffer);
    unchained(v, buffer);
  },
  NdisUnchainBufferAtBack: (next, v) => (packet, buffer) => {
    if (!checkPacket(v, "NdisUnchainBufferAtBack", packet)) {
      clear(v, buffer);
      return;
    }
    checkTail(v, "NdisUnchainBufferAtBack", packet);
    next(packet, buffer);
    unchained(v, buffer);
  },
  NdisRecalculatePacketCounts: (next, v) => (packet) => {
    if (checkPacket(v, "NdisRecalculatePacketCounts", packet)) next(packet);
  },
  NdisReinitializePacket: (next, v) => (packet) => {
    if (!checkIsPacket(v, "NdisReinitializePacket", packet)) return;
    // To keep the descriptors is the caller's business: only when one leaks was it forgotten here.
    for (const buffer of descriptorsOf(v, packet)) if (packetOf(v, buffer) === packet) markLeft(v, buffer);
    next(packet);
  },
  NdisQueryPacket: (next, v) => (packet, pages, count, first, bytes) => {
    if ((pages | count | first | bytes) === 0)
      v.report(
        "PKT-QUERYNONE",
        `NdisQueryPacket: nothing is asked of packet ${hexAddress(packet)}, every pointer is NULL; leave the call out.`,
        { object: packet, kind: "NDIS_PACKET", allocationSite: v.ledger.allocationSite(packet) },
      );
    if (!checkPacket(v, "NdisQueryPacket", packet)) {
      clear(v, pages, count, first, bytes);
      return;
    }
    checkTail(v, "NdisQueryPacket", packet);
    if ((pages | count | bytes) !== 0) checkCounts(v, "NdisQueryPacket", packet);
    next(packet, pages, count, first, bytes);
  },
  NdisQueryPacketLength: (next, v) => (packet, bytes) => {
    if (!checkPacket(v, "NdisQueryPacketLength", packet)) {
      clear(v, bytes);
      return;
    }
    checkCounts(v, "NdisQueryPacketLength", packet);
    next(packet, bytes);
  },
  NdisGetFirstBufferFromPacket: (next, v) => (packet, first, address, length, total) => {
    if (!checkPacket(v, "NdisGetFirstBufferFromPacket", packet)) {
      clear(v, first, address, length, total);
      return;
    }
    const head = v.machine.packetChains.head(packet);
    checkMapping(v, "NdisGetFirstBufferFromPacket", head, "NdisGetFirstBufferFromPacketSafe");
    next(packet, first, address, length, total);
  },
  NdisGetFirstBufferFromPacketSafe: (next, v) => (packet, first, address, length, total, priority) => {
    if (checkPacket(v, "NdisGetFirstBufferFromPacketSafe", packet))
      next(packet, first, address, length, total, priority);
    else clear(v, first, address, length, total);
  },
  NdisCopyFromPacketToPacket: (next, v) => (destination, destinationOffset, length, source, sourceOffset, copied) => {
    const ddi = "NdisCopyFromPacketToPacket";
    checkNoLockHeld(v, ddi, "warn");
    if (!checkPacket(v, ddi, destination) || !checkPacket(v, ddi, source)) {
      clear(v, copied);
      return;
    }
    const { packetChains } = v.machine;
    checkMappings(v, packetChains.head(source), sourceOffset >>> 0, length >>> 0);
    checkMappings(v, packetChains.head(destination), destinationOffset >>> 0, length >>> 0);
    next(destination, destinationOffset, length, source, sourceOffset, copied);
  },
  NdisCopyFromPacketToPacketSafe:
    (next, v) => (destination, destinationOffset, length, source, sourceOffset, copied, priority) => {
      const ddi = "NdisCopyFromPacketToPacketSafe";
      checkNoLockHeld(v, ddi, "warn");
      if (checkPacket(v, ddi, destination) && checkPacket(v, ddi, source))
        next(destination, destinationOffset, length, source, sourceOffset, copied, priority);
      else clear(v, copied);
    },
};

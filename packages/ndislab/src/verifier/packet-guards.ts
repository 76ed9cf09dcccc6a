import type { DdiName } from "../ddi/table.js";
import { NDIS_PACKET_EXTENSION, NDIS_PACKET_FLAG_VALUES, NDIS_PACKET_OOB_DATA } from "../layout/packet.js";
import { NDIS_STATUS } from "../layout/status.js";
import { type Address, type Handle, hexAddress } from "../memory/address.js";
import { poolTag } from "../memory/tag.js";
import { PACKET_LIVE } from "../ndis5/packet-pools.js";
import type { Guards } from "./guards.js";
import { KIND } from "./ledger.js";
import { checkNoLockHeld } from "./lock-checks.js";
import { checkIsPacket, checkNothingLeft, checkOob, isForeignPacket } from "./packet-checks.js";
import {
  checkInitializing,
  checkPool,
  checkPoolFree,
  checkUsed,
  isOfDeadPool,
  reportExhausted,
} from "./pool-checks.js";
import type { Verifier } from "./verifier.js";
import { whereabouts } from "./whereabouts.js";

/** What the ledger keeps of a packet. */
const NON_INTERLOCKED = 1;

const RESERVED = NDIS_PACKET_FLAG_VALUES.PROTOCOL_RESERVED_SIZE_IN_PACKET;

/** SPIN-HELD, POOL-INIT, POOL-ZERO and POOL-RESLEN of a new pool. */
function checkNewPool(v: Verifier, ddi: DdiName, packets: number, reservedLength: number): void {
  checkNoLockHeld(v, ddi, "warn");
  checkInitializing(v, ddi);
  if (packets === 0)
    v.report("POOL-ZERO", `${ddi}: a pool of 0 packets can give none; ask for as many as will be out at once.`);
  if (reservedLength > RESERVED)
    v.report(
      "POOL-RESLEN",
      `${ddi}: ProtocolReservedLength is ${reservedLength}, and some platforms have ${RESERVED} bytes at most; keep in them a pointer to what does not fit.`,
    );
}

function trackPool(v: Verifier, poolHandle: Address, packets: number): void {
  const pool: Handle = v.machine.memory.u32[poolHandle >>> 2];
  if (pool === 0) return;
  v.ledger.allocated(pool, KIND.packetPool, v.site);
  v.ledger.setValue(pool, packets);
}

/** POOL-* of the pool of a new packet. True when the call can go on; else it has failed. */
function checkAllocate(v: Verifier, ddi: DdiName, status: Address, packet: Address, pool: Handle): boolean {
  if (checkPool(v, ddi, pool, "packet")) return true;
  v.machine.memory.u32[status >>> 2] = NDIS_STATUS.NDIS_STATUS_RESOURCES;
  v.machine.memory.u32[packet >>> 2] = 0;
  return false;
}

/** Enters a new packet, or says why there was none. */
function trackPacket(v: Verifier, ddi: DdiName, packet: Address, pool: Handle, facts: number): void {
  const allocated: Address = v.machine.memory.u32[packet >>> 2];
  if (allocated !== 0) {
    v.ledger.allocated(allocated, KIND.packet, v.site);
    v.ledger.setValue(allocated, facts);
    return;
  }
  v.refusedPools.add(pool);
  const live = v.machine.pools.live(pool);
  const limit = v.machine.packetPools.limitOf(pool);
  if (live === limit) reportExhausted(v, ddi, pool, "packet", limit, live);
}

/** PKT-DFREE and PKT-NOTPOOL: why `packet`, which is no live packet of the driver, is not to be freed. */
function reportFree(v: Verifier, ddi: DdiName, packet: Address): void {
  const { ledger } = v;
  if (isForeignPacket(v, packet)) {
    v.report(
      "PKT-NOTPOOL",
      `${ddi}: packet ${hexAddress(packet)} belongs to another driver; complete or return it instead of freeing.`,
      { object: packet, kind: "NDIS_PACKET" },
    );
    return;
  }
  if (!ledger.wasFreed(packet, KIND.packet)) {
    v.report(
      "PKT-NOTPOOL",
      `${ddi}: ${hexAddress(packet)} is not a packet of NdisAllocatePacket but ${whereabouts(v, packet)}; free what a pool gave.`,
      { object: packet, kind: "NDIS_PACKET" },
    );
    return;
  }
  // Out when its pool was freed: POOL-OUTSTANDING has said so.
  if (v.machine.packetPools.stateOf(packet) === PACKET_LIVE && isOfDeadPool(v, packet, "packet")) return;
  v.report(
    "PKT-DFREE",
    `${ddi}: packet ${hexAddress(packet)} was freed already, at ${v.place(ledger.freeSite(packet))}; free it once.`,
    { object: packet, allocationSite: ledger.allocationSite(packet) },
  );
}

/** PKT-NONINTPAIR: while the driver unloads nobody else uses the pool. */
function checkInterlocked(v: Verifier, ddi: DdiName, packet: Address): void {
  if ((v.ledger.value(packet) & NON_INTERLOCKED) === 0 || v.unloading) return;
  v.report(
    "PKT-NONINTPAIR",
    `${ddi}: packet ${hexAddress(packet)} comes from NdisDprAllocatePacketNonInterlocked; free it with NdisDprFreePacketNonInterlocked, under the same lock.`,
    { object: packet, allocationSite: v.ledger.allocationSite(packet) },
  );
}

/** True when the packet can be freed. */
function checkFree(v: Verifier, ddi: DdiName, packet: Address): boolean {
  if (!v.ledger.isLive(packet, KIND.packet)) {
    reportFree(v, ddi, packet);
    return false;
  }
  if (ddi !== "NdisDprFreePacketNonInterlocked") checkInterlocked(v, ddi, packet);
  checkNothingLeft(v, ddi, packet);
  v.ledger.freed(packet, v.site);
  return true;
}

/** Where the driver may write what was meant for out-of-band data that is not there. */
function harmless(v: Verifier): Address {
  v.oobDecoy ||= v.machine.nonpaged.allocate(
    NDIS_PACKET_OOB_DATA.size + NDIS_PACKET_EXTENSION.size,
    poolTag("NDob"),
    "system",
  );
  return v.oobDecoy;
}

/** Of a macro that assigns out-of-band data: nothing is assigned where there is none. */
const setting =
  <T>(ddi: DdiName) =>
  (next: (packet: Address, value: T) => void, v: Verifier) =>
  (packet: Address, value: T): void => {
    if (checkOob(v, ddi, packet)) next(packet, value);
  };

/** Of a macro that reads out-of-band data: what stands in its place is read where there is none. */
const getting =
  <T>(ddi: DdiName) =>
  (next: (packet: Address) => T, v: Verifier) =>
  (packet: Address): T => {
    checkOob(v, ddi, packet);
    return next(packet);
  };

/** Out-of-band data. From C only the first of these is called: the others stand upon it there. */
const OOB_GUARDS: Guards = {
  NDIS_OOB_DATA_FROM_PACKET: (next, v) => (packet) =>
    checkOob(v, "NDIS_OOB_DATA_FROM_PACKET", packet) ? next(packet) : harmless(v),
  NDIS_PACKET_EXTENSION_FROM_PACKET: (next, v) => (packet) =>
    checkOob(v, "NDIS_PACKET_EXTENSION_FROM_PACKET", packet) ? next(packet) : harmless(v) + NDIS_PACKET_OOB_DATA.size,
  NDIS_PER_PACKET_INFO_FROM_PACKET: (next, v) =>
    Object.assign(
      (packet: Address, id: number): number => {
        checkOob(v, "NDIS_PER_PACKET_INFO_FROM_PACKET", packet);
        return next(packet, id);
      },
      {
        set: (packet: Address, id: number, value: number): void => {
          if (checkOob(v, "NDIS_PER_PACKET_INFO_FROM_PACKET", packet)) next.set(packet, id, value);
        },
      },
    ),
  NDIS_GET_PACKET_HEADER_SIZE: getting("NDIS_GET_PACKET_HEADER_SIZE"),
  NDIS_SET_PACKET_HEADER_SIZE: setting("NDIS_SET_PACKET_HEADER_SIZE"),
  NDIS_GET_PACKET_STATUS: getting("NDIS_GET_PACKET_STATUS"),
  NDIS_SET_PACKET_STATUS: setting("NDIS_SET_PACKET_STATUS"),
  NDIS_GET_PACKET_TIME_TO_SEND: getting("NDIS_GET_PACKET_TIME_TO_SEND"),
  NDIS_SET_PACKET_TIME_TO_SEND: setting("NDIS_SET_PACKET_TIME_TO_SEND"),
  NDIS_GET_PACKET_TIME_SENT: getting("NDIS_GET_PACKET_TIME_SENT"),
  NDIS_SET_PACKET_TIME_SENT: setting("NDIS_SET_PACKET_TIME_SENT"),
  NDIS_GET_PACKET_TIME_RECEIVED: getting("NDIS_GET_PACKET_TIME_RECEIVED"),
  NDIS_SET_PACKET_TIME_RECEIVED: setting("NDIS_SET_PACKET_TIME_RECEIVED"),
  NDIS_GET_PACKET_MEDIA_SPECIFIC_INFO: (next, v) => (packet, information, size) => {
    if (v.machine.packetInfo.hasMediaInfo(packet)) checkOob(v, "NDIS_GET_PACKET_MEDIA_SPECIFIC_INFO", packet);
    next(packet, information, size);
  },
  NDIS_SET_PACKET_MEDIA_SPECIFIC_INFO: (next, v) => (packet, information, size) => {
    if (!v.machine.packetInfo.isByNdis(packet) || checkOob(v, "NDIS_SET_PACKET_MEDIA_SPECIFIC_INFO", packet))
      next(packet, information, size);
  },
  NDIS_GET_ORIGINAL_PACKET: getting("NDIS_GET_ORIGINAL_PACKET"),
  NDIS_SET_ORIGINAL_PACKET: setting("NDIS_SET_ORIGINAL_PACKET"),
  NDIS_GET_PACKET_CANCEL_ID: getting("NDIS_GET_PACKET_CANCEL_ID"),
  NDIS_SET_PACKET_CANCEL_ID: setting("NDIS_SET_PACKET_CANCEL_ID"),
  NdisIMCopySendPerPacketInfo: (next, v) => (destination, source) => {
    const ddi = "NdisIMCopySendPerPacketInfo";
    if (checkOob(v, ddi, destination) && checkOob(v, ddi, source)) next(destination, source);
  },
  NdisIMCopySendCompletePerPacketInfo: (next, v) => (destination, source) => {
    const ddi = "NdisIMCopySendCompletePerPacketInfo";
    if (checkOob(v, ddi, destination) && checkOob(v, ddi, source)) next(destination, source);
  },
};

export const PACKET_GUARDS: Guards = {
  ...OOB_GUARDS,
  NdisAllocatePacketPool: (next, v) => (status, poolHandle, packets, reservedLength) => {
    checkNewPool(v, "NdisAllocatePacketPool", packets >>> 0, reservedLength >>> 0);
    next(status, poolHandle, packets, reservedLength);
    trackPool(v, poolHandle, packets >>> 0);
  },
  NdisAllocatePacketPoolEx: (next, v) => (status, poolHandle, packets, overflow, reservedLength) => {
    const all = (packets >>> 0) + (overflow >>> 0);
    checkNewPool(v, "NdisAllocatePacketPoolEx", all, reservedLength >>> 0);
    next(status, poolHandle, packets, overflow, reservedLength);
    trackPool(v, poolHandle, all);
  },
  NdisSetPacketPoolProtocolId: (next, v) => (pool, protocolId) => {
    if (checkPool(v, "NdisSetPacketPoolProtocolId", pool, "packet")) next(pool, protocolId);
  },
  NdisFreePacketPool: (next, v) => (pool) => {
    checkNoLockHeld(v, "NdisFreePacketPool", "warn");
    if (!checkPoolFree(v, "NdisFreePacketPool", pool, "packet")) return;
    checkUsed(v, "NdisFreePacketPool", pool, "packet");
    v.ledger.freed(pool, v.site);
    next(pool);
  },
  NdisPacketPoolUsage: (next, v) => (pool) => (checkPool(v, "NdisPacketPoolUsage", pool, "packet") ? next(pool) : 0),
  NdisGetPoolFromPacket: (next, v) => (packet) =>
    checkIsPacket(v, "NdisGetPoolFromPacket", packet) ? next(packet) : 0,
  NdisAllocatePacket: (next, v) => (status, packet, pool) => {
    checkNoLockHeld(v, "NdisAllocatePacket", "warn");
    if (!checkAllocate(v, "NdisAllocatePacket", status, packet, pool)) return;
    next(status, packet, pool);
    trackPacket(v, "NdisAllocatePacket", packet, pool, 0);
  },
  NdisDprAllocatePacket: (next, v) => (status, packet, pool) => {
    if (!checkAllocate(v, "NdisDprAllocatePacket", status, packet, pool)) return;
    next(status, packet, pool);
    trackPacket(v, "NdisDprAllocatePacket", packet, pool, 0);
  },
  NdisDprAllocatePacketNonInterlocked: (next, v) => (status, packet, pool) => {
    if (!checkAllocate(v, "NdisDprAllocatePacketNonInterlocked", status, packet, pool)) return;
    next(status, packet, pool);
    trackPacket(v, "NdisDprAllocatePacketNonInterlocked", packet, pool, NON_INTERLOCKED);
  },
  NdisFreePacket: (next, v) => (packet) => {
    checkNoLockHeld(v, "NdisFreePacket", "warn");
    if (checkFree(v, "NdisFreePacket", packet)) next(packet);
  },
  NdisDprFreePacket: (next, v) => (packet) => {
    if (checkFree(v, "NdisDprFreePacket", packet)) next(packet);
  },
  NdisDprFreePacketNonInterlocked: (next, v) => (packet) => {
    if (checkFree(v, "NdisDprFreePacketNonInterlocked", packet)) next(packet);
  },
};

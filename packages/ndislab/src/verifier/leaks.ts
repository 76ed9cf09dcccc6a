import type { DdiName } from "../ddi/table.js";
import { NDIS_OID_REQUEST } from "../layout/oid-request.js";
import { POOL } from "../layout/pool.js";
import { mdlByteCount } from "../mdl/mdl.js";
import { type Address, hexAddress } from "../memory/address.js";
import { tagText } from "../memory/tag.js";
import { checkOverrun, freeFunctionOfBlock } from "./block-notes.js";
import { freeFunctionOfList } from "./derived-checks.js";
import { reportGenericLeaks } from "./generic-object-guards.js";
import { KIND, type Kind, OBJECT_KINDS } from "./ledger.js";
import { reportListLeaks } from "./lookaside-checks.js";
import { freeFunctionOf } from "./mdl-guards.js";
import { reportNextLeft } from "./net-buffer-list-checks.js";
import { descriptorsOf, reportLeft } from "./packet-checks.js";
import { POOL_FACTS, poolOf } from "./pool-checks.js";
import type { RuleId } from "./rule.js";
import type { Verifier } from "./verifier.js";

/** What is said of a leaked object, and what would have freed it. */
const LEAKS: readonly (readonly [Kind, RuleId, (v: Verifier, address: Address) => DdiName])[] = [
  [KIND.netBufferList, "NBL-LEAK", freeFunctionOfList],
  [KIND.netBuffer, "NB-LEAK", () => "NdisFreeNetBuffer"],
  [KIND.packet, "PKT-LEAK", () => "NdisFreePacket"],
  [KIND.buffer, "BUF-LEAK", () => "NdisFreeBuffer"],
  [KIND.mdl, "MDL-LEAK", freeFunctionOf],
  [KIND.memory, "MEM-LEAK", freeFunctionOfBlock],
  [KIND.rwLock, "MEM-LEAK", () => "NdisFreeRWLock"],
  [KIND.oidClone, "MEM-LEAK", () => "NdisFreeCloneOidRequest"],
  [KIND.device, "MEM-LEAK", () => "NdisDeregisterDeviceEx"],
  [KIND.filterDriver, "MEM-LEAK", () => "NdisFDeregisterFilterDriver"],
];

/**
 * Everything that is alive when the driver is unloaded. A pool is not reported when objects of it leak: they kept
 * it from being freed, and they are the mistake.
 */
export function reportLeaks(v: Verifier): void {
  const { ledger } = v;
  const poolsOfLeaks = new Set<number>();
  reportNextLeft(v, () => true);
  reportListLeaks(v);
  for (const [kind, rule, freeFunction] of LEAKS) {
    for (const address of ledger.liveObjects(kind)) {
      for (const [poolKind, facts] of Object.entries(POOL_FACTS))
        if (facts.object === kind) poolsOfLeaks.add(poolOf(v, address, poolKind as keyof typeof POOL_FACTS));
      if (v.broken.has(address) || (kind === KIND.buffer && reportLeft(v, address))) continue;
      // What is chained to a leaked packet is lost with it.
      if (kind === KIND.packet) for (const buffer of descriptorsOf(v, address)) v.broken.add(buffer);
      const site = ledger.allocationSite(address);
      const call = freeFunction(v, address);
      const freed = call.includes("Deregister") ? "deregistered" : "freed";
      v.report(
        rule,
        `${kind === KIND.memory ? "Block" : OBJECT_KINDS[kind]} ${hexAddress(address)}${describe(v, kind, address)} was never ${freed}; call ${call} before the driver unloads.`,
        {
          object: address,
          at: v.locationOf(site),
          allocationSite: site,
        },
      );
      if (kind === KIND.memory) checkOverrun(v, address, "unload");
    }
  }
  for (const { pool: kind, free } of Object.values(POOL_FACTS)) {
    for (const address of ledger.liveObjects(kind)) {
      if (poolsOfLeaks.has(address)) continue;
      const site = ledger.allocationSite(address);
      const tag = tagText(v.machine.memory.u32[(address + POOL.offset.Tag) >>> 2]);
      v.report(
        "POOL-LEAK",
        `${OBJECT_KINDS[kind]} ${hexAddress(address)}, tag '${tag}', was never freed; call ${free}Pool before the driver unloads.`,
        {
          object: address,
          at: v.locationOf(site),
          allocationSite: site,
        },
      );
    }
  }
  reportGenericLeaks(v);
}

function describe(v: Verifier, kind: Kind, address: number): string {
  if (kind === KIND.mdl) return ` over ${mdlByteCount(v.machine.memory, address)} bytes`;
  if (kind === KIND.buffer)
    return ` of pool ${hexAddress(poolOf(v, address, "buffer"))} over ${mdlByteCount(v.machine.memory, address)} bytes`;
  if (kind === KIND.packet) return ` of pool ${hexAddress(poolOf(v, address, "packet"))}`;
  if (kind === KIND.oidClone)
    return ` of OID ${hexAddress(v.machine.memory.u32[(address + NDIS_OID_REQUEST.offset.DATA) >>> 2])}`;
  if (kind === KIND.netBufferList && v.ledger.value(address) !== 0)
    return `, last passed on at ${v.place(v.ledger.value(address))},`;
  if (kind !== KIND.memory) return "";
  const block = v.machine.nonpaged.find(address);
  return block === undefined ? "" : ` of ${block.size} bytes, tag '${tagText(block.tag)}',`;
}

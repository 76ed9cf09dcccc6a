import type { DdiName } from "../ddi/table.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import { POOL, POOL_SIGNATURE, type PoolKind } from "../layout/pool.js";
import { type Address, type Handle, hexAddress } from "../memory/address.js";
import { tagText } from "../memory/tag.js";
import { derivedListOf, freeFunctionOfList } from "./derived-checks.js";
import { KIND, type Kind, OBJECT_KINDS } from "./ledger.js";
import { reportNextLeft } from "./net-buffer-list-checks.js";
import type { Verifier } from "./verifier.js";
import { whereabouts, withArticle } from "./whereabouts.js";

const SIGNATURE = POOL.offset.Signature >>> 2;

interface PoolFacts {
  readonly pool: Kind;
  readonly object: Kind;
  readonly allocator: DdiName;
  readonly free: string;
}

/** Of each kind of pool: the ledger's kinds of it and its objects, and the functions to name in advice. */
export const POOL_FACTS: Readonly<Record<PoolKind, PoolFacts>> = {
  buffer: { pool: KIND.bufferPool, object: KIND.buffer, allocator: "NdisAllocateBufferPool", free: "NdisFreeBuffer" },
  packet: { pool: KIND.packetPool, object: KIND.packet, allocator: "NdisAllocatePacketPool", free: "NdisFreePacket" },
  netBuffer: {
    pool: KIND.netBufferPool,
    object: KIND.netBuffer,
    allocator: "NdisAllocateNetBufferPool",
    free: "NdisFreeNetBuffer",
  },
  netBufferList: {
    pool: KIND.netBufferListPool,
    object: KIND.netBufferList,
    allocator: "NdisAllocateNetBufferListPool",
    free: "NdisFreeNetBufferList",
  },
};

/** POOL-NULL, POOL-HANDLE, POOL-TYPE: whether `handle` is a live pool of this kind that may be used. */
export function checkPool(v: Verifier, ddi: DdiName, handle: Handle, kind: PoolKind): boolean {
  const { pools, memory } = v.machine;
  const facts = POOL_FACTS[kind];
  if (handle === 0) {
    if (kind === "buffer")
      v.report(
        "POOL-NULL",
        `${ddi}: the pool handle is NULL, which only some Windows versions accept; pass the handle from ${facts.allocator}.`,
      );
    else
      v.report(
        "POOL-HANDLE",
        `${ddi}: the pool handle is NULL; pass the handle from ${facts.allocator}, and test it for NULL first.`,
      );
    return false;
  }
  const found = handle + 4 <= memory.byteLength ? pools.kindOf(handle) : undefined;
  if (found === kind) return true;
  if (found === undefined)
    v.report(
      "POOL-HANDLE",
      `${ddi}: ${hexAddress(handle)} is no pool handle but ${whereabouts(v, handle)}; pass the handle from ${facts.allocator}.`,
      { object: handle, kind: "handle" },
    );
  else if (found === "dead")
    v.report(
      "POOL-HANDLE",
      `${ddi}: pool ${hexAddress(handle)} was freed at ${v.place(v.ledger.freeSite(handle))}; use a pool only until it is freed.`,
      { object: handle, allocationSite: v.ledger.allocationSite(handle) },
    );
  else {
    const name = OBJECT_KINDS[POOL_FACTS[found].pool];
    v.report(
      "POOL-TYPE",
      `${ddi}: ${hexAddress(handle)} is the handle of ${withArticle(name)}, and ${withArticle(OBJECT_KINDS[facts.pool])} is needed; get one from ${facts.allocator}.`,
      { object: handle, allocationSite: v.ledger.allocationSite(handle) },
    );
  }
  return false;
}

/**
 * The rules of freeing a pool. True when the call may go on. Objects that are still out become zombies: they are
 * named here once, and are no leaks of their own afterwards.
 */
export function checkPoolFree(v: Verifier, ddi: DdiName, handle: Handle, kind: PoolKind): boolean {
  const { ledger, machine } = v;
  const facts = POOL_FACTS[kind];
  if (handle !== 0 && machine.pools.kindOf(handle) === "dead" && ledger.wasFreed(handle, facts.pool)) {
    v.report(
      "POOL-DFREE",
      `${ddi}: pool ${hexAddress(handle)} was freed already, at ${v.place(ledger.freeSite(handle))}; free it once.`,
      { object: handle, allocationSite: ledger.allocationSite(handle) },
    );
    return false;
  }
  if (!checkPool(v, ddi, handle, kind)) return false;
  if (machine.pools.live(handle) > 0) reportOutstanding(v, ddi, handle, kind);
  return true;
}

/** POOL-OUTSTANDING, but for lists that a finding was made of before. */
function reportOutstanding(v: Verifier, ddi: DdiName, handle: Handle, kind: PoolKind): void {
  const facts = POOL_FACTS[kind];
  if (kind === "netBufferList") reportNextLeft(v, (nbl) => poolOf(v, nbl, kind) === handle);
  const bySite = outstandingBySite(v, handle, kind);
  const live = [...bySite.values()].reduce((sum, addresses) => sum + addresses.length, 0);
  if (live > 0) {
    const name = OBJECT_KINDS[facts.object];
    v.report(
      "POOL-OUTSTANDING",
      `${ddi}(${poolText(v, handle)}): ${live} ${name}${live === 1 ? " was" : "s were"} not freed: ${outstandingText(v, bySite)}. ` +
        `${live === 1 ? "It leaks; free it" : "They leak; free them"} with ${facts.free} first.`,
      // The pages say of lists that they must have been freed, of the others that they should have been.
      {
        object: handle,
        allocationSite: [...bySite.keys()][0] ?? 0,
        severity: kind === "netBufferList" ? "bug" : "error",
      },
    );
  } else if (kind === "netBuffer") reportDerived(v, ddi, handle);
  for (const address of v.ledger.liveObjects(facts.object))
    if (poolOf(v, address, kind) === handle) v.ledger.freed(address, v.site);
}

/** POOL-OUTSTANDING of a pool that NDIS took the NET_BUFFERs of a derived list from. */
function reportDerived(v: Verifier, ddi: DdiName, pool: Handle): void {
  const list = derivedListOf(v, pool);
  if (list === 0) return;
  v.broken.add(list);
  v.report(
    "POOL-OUTSTANDING",
    `${ddi}(${poolText(v, pool)}): its NET_BUFFERs are still on NET_BUFFER_LIST ${hexAddress(list)}; call ${freeFunctionOfList(v, list)} first.`,
    { object: pool, allocationSite: v.ledger.allocationSite(list), severity: "error" },
  );
}

/** Most addresses that a finding names. */
const NAMED = 8;

/** The objects of a pool that are out, by the call that allocated them; not those that a finding was made of. */
function outstandingBySite(v: Verifier, pool: Handle, kind: PoolKind): Map<number, Address[]> {
  const { ledger } = v;
  const bySite = new Map<number, Address[]>();
  for (const address of ledger.liveObjects(POOL_FACTS[kind].object)) {
    if (poolOf(v, address, kind) !== pool || v.broken.has(address)) continue;
    const site = ledger.allocationSite(address);
    const addresses = bySite.get(site);
    if (addresses === undefined) bySite.set(site, [address]);
    else addresses.push(address);
  }
  return bySite;
}

/** `"2 from a.c:10 (0x…, 0x…), 1 from a.c:20 (0x…)"`, at most NAMED addresses altogether. */
function outstandingText(v: Verifier, bySite: ReadonlyMap<number, readonly Address[]>): string {
  let left = NAMED;
  const texts: string[] = [];
  for (const [site, addresses] of bySite) {
    if (left === 0) break;
    const named = addresses.slice(0, left).map(hexAddress);
    left -= named.length;
    const more = named.length < addresses.length ? ", …" : "";
    texts.push(`${addresses.length} from ${v.place(site)} (${named.join(", ")}${more})`);
  }
  return texts.join(", ");
}

/** POOL-EXHAUST: a pool has no object left, or a buffer pool would not have under the strict profile. */
export function reportExhausted(
  v: Verifier,
  ddi: DdiName,
  pool: Handle,
  kind: "buffer" | "packet",
  limit: number,
  live: number,
): void {
  const { allocator, free } = POOL_FACTS[kind];
  v.report(
    "POOL-EXHAUST",
    () =>
      `${ddi}: pool ${poolText(v, pool)} was made for ${limit} ${kind === "buffer" ? "descriptors" : "packets"} and ${live} are out` +
      `${live === 0 ? "" : `: ${outstandingText(v, outstandingBySite(v, pool, kind))}`}. ` +
      `Return some with ${free}, or ask ${allocator} for more.`,
    { object: pool, allocationSite: v.ledger.allocationSite(pool) },
  );
}

/** POOL-INIT. */
export function checkInitializing(v: Verifier, ddi: DdiName): void {
  if (!v.initializing)
    v.report(
      "POOL-INIT",
      `${ddi}: the pool is created after initialisation; create it while the driver or adapter starts.`,
    );
}

/** POOL-UNUSED, of a pool that is to be freed and that could give something. */
export function checkUsed(v: Verifier, ddi: DdiName, pool: Handle, noun: string): void {
  const report = v.machine.pools.report().find(({ handle }) => handle === pool);
  if (report?.allocations !== 0 || v.refusedPools.has(pool) || v.ledger.value(pool) === 0) return;
  v.report("POOL-UNUSED", `${ddi}: no ${noun} was ever allocated from pool ${hexAddress(pool)}; it is not needed.`, {
    object: pool,
    allocationSite: v.ledger.allocationSite(pool),
  });
}

/** `"0x00030040 'Pool'"`: a live pool and its tag. */
const poolText = (v: Verifier, pool: Handle): string =>
  `${hexAddress(pool)} '${tagText(v.machine.memory.u32[(pool + POOL.offset.Tag) >>> 2])}'`;

/** True for an object of a pool that was freed. */
export function isOfDeadPool(v: Verifier, address: Address, kind: PoolKind): boolean {
  const pool = poolOf(v, address, kind);
  // Most pools live, and their own memory says so: the look-up is for the others.
  return (
    v.machine.memory.u32[(pool >>> 2) + SIGNATURE] !== POOL_SIGNATURE[kind] && v.machine.pools.kindOf(pool) === "dead"
  );
}

/** The pool that an object of a pool belongs to. */
export function poolOf(v: Verifier, address: number, kind: PoolKind): Handle {
  const { memory, mdls, packetPools } = v.machine;
  if (kind === "buffer") return mdls.ownerOf(address);
  if (kind === "packet") return packetPools.ownerOf(address);
  const { offset } = kind === "netBuffer" ? NET_BUFFER : NET_BUFFER_LIST;
  return memory.u32[(address + offset.NdisPoolHandle) >>> 2];
}

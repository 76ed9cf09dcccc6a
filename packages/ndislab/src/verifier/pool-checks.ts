import type { DdiName } from "../ddi/table.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import type { PoolKind } from "../layout/pool.js";
import { hexAddress, type Handle } from "../memory/address.js";
import { KIND, type Kind, OBJECT_KINDS } from "./ledger.js";
import type { Verifier } from "./verifier.js";

interface PoolFacts {
  readonly pool: Kind;
  readonly object: Kind;
  readonly allocator: DdiName;
  readonly free: string;
}

/** Of each kind of pool: the ledger's kinds of it and its objects, and the functions to name in advice. */
export const POOL_FACTS: Readonly<Record<Exclude<PoolKind, "packet">, PoolFacts>> = {
  buffer: { pool: KIND.bufferPool, object: KIND.buffer, allocator: "NdisAllocateBufferPool", free: "NdisFreeBuffer" },
  netBuffer: { pool: KIND.netBufferPool, object: KIND.netBuffer, allocator: "NdisAllocateNetBufferPool", free: "NdisFreeNetBuffer" },
  netBufferList: {
    pool: KIND.netBufferListPool,
    object: KIND.netBufferList,
    allocator: "NdisAllocateNetBufferListPool",
    free: "NdisFreeNetBufferList",
  },
};

type CheckedKind = keyof typeof POOL_FACTS;

/** POOL-NULL, POOL-HANDLE, POOL-TYPE: whether `handle` is a live pool of this kind that may be used. */
export function checkPool(v: Verifier, ddi: DdiName, handle: Handle, kind: CheckedKind): boolean {
  const { pools, memory } = v.machine;
  const facts = POOL_FACTS[kind];
  if (handle === 0) {
    v.report("POOL-NULL", `${ddi}: the pool handle is NULL, which only some Windows versions accept; pass the handle from ${facts.allocator}.`);
    return false;
  }
  const found = handle + 4 <= memory.byteLength ? pools.kindOf(handle) : undefined;
  if (found === kind) return true;
  if (found === undefined)
    v.report("POOL-HANDLE", `${ddi}: ${hexAddress(handle)} is no pool handle; pass the handle from ${facts.allocator}.`, { object: handle });
  else if (found === "dead")
    v.report(
      "POOL-HANDLE",
      `${ddi}: pool ${hexAddress(handle)} was freed at ${v.place(v.ledger.freeSite(handle))}; use a pool only until it is freed.`,
      { object: handle, allocationSite: v.ledger.allocationSite(handle) },
    );
  else {
    const name = found === "packet" ? "NDIS_PACKET pool" : OBJECT_KINDS[POOL_FACTS[found].pool];
    v.report(
      "POOL-TYPE",
      `${ddi}: ${hexAddress(handle)} is a handle of a ${name}, a ${OBJECT_KINDS[facts.pool]} is needed; get one from ${facts.allocator}.`,
      { object: handle, allocationSite: v.ledger.allocationSite(handle) },
    );
  }
  return false;
}

/**
 * The rules of freeing a pool. True when the call may go on. Objects that are still out become zombies: they are
 * named here once, and are no leaks of their own afterwards.
 */
export function checkPoolFree(v: Verifier, ddi: DdiName, handle: Handle, kind: CheckedKind): boolean {
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
  const live = machine.pools.live(handle);
  if (live > 0) {
    const out: { address: number; site: number }[] = [];
    for (const address of ledger.liveObjects(facts.object))
      if (poolOf(v, address, kind) === handle) out.push({ address, site: ledger.allocationSite(address) });
    for (const { address } of out) ledger.freed(address, v.site);
    const named = out.slice(0, 8).map(({ address, site }) => `${hexAddress(address)} from ${v.place(site)}`);
    v.report(
      "POOL-OUTSTANDING",
      `${ddi}(${hexAddress(handle)}): ${live} ${live === 1 ? "object was" : "objects were"} not freed: ${named.join(", ")}${out.length > 8 ? ", …" : ""}. ` +
        `They leak; free them with ${facts.free} first.`,
      { object: handle, allocationSite: out[0]?.site ?? 0 },
    );
  }
  return true;
}

/** The pool that an object of a pool belongs to. */
export function poolOf(v: Verifier, address: number, kind: CheckedKind): Handle {
  const { memory, mdls } = v.machine;
  if (kind === "buffer") return mdls.ownerOf(address);
  const { offset } = kind === "netBuffer" ? NET_BUFFER : NET_BUFFER_LIST;
  return memory.u32[(address + offset.NdisPoolHandle) >>> 2];
}

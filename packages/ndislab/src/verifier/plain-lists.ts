import type { Machine } from "../ddi/machine.js";
import { MDL } from "../layout/mdl.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import { POOL, POOL_SIGNATURE } from "../layout/pool.js";
import { NDIS_STATUS } from "../layout/status.js";
import type { Address, Handle } from "../memory/address.js";
import type { Memory } from "../memory/memory.js";
import type { NonpagedPool } from "../memory/nonpaged-pool.js";
import { DERIVED_OFFSET } from "../ndis6/derived-lists.js";
import { EMBEDDED_MDL, NB_RETREATS_OFFSET, NB_STATE, NB_STATE_OFFSET } from "../ndis6/net-buffer.js";
import { NBL_LIVE, NBL_STATE_OFFSET } from "../ndis6/net-buffer-list-pools.js";
import { FREED, KIND, type Ledger, MEMBER, ROW } from "./ledger.js";
import { FRAME_FLAGS, NDIS_FLAGS, OTHERS_FLAGS } from "./net-buffer-list-checks.js";
import { LIST_NOTE, SEEN } from "./net-buffer-list-notes.js";

const NBL = NET_BUFFER_LIST.offset;
const FIRST_NB = NBL.FirstNetBuffer >>> 2;
const SOURCE = NBL.SourceHandle >>> 2;
const NBL_FLAGS = NBL.NblFlags >>> 2;
const FLAGS = NBL.Flags >>> 2;
const STATUS = NBL.Status >>> 2;
const CHILD_REF_COUNT = NBL.ChildRefCount >>> 2;
const NBL_POOL = NBL.NdisPoolHandle >>> 2;
const LIST_STATE = NBL_STATE_OFFSET >>> 2;
const DERIVATION = DERIVED_OFFSET >>> 2;

const NB = NET_BUFFER.offset;
const CURRENT = NB.CurrentMdl >>> 2;
const CURRENT_OFFSET = NB.CurrentMdlOffset >>> 2;
const DATA_LENGTH = NB.DataLength >>> 2;
const CHAIN = NB.MdlChain >>> 2;
const DATA_OFFSET = NB.DataOffset >>> 2;
const PHYSICAL = NB.DataPhysicalAddress >>> 2;
const STATE = NB_STATE_OFFSET >>> 2;
const RETREATS = NB_RETREATS_OFFSET >>> 2;
const BYTE_COUNT = MDL.offset.ByteCount >>> 2;

const SIGNATURE = POOL.offset.Signature >>> 2;
const NET_BUFFER_START = POOL.offset.NetBufferStart >>> 2;
const HAS_NET_BUFFER = POOL.offset.HasNetBuffer >>> 2;

// Constants of the module's own: an import would be looked up at each use.
const LIVE_LIST = KIND.netBufferList;
const LIVE_NET_BUFFER = KIND.netBuffer;
const FREED_MDL = KIND.mdl | FREED;
const PREALLOCATED = NB_STATE.preallocated;
const LIVE = NBL_LIVE;
const LIST_POOL = POOL_SIGNATURE.netBufferList;
const SUCCESS = NDIS_STATUS.NDIS_STATUS_SUCCESS;
const MDL_SIZE = MDL.size;
const OWN_MDL = EMBEDDED_MDL;
const [FRAME, RESERVED, OTHERS] = [FRAME_FLAGS, NDIS_FLAGS, OTHERS_FLAGS];
const ARRIVED = SEEN;
const STEP = ROW;
const { value: VALUE, holder: HOLDER } = MEMBER;
const CONTEXT = ROW + LIST_NOTE.context;
const POOL_NOTE = ROW + LIST_NOTE.pool;
const SEEN_NOTE = ROW + LIST_NOTE.seen;
const SOURCE_NOTE = ROW + LIST_NOTE.source;
const FLAGS_NOTE = ROW + LIST_NOTE.flags;
const CHILDREN = ROW + LIST_NOTE.children;

/**
 * Most lists are plain: one NET_BUFFER with its data in one MDL, and everything as it should be. Each question below is
 * answered from a few words at once, and yes means that none of the rules which stand behind it has anything to say; so
 * they are asked one by one only after a no. A rule that joins them joins the question too. In a run of the pass-through
 * filter the verifier takes some 90 ns a frame so, and 160 without; in one of the VLAN tagger 190, and 410 without.
 */
export class PlainLists {
  private readonly u32: Uint32Array;
  private readonly kinds: Uint8Array;
  private readonly rows: Int32Array;
  private readonly memory: Memory;
  private readonly nonpaged: NonpagedPool;

  constructor({ memory, nonpaged }: Machine, ledger: Ledger) {
    this.u32 = memory.u32;
    this.kinds = ledger.kinds;
    this.rows = ledger.rows;
    this.memory = memory;
    this.nonpaged = nonpaged;
  }

  /** `checkNetBuffer`: a NET_BUFFER that is alive and with the driver, of sound geometry. */
  isSound(nb: Address): boolean {
    const { u32 } = this;
    const w = nb >>> 2;
    if ((nb & 7) !== 0 || this.rows[(nb >>> 3) * STEP + HOLDER] !== 0) return false;
    if ((u32[w + STATE] !== PREALLOCATED || !this.nonpaged.isSystem(nb)) && this.kinds[nb >>> 3] !== LIVE_NET_BUFFER)
      return false;
    const mdl: Address = u32[w + CHAIN];
    const offset = u32[w + DATA_OFFSET];
    const m = mdl >>> 2;
    return (
      u32[w + CURRENT] === mdl &&
      u32[w + CURRENT_OFFSET] === offset &&
      u32[m] === 0 &&
      offset + u32[w + DATA_LENGTH] <= u32[m + BYTE_COUNT] &&
      (mdl === nb + OWN_MDL || (this.memory.contains(mdl, MDL_SIZE) && this.kinds[mdl >>> 3] !== FREED_MDL))
    );
  }

  /** `checkPassed`: a list that the driver may pass on by the call of this filter, either way. */
  mayGoOn(nbl: Address, filter: Handle): boolean {
    return this.isSingle(nbl) && (this.isForeign(nbl) || this.isOwn(nbl, filter));
  }

  /** `checkGivenBack`: another driver's list as it goes back to it; `sent` when that is the end of a send. */
  mayGoBack(nbl: Address, sent: boolean): boolean {
    const { u32, rows } = this;
    const w = nbl >>> 2;
    const row = (nbl >>> 3) * STEP;
    return (
      this.isSingle(nbl) &&
      this.isForeign(nbl) &&
      rows[(u32[w + FIRST_NB] >>> 3) * STEP + VALUE] === 0 &&
      rows[row + CONTEXT] === 0 &&
      rows[row + CHILDREN] === 0 &&
      (u32[w + CHILD_REF_COUNT] | 0) >= 0 &&
      (!sent || u32[w + STATUS] === SUCCESS)
    );
  }

  /** NdisFreeNetBufferList's `checkFree`: a list of the driver's with nothing on it but what came with it. */
  mayBeFreed(nbl: Address): boolean {
    const { u32, kinds, rows } = this;
    const w = nbl >>> 2;
    const row = (nbl >>> 3) * STEP;
    const pool = u32[w + NBL_POOL];
    if (
      kinds[nbl >>> 3] !== LIVE_LIST ||
      (nbl & 7) !== 0 ||
      rows[row + HOLDER] !== 0 ||
      u32[w + LIST_STATE] !== LIVE ||
      rows[row + POOL_NOTE] !== (pool | 0) ||
      rows[row + CONTEXT] !== 0 ||
      rows[row + CHILDREN] !== 0 ||
      u32[w + DERIVATION] !== 0 ||
      (u32[w + CHILD_REF_COUNT] | 0) < 0
    )
      return false;
    const nb: Address = u32[w + FIRST_NB];
    const p = pool >>> 2;
    if (u32[p + HAS_NET_BUFFER] === 0) return nb === 0;
    return (
      nb === nbl + u32[p + NET_BUFFER_START] &&
      u32[nb >>> 2] === 0 &&
      u32[(nb >>> 2) + RETREATS] === 0 &&
      kinds[nb >>> 3] !== LIVE_NET_BUFFER
    );
  }

  private isOwn(nbl: Address, filter: Handle): boolean {
    const { u32 } = this;
    const w = nbl >>> 2;
    const nb = u32[w + FIRST_NB] >>> 2;
    return (
      this.kinds[nbl >>> 3] === LIVE_LIST &&
      u32[w + SOURCE] === filter &&
      (u32[w + FLAGS] & RESERVED) === 0 &&
      u32[nb + RETREATS] === 0 &&
      u32[nb + PHYSICAL] === 0 &&
      u32[nb + PHYSICAL + 1] === 0
    );
  }

  /** The arrival of a list is noted no longer when the driver gets one of its own there. */
  private isForeign(nbl: Address): boolean {
    const { u32, rows } = this;
    const w = nbl >>> 2;
    const row = (nbl >>> 3) * STEP;
    return (
      rows[row + SEEN_NOTE] === ARRIVED &&
      u32[w + LIST_STATE] === LIVE &&
      rows[row + SOURCE_NOTE] === (u32[w + SOURCE] | 0) &&
      ((rows[row + FLAGS_NOTE] ^ u32[w + FLAGS]) & OTHERS) === 0 &&
      u32[(u32[w + NBL_POOL] >>> 2) + SIGNATURE] === LIST_POOL &&
      this.nonpaged.isSystem(nbl)
    );
  }

  private isSingle(nbl: Address): boolean {
    const { u32 } = this;
    const w = nbl >>> 2;
    const nb: Address = u32[w + FIRST_NB];
    return (
      (nbl & 7) === 0 &&
      this.rows[(nbl >>> 3) * STEP + HOLDER] === 0 &&
      (u32[w + NBL_FLAGS] & FRAME) === 0 &&
      u32[nb >>> 2] === 0 &&
      this.isSound(nb)
    );
  }
}

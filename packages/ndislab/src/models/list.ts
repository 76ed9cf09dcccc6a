import { NDIS_NET_BUFFER_LIST_INFO } from "../layout/net-buffer-list.js";
import type { Address, Handle } from "../memory/address.js";
import { hasData, type NetBuffer } from "./net-buffer.js";
import type { Pool } from "./pool.js";

/** A NET_BUFFER_LIST_CONTEXT: its last `used` bytes of `size` are in use. */
export interface Context {
  readonly address: Address;
  readonly size: number;
  used: number;
  /** ContextData; what is in use of it is the driver's. */
  readonly bytes: Uint8Array;
  /** Sizes that NdisAllocateNetBufferListContext took of it, the newest last. */
  readonly parts: number[];
  /** Whether it came with the list. */
  readonly isLists: boolean;
}

/** How a list was derived from another, for the call that frees it. */
export interface Derivation {
  readonly kind: "clone" | "fragment" | "reassembled";
  readonly flags: number;
  readonly delta: number;
}

/** A NET_BUFFER_LIST. */
export class List {
  netBuffers: NetBuffer[] = [];
  /** The NET_BUFFER that came with it, on the list or not. */
  own: NetBuffer | undefined;
  /** Next. */
  next: List | undefined;
  parent: List | undefined;
  children = 0;
  /** NET_BUFFERs of other lists whose memory its own show. */
  readonly sources: NetBuffer[] = [];
  derivation: Derivation | undefined;
  /** The newest first. */
  readonly contexts: Context[] = [];
  /** ProtocolReserved and MiniportReserved. */
  readonly reserved = new Uint32Array(6);
  scratch = 0;
  sourceHandle = 0;
  nblFlags = 0;
  flags = 0;
  status = 0;
  readonly info = new Uint32Array(NDIS_NET_BUFFER_LIST_INFO.values.MaxNetBufferListInfo);

  constructor(
    readonly name: string,
    readonly address: Address,
    readonly pool: Pool | undefined,
    readonly poolHandle: Handle,
  ) {
    this.info[NDIS_NET_BUFFER_LIST_INFO.values.NetBufferListProtocolId] = pool?.protocolId ?? 0;
  }

  get text(): string {
    return `${this.name}: ${this.netBuffers.map(({ text }) => text).join("; ")}`;
  }

  /** No other list shows its memory, so that it may go. */
  get isFree(): boolean {
    return this.children === 0 && this.all.every(({ borrowers }) => borrowers === 0);
  }

  /** Its NET_BUFFERs, the one that came with it too when that is off the list. */
  get all(): NetBuffer[] {
    const { own, netBuffers } = this;
    return own === undefined || netBuffers.includes(own) ? netBuffers : [own, ...netBuffers];
  }
}

/** Whether there is data in all of its NET_BUFFERs, and more than one. */
export const isFull = ({ netBuffers }: List): boolean => netBuffers.length > 1 && netBuffers.every(hasData);

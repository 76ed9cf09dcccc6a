import { NDIS_RECEIVE_FLAGS } from "../layout/data-path-flags.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import type { Address, Handle } from "../memory/address.js";
import { listIsBack } from "../verifier/filter-guards.js";
import { LONGEST_LIST } from "../verifier/list-checks.js";
import { allCameBack } from "../verifier/ownership.js";
import type { Verifier } from "../verifier/verifier.js";
import { TAG } from "./lab.js";
import type { TwinWorld } from "./twin-world.js";
import type { Call, Twin } from "./twins.js";

/** The driver's filter handle, and the one that lists of another driver come from. */
export const FILTER: Handle = 0x40;
export const SOURCE: Handle = 0x8001_2340;

/** Flags that lists of another driver come with. */
export const FLAGS = 0x2000_0020;

const DATA_SIZE = 256;

const NBL = NET_BUFFER_LIST.offset;

const { NDIS_RECEIVE_FLAGS_RESOURCES } = NDIS_RECEIVE_FLAGS;

/** Those on which the driver's own lists go too, and those on which lists go back to whose they are. */
export const WAYS_ON = ["send", "indicate", "show"] as const;
export const WAYS_BACK = ["complete", "return"] as const;

export type Way = (typeof WAYS_ON)[number] | (typeof WAYS_BACK)[number];

/** The calls with a chain of lists. */
const WAYS: Readonly<Record<Way, (lists: Address) => Call>> = {
  send: (lists) => ["NdisFSendNetBufferLists", FILTER, lists, 0, 0],
  indicate: (lists) => ["NdisFIndicateReceiveNetBufferLists", FILTER, lists, 0, 1, 0],
  // The driver has them again when the call returns.
  show: (lists) => ["NdisFIndicateReceiveNetBufferLists", FILTER, lists, 0, 1, NDIS_RECEIVE_FLAGS_RESOURCES],
  complete: (lists) => ["NdisFSendNetBufferListsComplete", FILTER, lists, 0],
  return: (lists) => ["NdisFReturnNetBufferLists", FILTER, lists, 0],
};

/** Questions on a whole chain. */
const QUESTIONS = ["passed", "givenBack", "cameBack", "areBalanced"] as const;

type Question = (typeof QUESTIONS)[number];

/** The drivers around that of verified twins: what it passes on they have, what it gives back is freed, as by the host. */
export class TwinOthers {
  /** What native code answered to each question on a whole chain since the last call: no list was looked at one by one. */
  readonly answers: [question: Question, answer: unknown][] = [];
  private readonly pool: Handle;
  /** Lists that the driver has or passed on, but not gave back; of either twin. */
  private readonly out = new Map<Twin, Set<Address>>();

  constructor(readonly world: TwinWorld) {
    this.pool = world.twins.both("others around", (twin) => {
      const { machine } = twin;
      this.out.set(twin, new Set());
      const take = (): void => {};
      const free = (_: Handle, lists: Address): void => this.isBack(twin, lists);
      machine.model = {
        ...machine.model,
        sendFromFilter: take,
        indicateFromFilter: take,
        completeSendFromFilter: free,
        returnFromFilter: free,
      };
      return machine.netBufferLists.create({ tag: TAG, allocateNetBuffer: true, dataSize: DATA_SIZE, system: true });
    });
    const { plain } = verifierOf(world.twins.native);
    for (const question of QUESTIONS) {
      const ask = plain[question].bind(plain) as (...args: unknown[]) => unknown;
      const noted = (...args: unknown[]): unknown => {
        const answer = ask(...args);
        this.answers.push([question, answer]);
        return answer;
      };
      Object.assign(plain, { [question]: noted });
    }
  }

  /** Linked lists of another driver with 100 bytes of data behind 50 unused ones, which have come in. */
  take(count = 1, received = false): Address[] {
    const lists: Address[] = [];
    this.world.twins.both(`${count} lists of another driver`, (twin) => {
      const { u32 } = twin.machine.memory;
      lists.length = 0;
      for (let i = 0; i < count; i++) {
        const list = twin.machine.netBufferLists.allocate(this.pool, 0, 0);
        if (list === 0) throw new Error("no memory for a list");
        u32[(list + NBL.SourceHandle) >>> 2] = SOURCE;
        u32[(list + NBL.Flags) >>> 2] = FLAGS;
        const netBuffer = u32[(list + NBL.FirstNetBuffer) >>> 2];
        for (const [member, value] of [
          ["DataOffset", 50],
          ["CurrentMdlOffset", 50],
          ["DataLength", 100],
        ] as const)
          u32[(netBuffer + NET_BUFFER.offset[member]) >>> 2] = value;
        if (i > 0) u32[lists[i - 1] >>> 2] = list;
        lists.push(list);
        this.out.get(twin)?.add(list);
      }
      verifierOf(twin).plain.arrived(lists[0] ?? 0, received);
    });
    return lists;
  }

  /** The call of the driver's with a chain. */
  go(way: Way, lists: Address): void {
    this.answers.length = 0;
    this.world.twins.call(...WAYS[way](lists));
  }

  /** Gives the driver a chain again that it passed on, as the NDIS around does before it calls a handler. */
  giveBack(lists: Address): void {
    this.answers.length = 0;
    this.world.twins.both("lists come back", (twin) => allCameBack(verifierOf(twin), lists));
  }

  /** Takes a chain back that the driver has no handler for. */
  takeBack(lists: Address): void {
    this.answers.length = 0;
    this.world.twins.both("lists are back", (twin) => this.isBack(twin, lists));
  }

  /** As the host, which knows its lists. */
  private isBack(twin: Twin, lists: Address): void {
    const { netBufferLists, memory } = twin.machine;
    const verifier = verifierOf(twin);
    const out = this.out.get(twin) as Set<Address>;
    const back: Address[] = [];
    for (let list = lists; list !== 0 && back.length < LONGEST_LIST; list = memory.u32[list >>> 2]) back.push(list);
    const isBalanced = back.every((list) => out.has(list)) && verifier.plain.areBalanced(lists);
    for (const list of back) {
      if (!out.delete(list)) continue;
      if (!isBalanced) listIsBack(verifier, list);
      netBufferLists.free(list);
    }
  }
}

export function verifierOf({ verifier }: Twin): Verifier {
  if (verifier === undefined) throw new Error("a twin that is not verified has no others around");
  return verifier;
}

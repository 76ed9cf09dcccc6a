import { listArrives } from "../verifier/net-buffer-list-notes.js";
import { cameBack } from "../verifier/ownership.js";
import { type Lab, TAG } from "./lab.js";

/** Lists of another driver, and an NDIS around the filter that takes whatever it passes on and frees what comes back. */
export class Others {
  readonly pool: number;
  /** Lists that were passed on, as the NDIS around got them. */
  readonly got: number[][] = [];

  constructor(private readonly lab: Lab) {
    const { netBufferLists, model } = lab.machine;
    this.pool = netBufferLists.create({ tag: TAG, allocateNetBuffer: true, dataSize: 2048, system: true });
    const take = (_filter: number, lists: number): number[] => {
      const all: number[] = [];
      for (let list = lists; list !== 0; list = lab.u32(list)) all.push(list);
      this.got.push(all);
      return all;
    };
    const free = (filter: number, lists: number): void => {
      for (const list of take(filter, lists)) netBufferLists.free(list);
    };
    lab.machine.model = {
      ...model,
      sendFromFilter: take,
      indicateFromFilter: take,
      completeSendFromFilter: free,
      returnFromFilter: free,
    };
  }

  /** A list with 100 bytes of data behind 50 unused ones. */
  take(): number {
    const list = this.lab.machine.netBufferLists.allocate(this.pool, 0, 0);
    const nb = this.lab.plain.NET_BUFFER_LIST_FIRST_NB(list);
    this.lab.plain.NET_BUFFER_DATA_OFFSET.set(nb, 50);
    this.lab.plain.NET_BUFFER_DATA_LENGTH.set(nb, 100);
    this.lab.plain.NdisAdjustNetBufferCurrentMdl(nb);
    listArrives(this.lab.verifier, list);
    return list;
  }

  /** Gives the driver all lists again that it passed on, as the NDIS around does before it calls a handler. */
  giveBack(): void {
    for (const list of this.got.splice(0).flat()) cameBack(this.lab.verifier, list);
  }
}

import { MEMORY_SIZE, newMemory } from "./address-space.js";
import type { WasmMemory } from "./wasm.js";

/** The most processors that one memory has. */
export const MOST_PROCESSORS = 32;

export interface SharedMemoryOptions {
  /** How many machines are to work in it, each in a worker of its own: 1 to 32. */
  readonly processors: number;
  /** Bytes of the address space, 64 MiB unless given; at most 2 GiB. Each processor allocates from its part of them. */
  readonly memorySize?: number;
}

/** What one machine is made on: plain data, which can be posted to the worker that is to be this processor. */
export interface Processor {
  readonly memory: WasmMemory;
  /** From 0 on. No two machines are made on the same one. */
  readonly number: number;
  readonly count: number;
}

/**
 * One address space for several workers, which are the processors of one simulated computer. In each of them a machine
 * is made on a processor of its own: `new Machine({ processor })`. Needs SharedArrayBuffer, which a page has only when
 * it is cross-origin isolated.
 */
export class SharedMemory {
  readonly processors: readonly Processor[];

  constructor({ processors, memorySize = MEMORY_SIZE }: SharedMemoryOptions) {
    if (!(Number.isInteger(processors) && processors >= 1 && processors <= MOST_PROCESSORS))
      throw new RangeError(`a shared memory has between 1 and ${MOST_PROCESSORS} processors, not ${processors}`);
    const memory = newMemory(memorySize, true);
    this.processors = Array.from({ length: processors }, (_, number) => ({ memory, number, count: processors }));
  }
}

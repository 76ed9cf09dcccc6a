// The loops of an allocation and its free: one by one, in batches, and with many held. Those of C are c/pairs.h.
import { permutation } from "./order.mjs";
import { sink } from "./sink.mjs";
import { inSteps } from "./timing.mjs";

export const MOST_HELD = 65536;

/**
 * @template T
 * @param {() => T} allocate
 * @param {(item: T) => void} free
 * @param {(item: T) => number} number something of each item, to be computed with
 * @param {ArrayLike<T> & { [index: number]: T }} held room for MOST_HELD of them
 * @returns {Record<string, import("./timing.mjs").Loop>}
 */
export function pairLoops(allocate, free, number, held) {
  const lastFirst = (/** @type {number} */ batch) =>
    inSteps(batch, (count) => {
      for (let done = 0; done < count; done += batch) {
        for (let i = 0; i < batch; i++) held[i] = allocate();
        for (let i = batch - 1; i >= 0; i--) free(held[i]);
      }
    });
  const randomOrder = (/** @type {number} */ batch) => {
    const order = permutation(batch);
    return inSteps(batch, (count) => {
      for (let done = 0; done < count; done += batch) {
        for (let i = 0; i < batch; i++) held[i] = allocate();
        for (let i = 0; i < batch; i++) free(held[order[i]]);
      }
    });
  };
  return {
    one(count) {
      let sum = 0;
      for (let i = 0; i < count; i++) {
        const item = allocate();
        sum ^= number(item);
        free(item);
      }
      sink.value ^= sum;
    },
    lifo32: lastFirst(32),
    random32: randomOrder(32),
    lifo256: lastFirst(256),
    random256: randomOrder(256),
    cold: randomOrder(MOST_HELD),
  };
}

/** The figures of those loops. */
export const PAIR_FIGURES = {
  one: "one by one",
  lifo32: "32, last first",
  random32: "32, random",
  lifo256: "256, last first",
  random256: "256, random",
  cold: "64 Ki, random",
};

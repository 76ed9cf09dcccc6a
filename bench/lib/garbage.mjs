// What a loop leaves for the garbage collector.
import { PerformanceObserver } from "node:perf_hooks";

/** Turns that are few enough for most slices to end before the next collection. */
const SLICE = 1000;
const SLICES = 500;

/** Bytes of JavaScript objects, and of the memory that buffers have outside of the heap. */
function bytes() {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 50));

/**
 * Counts the collections while the loop runs over so many turns, and the bytes it leaves behind: the growth of the heap
 * over all of them when nothing was collected, else over the slices in which nothing was. Wants --expose-gc, to start
 * from a clean heap.
 * @param {(turns: number) => void} loop
 * @param {number} turns
 */
export async function garbageOf(loop, turns) {
  let collections = 0;
  let milliseconds = 0;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      collections++;
      milliseconds += entry.duration;
    }
  });
  for (let i = 0; i < 200; i++) loop(SLICE);
  bytes();
  globalThis.gc?.();
  await pause();
  observer.observe({ entryTypes: ["gc"] });
  const before = bytes();
  loop(turns);
  const growth = bytes() - before;
  await pause();
  observer.disconnect();
  return { collections, milliseconds, bytes: collections === 0 ? growth / turns : growthBetweenCollections(loop) };
}

/** @param {(turns: number) => void} loop */
function growthBetweenCollections(loop) {
  let growth = 0;
  let counted = 0;
  for (let i = 0; i < SLICES; i++) {
    const before = bytes();
    loop(SLICE);
    const grown = bytes() - before;
    if (grown < 0) continue;
    growth += grown;
    counted += SLICE;
  }
  return growth / counted;
}

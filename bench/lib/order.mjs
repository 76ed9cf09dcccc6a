/**
 * A fixed permutation of 0 … size-1, in which things are freed in random order: that of c/measure.h.
 * @param {number} size
 */
export function permutation(size) {
  const order = Uint32Array.from({ length: size }, (_, i) => i);
  let seed = 12345;
  for (let i = size - 1; i > 0; i--) {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    const j = (seed >>> 8) % (i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

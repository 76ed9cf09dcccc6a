/** Objects that are out at once in the loops that free in random order. */
export const BATCH = 256;

/** The order they are freed in: a fixed permutation, the same one as in C. */
export const ORDER = new Uint32Array(BATCH);

let seed = 12345;
for (let i = 0; i < BATCH; i++) ORDER[i] = i;
for (let i = BATCH - 1; i > 0; i--) {
  seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
  const j = (seed >>> 16) % (i + 1);
  [ORDER[i], ORDER[j]] = [ORDER[j], ORDER[i]];
}

/**
 * The shortest part of an input that still fails: pieces are left out, halves first, then quarters, down to single bytes (Zeller's
 * delta debugging, without its complements). `steps` bounds it where each try is slow.
 */
export const minimised = (
  bytes: Uint8Array,
  fails: (bytes: Uint8Array) => boolean,
  steps = 4_000,
): Uint8Array => {
  let best = bytes;
  let left = steps;
  for (let size = Math.ceil(best.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < best.length && left > 0; left--) {
      const without = Buffer.concat([best.subarray(0, at), best.subarray(at + size)]);
      if (fails(without)) best = without;
      else at += size;
    }
  }
  return best;
};

/** A record says the same few instants many times, and to read one costs as much as the rest of a write of the index. */
const mostRemembered = 256;
let known = new Map<string, number>();

/** Milliseconds since 1970; NaN of what is no instant. */
export const epochMs = (instant: string): number => {
  const before = known.get(instant);
  if (before !== undefined) return before;
  if (known.size >= mostRemembered) known = new Map();
  const ms = Date.parse(instant);
  known.set(instant, ms);
  return ms;
};

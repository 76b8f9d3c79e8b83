/** Somebody pressed `a` on a line of a list: the case that is opened next begins with its answer. In memory, for a moment. */
let wantedAt = 0;
const patienceMs = 10_000;

export const wantAnswer = (): void => {
  wantedAt = Date.now();
};
/** Once: whoever asks has taken it. */
export const takeWantedAnswer = (): boolean => {
  const isWanted = Date.now() - wantedAt < patienceMs;
  wantedAt = 0;
  return isWanted;
};

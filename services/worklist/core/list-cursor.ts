/** Where a page of a list ended: a score and the case that stood there. */
type Place = { score: number; member: string };

const shape = /^(-?\d{1,16})_([0-9a-f-]{36})$/;

/** A place as a caller gives it back: opaque to it, so the order of lists may change in a later release. */
export const cursorOf = ({ score, member }: Place): string => `${String(score)}_${member}`;

/** `undefined`: what was given is no cursor. */
export const placeOf = (cursor: string): Place | undefined => {
  const [, score, member] = shape.exec(cursor) ?? [];
  return score === undefined || member === undefined ? undefined : { score: Number(score), member };
};

/** The order of a sorted set: by score, and by the text of the member where scores are equal. */
export const byPlace = (a: Place, b: Place): number =>
  a.score - b.score || (a.member < b.member ? -1 : a.member > b.member ? 1 : 0);

import type { ListSort } from "../../../contracts/messages/case-list.ts";
import type { Lane } from "./lanes.ts";
import type { Order } from "./places.ts";

/** A place in a list: a time in milliseconds and the case that stands there. In a set: a score and a member. */
type Place = { score: number; member: string };

/** A place as a caller gives it back, with the order that it is a place in (`readListCursor`). */
export const cursorOf = (sort: ListSort, { score, member }: Place): string =>
  `${sort}_${String(score)}_${member}`;

/** The order that each sort names, and whether it is read from its end. */
export const directions: Readonly<Record<ListSort, { order: Order; backwards: boolean }>> = {
  due: { order: "due", backwards: false },
  "-due": { order: "due", backwards: true },
  changed: { order: "changed", backwards: false },
  "-changed": { order: "changed", backwards: true },
  opened: { order: "opened", backwards: false },
  "-opened": { order: "opened", backwards: true },
};

/** The order of a sorted set: by score, and by the text of the member where scores are equal. */
export const byPlace = (a: Place, b: Place): number =>
  a.score - b.score || (a.member < b.member ? -1 : a.member > b.member ? 1 : 0);

/** The order in which a set is read, from its beginning or from its end. */
export const reading = (backwards: boolean): ((a: Place, b: Place) => number) =>
  backwards ? (a, b) => byPlace(b, a) : byPlace;

/** A place of the list as its lane has it, and the other way. */
export const inLane = ({ from, shift, tag }: Lane, { score, member }: Place): Place => ({
  score: from + score - shift,
  member: member + tag,
});
export const fromLane = ({ from, shift, tag }: Lane, { score, member }: Place): Place => ({
  score: score - from + shift,
  member: member.slice(0, member.length - tag.length),
});

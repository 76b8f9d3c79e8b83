import type { ListSort } from "../../../contracts/messages/case-list.ts";
import type { Place } from "../../case/read-lanes.ts";
import type { Order } from "./places.ts";

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

import type { BookingFact } from "../../../contracts/messages/booking.ts";
import type { Telling } from "../../case/decision.ts";
import type { DirectoryView } from "../../case/directory-view.ts";
import { canBeTold } from "../../case/tell.ts";

/**
 * Who is told of a fact that the hub itself records between a slot and a booking. Whoever lost its channel meanwhile is left
 * out: were the step refused for that, a place would be taken for ever by a booking that never learns of it.
 */
export const tellThoseWhoCan = (
  directory: DirectoryView,
  fact: BookingFact,
  parties: { to: readonly (string | undefined)[]; from: string },
): Telling[] =>
  [...new Set(parties.to)].flatMap((to) => {
    if (to === undefined) return [];
    const telling = { to, from: parties.from, fact: 0 };
    return canBeTold({ tell: [telling], facts: [fact] }, directory) ? [telling] : [];
  });

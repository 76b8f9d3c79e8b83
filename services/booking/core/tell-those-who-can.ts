import type { BookingFact } from "../../../contracts/messages/booking.ts";
import type { Telling } from "../../case/decision.ts";
import { channelFor, type DirectoryView } from "../../case/directory-view.ts";
import { documentsOf } from "../../case/tell.ts";

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
    const receiver = to === undefined ? undefined : directory.organisation(to);
    if (receiver === undefined || channelFor(receiver, documentsOf(fact)) === undefined) return [];
    return [{ to: receiver.gln, from: parties.from, fact: 0 }];
  });

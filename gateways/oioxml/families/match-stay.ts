import { plainUuid } from "../../../contracts/derived-ids.ts";
import type { StayNotice } from "../../../contracts/letters/stay-notice.ts";
import type { KnownStay } from "../../families/known-stays.ts";

const inHospital: readonly string[] = ["acuteAmbulant", "admitted", "onLeave"];

/** A stay that the sender opened for the same municipality, and that was on when the letter says that it ended. */
const couldEnd =
  ({ sender, receiver }: StayNotice, endedAt: string) =>
  ({ opener, municipality, status, events }: KnownStay): boolean =>
    opener === sender.gln &&
    municipality === receiver.gln &&
    inHospital.includes(status) &&
    events.every(({ occurredAt }) => occurredAt <= endedAt);

/**
 * The stay of a notification: where the same letter went before, the one that its id names, or for a discharge under an id of
 * its own (systems that number each notification anew) the only one of the sender's that it can end.
 */
export const stayOfNotice = (
  letter: StayNotice,
  stays: readonly KnownStay[],
  endedAt: string,
): { stay: KnownStay; guessed: boolean } | undefined => {
  const own = stays.filter(({ opener }) => opener === letter.sender.gln);
  const found =
    own.find(({ hasLetter }) => hasLetter) ??
    own.find(({ names }) => names.has(plainUuid(letter.notificationId)));
  if (found !== undefined) {
    const guessed = !found.notices.some(({ notificationId }) => notificationId === letter.notificationId);
    return { stay: found, guessed: guessed && found.stayId !== letter.notificationId };
  }
  const [only, ...others] = letter.type === "XDIS17" ? own.filter(couldEnd(letter, endedAt)) : [];
  return only === undefined || others.length > 0 ? undefined : { stay: only, guessed: true };
};

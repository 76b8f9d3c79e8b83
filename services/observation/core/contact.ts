import { gpHours } from "../../../contracts/codes/gp-hours.ts";
import type { Organisation, OrganisationKind } from "../../../contracts/messages/directory.ts";
import type { ContactReason } from "../../../contracts/messages/observation-facts.ts";
import { isClosingDay, isPublicHoliday, weekdayOf } from "../../case/calendar.ts";
import { instantOfLocal } from "../../case/clock-zone.ts";
import type { DecisionContext } from "../../case/core.ts";
import { activeOrganisation } from "../../case/directory-view.ts";
import { closingTimeOf } from "../../case/opening-hours.ts";

/** Whom a question goes to, and why. `until`: when that doctor closes, and it is to be decided anew. */
export type Contact = {
  doctor: string;
  name: string;
  phone?: string | undefined;
  why: ContactReason;
  until?: string;
};

type Moment = Pick<DecisionContext, "directory" | "local" | "today">;
type Asked = {
  practice: string;
  teamKind: OrganisationKind | undefined;
  waits: boolean;
  restricted: boolean;
};

const timeOf = ({ local }: Moment): string => local.slice(11);

// Times of day compare as text.
const later = (a: string, b: string): string => [a, b].toSorted()[1] ?? a;
const earlier = (a: string, b: string): string => [a, b].toSorted()[0] ?? a;

/** The hours of a doctor on the phone that day, the agreed ones at most; `undefined`: closed all day. */
const hoursOn = (o: Organisation, date: string): { opens: string; closes: string } | undefined => {
  if (isClosingDay(date, o.closingDays)) return undefined;
  if (o.openingHours.length === 0) return gpHours;
  const weekday = weekdayOf(date);
  const opens = o.openingHours
    .filter(({ days }) => days.includes(weekday))
    .map((opening) => opening.opens)
    .toSorted()[0];
  if (opens === undefined) return undefined;
  // The last closing counts: a doctor at lunch has not gone home.
  const closes = closingTimeOf(date, o.openingHours);
  return {
    opens: later(opens, gpHours.opens),
    closes: earlier(closes, gpHours.closes),
  };
};

const openUntil = (o: Organisation | undefined, at: Moment): string | undefined => {
  if (o === undefined || activeOrganisation(at.directory, o.gln, at.today) === undefined) return undefined;
  const hours = hoursOn(o, at.today);
  const time = timeOf(at);
  return hours !== undefined && hours.opens <= time && time < hours.closes
    ? instantOfLocal(at.today, hours.closes)
    : undefined;
};

/** The number behind the public one, where the team is one of those whom it is for. */
const phoneOf = (o: Organisation, teamKind: OrganisationKind | undefined): string | undefined =>
  o.directNumbers.find(({ visibleTo }) => teamKind !== undefined && visibleTo.includes(teamKind))?.number ??
  o.phone;

/** Why no practice answers the phone at all at that hour, or `undefined` when one may. */
const closedHour = (at: Moment): ContactReason | undefined => {
  if (weekdayOf(at.today) > 5) return "weekend";
  if (isPublicHoliday(at.today)) return "publicHoliday";
  const time = timeOf(at);
  return time < gpHours.opens || time >= gpHours.closes ? "outsideHours" : undefined;
};

const substituteFor = (practice: Organisation, at: Moment): Contact | undefined => {
  const inForce = practice.substitutes.find(
    ({ validFrom, validTo }) => validFrom <= at.today && (validTo === undefined || at.today <= validTo),
  );
  if (inForce === undefined) return undefined;
  const { gln, name, phone } = inForce;
  const why = "substitute";
  // Without an address of its own the substitute is phoned, and reads the message in the practice's inbox.
  if (gln === undefined)
    return { doctor: practice.gln, name, phone, why, until: instantOfLocal(at.today, gpHours.closes) };
  const until = openUntil(at.directory.organisation(gln), at);
  return until === undefined ? undefined : { doctor: gln, name, phone, why, until };
};

/** Somebody of the practice who answers now. A named substitute answers instead of the practice, also where its hours stand. */
const inHours = (practice: Organisation, asked: Asked, at: Moment): Contact | undefined => {
  const substitute = substituteFor(practice, at);
  if (substitute !== undefined) return substitute;
  const until = openUntil(practice, at);
  if (until === undefined) return undefined;
  const phone = phoneOf(practice, asked.teamKind);
  return { doctor: practice.gln, name: practice.name, phone, why: "practiceOpen", until };
};

/** Whether an organisation is open by the directory at this very moment; without hours it always is. */
const answersNow = (o: Organisation, at: Moment): boolean => {
  if (o.openingHours.length === 0) return true;
  const [weekday, time] = [weekdayOf(at.today), timeOf(at)];
  return o.openingHours.some(
    ({ days, opens, closes }) => days.includes(weekday) && opens <= time && time < closes,
  );
};

/**
 * From 8 to 16 on a working day a practice can be reached, or names who can (Praksisplan Midtjylland 6.1): one that has gone
 * home early without naming anybody is still the one to ask, unless the out-of-hours doctor is there already.
 */
const byAgreement = (
  practice: Organisation,
  { asked, onDuty }: { asked: Asked; onDuty: Organisation | undefined },
  at: Moment,
): Contact | undefined => {
  if (activeOrganisation(at.directory, practice.gln, at.today) === undefined) return undefined;
  if (isClosingDay(at.today, practice.closingDays)) return undefined;
  if (onDuty !== undefined && answersNow(onDuty, at)) return undefined;
  const until = instantOfLocal(at.today, gpHours.closes);
  const phone = phoneOf(practice, asked.teamKind);
  return { doctor: practice.gln, name: practice.name, phone, why: "agreedHours", until };
};

/**
 * The practice, whatever the hour, where the citizen refuses that it is passed on: a named substitute with an address of its
 * own and the out-of-hours doctor are others (MedCom HomeCareObservation, "nægtet samtykke": shown clearly, not passed on).
 */
const practiceAlone = (practice: Organisation, asked: Asked, at: Moment): Contact => {
  const isOpen = closedHour(at) === undefined && openUntil(practice, at) !== undefined;
  const phone = phoneOf(practice, asked.teamKind);
  return {
    doctor: practice.gln,
    name: practice.name,
    phone,
    why: isOpen ? "practiceOpen" : "sharingRefused",
  };
};

/**
 * The doctor whom a question goes to now: the citizen's practice 8-16 on working days while it is open by the directory; its
 * named substitute where one is in force; else the out-of-hours doctor of the practice (Praksisplan Midtjylland 6.1; DSAM
 * visitation standard 2022: 16-08 and all of weekends and holidays). A question that may wait stays with the practice.
 */
export const contactFor = (asked: Asked, at: Moment): Contact | undefined => {
  const practice = at.directory.organisation(asked.practice);
  if (practice === undefined) return undefined;
  return asked.restricted ? practiceAlone(practice, asked, at) : whoAnswers(practice, asked, at);
};

const whoAnswers = (practice: Organisation, asked: Asked, at: Moment): Contact | undefined => {
  const closed = closedHour(at);
  const reached = closed === undefined ? inHours(practice, asked, at) : undefined;
  if (reached !== undefined) return reached;
  const { outOfHours } = practice;
  const onDuty =
    outOfHours === undefined ? undefined : activeOrganisation(at.directory, outOfHours, at.today);
  const agreed = closed === undefined ? byAgreement(practice, { asked, onDuty }, at) : undefined;
  if (agreed !== undefined) return agreed;
  if (onDuty === undefined || asked.waits) {
    const phone = phoneOf(practice, asked.teamKind);
    return { doctor: practice.gln, name: practice.name, phone, why: "practiceLater" };
  }
  const { gln: doctor, name } = onDuty;
  return { doctor, name, phone: phoneOf(onDuty, asked.teamKind), why: closed ?? "practiceClosed" };
};

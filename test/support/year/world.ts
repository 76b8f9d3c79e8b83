import type { CommandReply } from "../../../contracts/envelope.ts";
import { localDateTimeOf } from "../../../services/case/clock-zone.ts";
import { inOffice, instantAt } from "./days.ts";
import type { YearHub } from "./hub.ts";
import type { Random } from "./random.ts";
import type { YearRegion } from "./region.ts";

/** What somebody does over time: it waits until each moment that it yields (milliseconds since 1970), and acts. */
export type Life = AsyncGenerator<number, void, void>;

/** A sub-acute slot that was published, and how many of its places nobody has asked for. */
export type OpenSlot = { slotId: string; visitation: string; start: number; left: number };

export type World = {
  hub: YearHub;
  region: YearRegion;
  /** How many citizens the simulated part of the region has. */
  citizens: number;
  slots: OpenSlot[];
};

export type Scene = World & { random: Random; id: string };

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

export type Citizen = {
  patient: { cpr: string; surname: string; givenName: string };
  practice: string;
  municipality: YearRegion["municipalities"][number];
  hospital: YearRegion["hospitals"][number];
};

const two = (n: number): string => String(n).padStart(2, "0");

/**
 * A made-up citizen. The number is of somebody born between 1858 and 1899 (seventh digit 5 to 8, year 58 to 99), so that it is
 * no living person's.
 */
const cprOf = (no: number): string => {
  const year = 58 + (no % 42);
  const month = 1 + (Math.floor(no / 42) % 12);
  const dayOfMonth = 1 + (Math.floor(no / 504) % 28);
  return `${two(dayOfMonth)}${two(month)}${two(year)}${String(5000 + (Math.floor(no / 14_112) % 4000))}`;
};

export const someCitizen = ({ region, citizens, random }: Scene): Citizen => {
  const no = random.between(0, citizens - 1);
  const practice = region.practices[no % region.practices.length];
  const municipality = region.municipalities[practice?.municipality ?? 0];
  const hospital = region.hospitals[municipality?.hospital ?? 0];
  if (practice === undefined || municipality === undefined || hospital === undefined)
    throw new Error("The region is empty.");
  const patient = { cpr: cprOf(no), surname: "Prøveborger", givenName: `Nr. ${String(no)}` };
  return { patient, practice: practice.gln, municipality, hospital };
};

/** @returns whether it was taken. What is refused is counted by the hub. */
export const act = async (
  { hub }: Scene,
  by: string,
  [type, payload]: readonly [type: string, payload: object],
): Promise<boolean> => (await hub.send({ type, by, payload })).status === "accepted";

const caseOf = (reply: CommandReply): string | undefined =>
  reply.status === "accepted" ? reply.caseId : undefined;

/** Opens a case. @returns its id, `undefined` where it was refused */
export const open = async (
  { hub }: Scene,
  by: string,
  [type, payload]: readonly [type: string, payload: object],
): Promise<string | undefined> => caseOf(await hub.send({ type, by, payload }));

/** When a party that is at work in office hours comes to it: `hours` is the median of a party that is neither slow nor quick. */
export const whenDone = ({ hub, region, random }: Scene, by: string, hours: number): number => {
  const now = hub.time();
  const slow = region.slowness.get(by) ?? 1;
  const summer = localDateTimeOf(instantAt(now)).slice(5, 7) === "07" ? 1.5 : 1;
  return inOffice(now + random.around(hours * slow * summer) * hour, random);
};

/** The same of those who are there at any hour. */
export const whenever = ({ hub, region, random }: Scene, by: string, minutes: number): number =>
  hub.time() + random.around(minutes * Math.min(2, region.slowness.get(by) ?? 1), 0.6) * minute;

export const nowOf = ({ hub }: World): string => instantAt(hub.time());

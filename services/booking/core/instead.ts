import type { Instead } from "../../../contracts/messages/booking-slot.ts";
import type { Organisation } from "../../../contracts/messages/directory.ts";
import { type DirectoryView, unitsOffering } from "../../case/directory-view.ts";

type Line = Instead["acuteRoute"][number];

const lineOf = ({ gln, name, department, phone }: Organisation): Line => ({
  gln,
  name: department === undefined ? name : `${name}, ${department}`,
  ...(phone === undefined ? {} : { phone }),
});

/**
 * What to do when there is no time: the acute route with the visitation's phone, and the acute team of the citizen's
 * municipality. Who that is on which day is the directory's affair (guide, section 5; section 0, finding 1).
 */
export const insteadOf = (
  directory: DirectoryView,
  { hospital, municipality }: { hospital?: string | undefined; municipality?: string | undefined },
  today: string,
): Instead => {
  const visitation = { service: "visitation", municipality } as const;
  const own =
    hospital === undefined ? [] : unitsOffering(directory, { ...visitation, within: hospital }, today);
  const others = own.length > 0 ? [] : unitsOffering(directory, visitation, today);
  const team =
    municipality === undefined
      ? undefined
      : unitsOffering(directory, { service: "acute-nursing", municipality }, today)[0];
  return {
    acuteRoute: [...own, ...others].map(lineOf),
    ...(team === undefined ? {} : { acuteTeam: lineOf(team) }),
  };
};

const dial = ({ name, phone }: Line): string => (phone === undefined ? name : `${name}, ${phone}`);

/** The same in one sentence, for an answer that a person reads. */
export const insteadText = ({ acuteRoute, acuteTeam }: Instead): string => {
  const route = acuteRoute[0] === undefined ? [] : [`phone the visitation (${dial(acuteRoute[0])})`];
  const team = acuteTeam === undefined ? [] : [`call the acute team (${dial(acuteTeam)})`];
  const ways = [...route, ...team];
  return ways.length === 0 ? "Use the acute route." : `Search again, or ${ways.join(", or ")}.`;
};

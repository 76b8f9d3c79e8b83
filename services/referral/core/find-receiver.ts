import type { OfferedService, Organisation } from "../../../contracts/messages/directory.ts";
import type { SendReferral } from "../../../contracts/messages/referral-commands.ts";
import type { ReferralContent, ReferralKind } from "../../../contracts/messages/referral-content.ts";
import { activeOrganisation, type DirectoryView, offers, unitsOffering } from "../../case/directory-view.ts";

/** Where a referral is to go, and what finds the way: its kind, and what the content says. */
export type Wish = {
  kind: ReferralKind;
  to: SendReferral["to"];
  content: ReferralContent;
  /** Absent: typed. */
  standard?: SendReferral["standard"];
};
type World = { directory: DirectoryView; today: string };

type Wanted = {
  service: OfferedService;
  speciality?: string | undefined;
  topic?: string | undefined;
  municipality?: string | undefined;
};

/** Everything that a unit may offer to take a referral of this kind; the first is what is looked for. */
const wantedOf = ({ kind, content }: Pick<Wish, "kind" | "content">): [Wanted, ...Wanted[]] => {
  const { municipality } = content;
  switch (kind) {
    case "hospital":
    case "cancer":
      return [{ service: "referral" }, { service: "visitation" }];
    case "psychiatry":
      return [{ service: "psychiatry" }];
    case "imaging":
      return [{ service: "imaging", topic: content.imaging?.examination }];
    case "prevention":
      // The doctor need not pick the offer: the municipality finds the right one in the clarifying talk (guide 4.4).
      return [
        { service: "prevention", topic: content.prevention?.topic, municipality },
        { service: "prevention", municipality },
      ];
    case "acute-team":
      return [{ service: "acute-nursing", municipality }];
  }
};

/** What the hospital may pass a referral on to besides: what is not here may belong to another kind of unit. */
const alsoForwarded: Partial<Record<ReferralKind, readonly OfferedService[]>> = {
  hospital: ["psychiatry", "imaging"],
  imaging: ["referral", "visitation"],
  psychiatry: ["referral", "visitation"],
  // Whoever has it knows where the citizen lives now, whatever the referral says.
  prevention: ["prevention"],
  "acute-team": ["acute-nursing"],
};

const isVisited = (o: Organisation, today: string): boolean =>
  offers(o, { service: "visitation" }, today) || offers(o, { service: "psychiatry" }, today);

/** Whether a unit finds the right unit for others: it may see the same referral twice. */
export const isCentral = (directory: DirectoryView, gln: string, today: string): boolean => {
  const unit = directory.organisation(gln);
  return unit !== undefined && isVisited(unit, today);
};

const visitationOf = (hospital: string, { directory, today }: World): Organisation | undefined =>
  unitsOffering(directory, { service: "visitation", within: hospital }, today)[0];

type To = Exclude<SendReferral["to"], { gln: string }>;

/** Psychiatry, imaging and municipal offers need no more than the directory; a hospital needs a speciality or a name. */
const byDirectory = (wish: Wish, to: To, world: World): Organisation | undefined => {
  const { directory, today } = world;
  const { speciality, hospital: within } = to;
  const isHospital = wish.kind === "hospital" || wish.kind === "cancer";
  if (isHospital) {
    const unit =
      speciality === undefined
        ? undefined
        : unitsOffering(directory, { service: "referral", speciality, within }, today)[0];
    return unit ?? (within === undefined ? undefined : visitationOf(within, world));
  }
  for (const wanted of wantedOf(wish)) {
    const [unit] = unitsOffering(directory, { ...wanted, within }, today);
    if (unit !== undefined) return unit;
  }
  return undefined;
};

/** `unlisted`: the directory does not say that the unit takes such referrals; a letter's sender knows it all the same. */
export type Found =
  | { unit: Organisation; unlisted?: string }
  | { code: "receiver-unknown" | "no-unit-takes"; path: string; message: string };

const nobody = (path: string, message: string): Found => ({ code: "no-unit-takes", path, message });

/** Who takes it instead, so that a sender with an old address learns the new one. */
const instead = (wish: Wish, world: World): string => {
  const other = byDirectory({ ...wish, to: {} }, {}, world);
  return other === undefined ? "" : ` By the directory it goes to ${other.name} (${other.gln}) today.`;
};

const byGln = (wish: Wish, gln: string, world: World & { also: readonly OfferedService[] }): Found => {
  const { directory, today, also } = world;
  const unit = activeOrganisation(directory, gln, today);
  if (unit === undefined)
    return {
      code: "receiver-unknown",
      path: "to.gln",
      message: `The receiver's GLN is not in the directory, or not in force today.${instead(wish, world)}`,
    };
  const wanted = [...wantedOf(wish), ...also.map((service): Wanted => ({ service }))];
  if (wanted.some((one) => offers(unit, one, today))) return { unit };
  const visitation = unit.kind === "hospital" ? visitationOf(gln, world) : undefined;
  if (visitation !== undefined && (wish.kind === "hospital" || wish.kind === "cancer"))
    return { unit: visitation };
  const message = `That unit takes no such referrals today.${instead(wish, world)}`;
  const named = wish.standard === "oioxml" && neverOffered(unit, wanted);
  return named ? { unit, unlisted: message } : nobody("to.gln", message);
};

/** A unit that took them once and does no more is an old address; one of which nothing is listed may well take them. */
const neverOffered = (unit: Organisation, wanted: readonly Wanted[]): boolean =>
  !unit.offers.some(({ service }) => wanted.some((one) => one.service === service));

/**
 * Who receives it, by the directory of that Danish date alone: who it is on 31 December and who on 1 January is data. A hospital
 * that is named without a unit receives through its visitation.
 */
export const findReceiver = (wish: Wish, world: World, forwarding = false): Found => {
  const { to, kind } = wish;
  const also = forwarding ? (alsoForwarded[kind] ?? []) : [];
  if ("gln" in to) return byGln(wish, to.gln, { ...world, also });
  const unit = byDirectory(wish, to, world);
  return unit === undefined
    ? nobody("to", "Nobody in the directory takes this today. Name a unit by its GLN, or a hospital.")
    : { unit };
};

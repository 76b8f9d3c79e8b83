import type { Organisation } from "../../../contracts/messages/directory.ts";
import type { ReferralContent, ReferralKind } from "../../../contracts/messages/referral-content.ts";
import { activeOrganisation, type DirectoryView, offers } from "../../case/directory-view.ts";
import type { Wish } from "./find-receiver.ts";

type World = { directory: DirectoryView; today: string };

const takes = (
  unit: Organisation,
  service: "psychiatry" | "referral" | "visitation",
  today: string,
): boolean => offers(unit, { service }, today);

/**
 * The kind of a referral that came as a letter: MedCom has one letter for hospitals (XREF01), and a unit that takes
 * psychiatry alone says what it is about.
 */
export const kindByReceiver = ({ kind, to }: Wish, { directory, today }: World): ReferralKind => {
  if ((kind !== "hospital" && kind !== "cancer") || !("gln" in to)) return kind;
  const unit = activeOrganisation(directory, to.gln, today);
  const psychiatric =
    unit !== undefined &&
    takes(unit, "psychiatry", today) &&
    !takes(unit, "referral", today) &&
    !takes(unit, "visitation", today);
  return psychiatric ? "psychiatry" : kind;
};

const municipalityOf = (unit: Organisation, directory: DirectoryView): string | undefined => {
  let current: Organisation | undefined = unit;
  for (let level = 0; level < 5 && current !== undefined; level++) {
    if (current.identifiers.municipalityCode !== undefined) return current.identifiers.municipalityCode;
    current = current.partOf === undefined ? undefined : directory.organisation(current.partOf);
  }
  return undefined;
};

/** MedCom's municipal referrals name the receiver, and not where the citizen lives: the receiver is of that municipality. */
export const withMunicipality = (
  kind: ReferralKind,
  content: ReferralContent,
  { unit, directory }: { unit: Organisation; directory: DirectoryView },
): ReferralContent => {
  if ((kind !== "prevention" && kind !== "acute-team") || content.municipality !== undefined) return content;
  const municipality = municipalityOf(unit, directory);
  return municipality === undefined ? content : { ...content, municipality };
};

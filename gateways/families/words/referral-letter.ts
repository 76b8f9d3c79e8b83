import type { FormattedText } from "../../../contracts/formatted-text.ts";
import type { ReferralContent } from "../../../contracts/messages/referral-content.ts";
import { namedParty } from "./common.ts";
import { ofLaterVersions, ofOneText, relativesSection, withoutElement } from "./supplementary.ts";
import { lines, person, type Saying, section, type Words } from "./words.ts";

const kinds: Readonly<Record<string, string>> = {
  hospital: "Henvisning til sygehus",
  imaging: "Henvisning til billeddiagnostik",
  psychiatry: "Henvisning til psykiatri",
  cancer: "Henvisning ved mistanke om kræft",
  prevention: "Henvisning til forebyggelse",
  "acute-team": "Henvisning til akutteam",
};

const diagnosisText = ({ refer, referralAdditional }: ReferralContent): string =>
  [refer, ...referralAdditional]
    .flatMap((one) => (one === undefined ? [] : [[one.code, one.text].filter(Boolean).join(" ")]))
    .join("; ");

/** Where more is to be found; objects travel in letters of their own. */
export const referencesSection = (
  references: ReferralContent["references"] = [],
): FormattedText | undefined =>
  section(
    "Bilag og links",
    lines(
      ...references.map(({ description, target }) =>
        target.kind === "url" ? `${description}: ${target.url}` : description,
      ),
    ),
  );

/** A referral as it stands, for whoever gets no letter of its own type: nothing that it says is left out. */
export const letterOf = (
  { kind, referral }: { readonly kind: string; readonly referral: ReferralContent },
  saying: Saying,
): Words => ({
  subject: kinds[kind] ?? "Henvisning",
  urgent: referral.priority === "akut" || kind === "cancer" || kind === "acute-team",
  text: lines(
    section("Henvisningsdiagnose", diagnosisText(referral)),
    ...ofOneText(referral),
    ...withoutElement(referral, saying),
    section("Første dag i sidste menstruation", referral.firstDateOfPeriod),
    relativesSection(referral.relatives),
    ...ofLaterVersions(referral),
    section("Kopi af svar til", namedParty(referral.answerCopyTo)),
    referencesSection(referral.references),
    section("Henvist af", person(referral.referrer)),
  ),
});

import type { FormattedText } from "../../../contracts/formatted-text.ts";
import type { DischargeSummary } from "../../../contracts/messages/discharge-summary.ts";
import { dayInWords, field, lines, person, type Saying, section, timeInWords } from "./words.ts";

/** The sections of a summary under their Danish headings, in the order of the guide (Region Nordjylland, PRI 25349). */
export const summarySections = (summary: DischargeSummary): (FormattedText | undefined)[] => [
  section("Resumé", summary.resume),
  section("Information til patienten", summary.patientInformation),
  section("Medicin", summary.medicine),
  section("Forebyggelse", summary.preventionPlan),
  section("Afventer", summary.pending),
  section("Medicinliste", summary.medicineList),
];

/** Who answers for the patient after the discharge, as the summary says it. */
export const responsibilityText = (
  { extendedResponsibility }: DischargeSummary,
  saying: Pick<Saying, "localTime">,
): FormattedText | undefined => {
  if (extendedResponsibility === undefined) return undefined;
  const { until, phone } = extendedResponsibility;
  return section(
    "Udvidet behandlingsansvar",
    lines(
      until === undefined
        ? undefined
        : `Hospitalet har behandlingsansvaret til ${timeInWords(until, saying)}.`,
      field("Telefon", phone),
    ),
  );
};

const named = (all: readonly { code?: string | undefined; text: string }[]): string =>
  all.map(({ code, text }) => [code, text].filter(Boolean).join(" ")).join("; ");

const localInWords = (local: string | undefined): string | undefined =>
  local === undefined ? undefined : `${dayInWords(local)} kl. ${local.slice(11).replace(":", ".")}`;

/** A whole summary as one text, the recommendation first (Vejledning 10036 of 2018). */
export const summaryText = (summary: DischargeSummary, saying: Saying): FormattedText =>
  lines(
    section("Anbefalet opfølgning", summary.recommendedAction),
    responsibilityText(summary, saying),
    field("Indlagt", localInWords(summary.admittedAt)),
    field("Udskrevet", localInWords(summary.dischargedAt)),
    field("Udskrevet til", summary.dischargeMode),
    section("Diagnoser", named(summary.diagnoses)),
    section("Procedurer", named(summary.procedures)),
    ...summarySections(summary),
    section("CAVE", summary.cave),
    field("Patientansvarlig læge", summary.responsibleDoctor),
    section("Afdeling og læge", person({ name: summary.dictatedBy, title: summary.unit })),
  );

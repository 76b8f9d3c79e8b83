import { elementsAt, textAt } from "../../model/navigate.ts";
import { idIn } from "../../parts/open-message.ts";
import type { Checked, Rule } from "../rule.ts";
import { activityOf, unless } from "./find.ts";

const answered = ({ header }: Checked): string | undefined => textAt(header, "response.identifier");
const codeOf = ({ header }: Checked): string | undefined => textAt(header, "response.code");

/** Ids of earlier messages that the Provenances name: targets of the others, and what the own one follows. */
const namedIn = (message: Checked): readonly string[] => [
  ...message
    .ofType("Provenance")
    .filter((one) => !message.current.includes(one))
    .flatMap((one) => textAt(one, "target.reference") ?? []),
  ...message.current.flatMap((one) =>
    elementsAt(one, "entity").flatMap((entity) => textAt(entity, "what.reference") ?? []),
  ),
];

const ownActivity = (message: Checked): readonly string[] => {
  const [own] = message.current;
  const activity = activityOf(message);
  if (own === undefined || activity === undefined) return [];
  return unless(activity === "acknowledgement", `${message.placeOf(own)}.activity.coding.code`);
};

const uncorrelated = (message: Checked): readonly string[] => {
  const id = answered(message);
  const named = namedIn(message);
  const agree = id === undefined || named.every((reference) => idIn(reference) === id);
  return unless(agree, `${message.placeOf(message.header)}.response.identifier`);
};

/**
 * Rules of Acknowledgement 2.0 (guide to MedCom FHIR, section 6). An answer is never answered (governance 040, KR2): where its
 * outcome is plain, what else is wrong with it only warns, or a sender would wait for an answer that came.
 */
export const acknowledgementRules: readonly Rule[] = [
  {
    id: "Ack-1",
    source: "medcom-acknowledgement-1",
    severity: "error",
    code: "resource-required",
    says: {
      en: "What is not ok is explained by an OperationOutcome.",
      da: "Det, der ikke er ok, forklares af en OperationOutcome.",
    },
    broken: (message) =>
      unless(
        codeOf(message) === "ok" || message.ofType("OperationOutcome").length > 0,
        `${message.placeOf(message.header)}.response.details`,
      ),
  },
  {
    id: "Ack-details",
    source: "guide, section 6: response.details points at the OperationOutcome",
    severity: "warning",
    code: "reference-missing",
    says: {
      en: "The OperationOutcome is not pointed at by the response.",
      da: "Svaret henviser ikke til OperationOutcome.",
    },
    broken: (message) =>
      unless(
        message.ofType("OperationOutcome").length === 0 ||
          textAt(message.header, "response.details.reference") !== undefined,
        `${message.placeOf(message.header)}.response.details`,
      ),
  },
  {
    id: "Ack-activity",
    source: "guide, sections 6 and 9",
    severity: "error",
    code: "code-unlisted",
    says: {
      en: "The acknowledgement's own activity is acknowledgement.",
      da: "Kvitteringens egen aktivitet er acknowledgement.",
    },
    broken: ownActivity,
  },
  {
    id: "Ack-original",
    source: "guide, section 6: a copy of the original's latest Provenance",
    severity: "warning",
    code: "resource-required",
    says: {
      en: "The Provenance of the message that is answered is not carried along.",
      da: "Provenance for den meddelelse, der kvitteres for, er ikke taget med.",
    },
    broken: (message) => unless(message.ofType("Provenance").length > message.current.length, "Bundle.entry"),
  },
  {
    id: "Ack-correlation",
    source: "ACK_IG_transient-error and twelve more published files; guide, section 6",
    severity: "warning",
    code: "values-disagree",
    says: {
      en: "The response answers another message than the Provenances name; the response counts.",
      da: "Svaret gælder en anden meddelelse end den, Provenance nævner; svaret tæller.",
    },
    broken: uncorrelated,
  },
  {
    id: "Ack-patient",
    source: "guide, section 6: no Patient",
    severity: "warning",
    code: "element-forbidden",
    says: {
      en: "An acknowledgement is not to name a patient; it is not read.",
      da: "En kvittering skal ikke nævne en patient; den bliver ikke læst.",
    },
    broken: (message) => message.ofType("Patient").map(message.placeOf),
  },
];

import type { PageWord } from "./labels/words.ts";
import { isGroup, type Part, partsOf, textOf } from "./part.ts";

/** What a reader wants of a letter, in that order. */
export const sectionOrder = [
  "receipt",
  "patient",
  "important",
  "parties",
  "course",
  "order",
  "clinical",
  "diagnoses",
  "visitation",
  "relatives",
  "attachments",
  "more",
] as const satisfies readonly PageWord[];
export type Section = (typeof sectionOrder)[number];

/** In which section each element of a letter is read, so that a new version needs no new code; the others are `more`. */
const elementsOf: Readonly<Record<Exclude<Section, "more">, string>> = {
  receipt: "OriginalEmessage",
  patient: "Patient SystemInformation Contents",
  important: "ActionPriority RecommendedAction Confirmation",
  parties: "Sender Receiver CCReceiver AnswerCCReceiver",
  course:
    "Admission Discharge OutPatientFirstVisit OutPatientLastVisit CasualtyWardFirstVisit CasualtyWardLastVisit",
  order: "AdditionalInformation",
  clinical: "RelevantClinicalInformation ClinicalInformation",
  diagnoses: "Referral Diagnose",
  visitation: "HospitalVisitation MunicipalityVisitation",
  relatives: "Relative",
  attachments: "Reference BinaryObject",
};

const sectionOfElement: ReadonlyMap<string, Section> = new Map(
  sectionOrder.flatMap((section): [string, Section][] =>
    section === "more" ? [] : elementsOf[section].split(" ").map((name) => [name, section]),
  ),
);

export interface SortedLetter {
  /** What the Letter element holds: ids and versions. */
  readonly head: readonly Part[];
  readonly subject: Part | undefined;
  readonly sections: ReadonlyMap<Section, readonly Part[]>;
}

/** Priorities that make a reader act before reading on. */
const urgentCodes: readonly string[] = ["akut", "Akut", "høj_prioritet"];
export const isUrgent = (part: Part): boolean =>
  (part.name === "Priority" || part.name === "ActionPriorityCode") &&
  urgentCodes.includes(textOf(part) ?? "");

const isLifted = (part: Part): boolean =>
  isUrgent(part) || (part.name === "Subject" && part.value.is === "text");

/** An urgent priority is read first and the subject is a title, though both stand in AdditionalInformation. */
const lifted = (part: Part): { part: Part | undefined; up: readonly Part[] } => {
  if (part.name !== "AdditionalInformation" || !isGroup(part)) return { part, up: [] };
  const parts = part.value.parts.filter((child) => !isLifted(child));
  return {
    part: parts.length === 0 ? undefined : { ...part, value: { is: "group", parts } },
    up: part.value.parts.filter(isLifted),
  };
};

/** Every part of a letter, each in exactly one place. */
export const sortLetter = (letter: Part): SortedLetter => {
  const sections = new Map<Section, Part[]>();
  const add = (section: Section, part: Part): void => {
    const there = sections.get(section);
    if (there === undefined) sections.set(section, [part]);
    else there.push(part);
  };
  const head: Part[] = [];
  let subject: Part | undefined;
  for (const original of partsOf(letter)) {
    const { part, up } = lifted(original);
    for (const one of up) {
      if (one.name === "Subject" && subject === undefined) subject = one;
      else add("important", one);
    }
    if (part?.name === "Letter" && isGroup(part)) head.push(...part.value.parts);
    else if (part !== undefined) add(sectionOfElement.get(part.name) ?? "more", part);
  }
  return { head, subject, sections };
};

import type { CaseRecord } from "../../../contracts/record.ts";

const digest = /sha256-[0-9a-f]{64}/g;

/** What a record names in the object store, in whichever field. A digest that means something else costs nothing: there is no such object. */
export const objectsIn = (record: CaseRecord): string[] => JSON.stringify(record).match(digest) ?? [];

/** Ids in INTAKE of the documents that a record was read from. */
export const intakesIn = ({ meta }: CaseRecord): string[] => (meta.intake === undefined ? [] : [meta.intake]);

const routedTo = (fact: CaseRecord["facts"][number]): string[] =>
  fact.type === "RoutedToCase" && "caseId" in fact && typeof fact.caseId === "string" ? [fact.caseId] : [];

/** Cases that a record says its own has to do with. */
export const linksIn = ({ facts, meta }: CaseRecord): string[] => [
  ...(meta.card?.links ?? []).map(({ caseId }) => caseId),
  ...facts.flatMap(routedTo),
];

/** The cases of attachments that came in a letter of their own, and that a record joins to its case. */
export const attachmentCasesIn = ({ facts }: CaseRecord): string[] =>
  facts.flatMap((fact) =>
    "attachmentCaseId" in fact && typeof fact.attachmentCaseId === "string" ? [fact.attachmentCaseId] : [],
  );

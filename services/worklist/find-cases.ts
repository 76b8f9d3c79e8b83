import { caseOfDelivery } from "../../contracts/derived-ids.ts";
import { businessKey, envelopeKey, patientHash, patientKey } from "../../contracts/index-keys.ts";
import type { CaseList, IndexedCase, SearchQuery } from "../../contracts/messages/case-list.ts";
import { indexedCase } from "./core/places.ts";
import { businessHash } from "./core/search-keys.ts";
import { indexedCases, listItem } from "./list-cases.ts";
import { isShown } from "./patient-cases.ts";
import type { WorklistPorts } from "./ports.ts";
import { readCase } from "./read-case.ts";

/** An id is not said of this many cases; a citizen's are paged. */
const maxFound = 100;

const byHash = (ports: WorklistPorts, key: string): Promise<string[]> => ports.page(key, undefined, maxFound);

const byMessage = async (ports: WorklistPorts, viewer: string, messageId: string): Promise<string[]> => [
  // The viewer's own messages name their cases; others' are found by what the records say.
  ...ports.unitsOf(viewer).map((gln) => ports.caseIdFor(gln, messageId)),
  ...(await byHash(ports, businessKey(businessHash("message", messageId, ports.digest)))),
  ...(await ports.archived("id", messageId)),
];

const byEnvelope = async (ports: WorklistPorts, envelopeId: string): Promise<string[]> => {
  const deliveryId = await ports.get(envelopeKey(envelopeId));
  const found = deliveryId === null ? undefined : caseOfDelivery(deliveryId);
  return found === undefined ? ports.archived("envelope", envelopeId) : [found.caseId];
};

const byIntake = async (ports: WorklistPorts, intakeId: string): Promise<string[]> => [
  ...(await byHash(ports, businessKey(businessHash("intake", intakeId, ports.digest)))),
  ...(await ports.archived("from", intakeId)),
];

const byPatient = async (ports: WorklistPorts, hash: string): Promise<string[]> => [
  ...(await byHash(ports, patientKey(hash))),
  ...(await ports.archived("patient", hash)),
];

/** The cases that each id of a search may mean. */
const meant = (ports: WorklistPorts, viewer: string, query: SearchQuery): Promise<string[]>[] => {
  const { caseId, messageId, envelopeId, intakeId, patient } = query;
  return [
    ...(caseId === undefined ? [] : [Promise.resolve([caseId.toLowerCase()])]),
    ...(messageId === undefined ? [] : [byMessage(ports, viewer, messageId)]),
    ...(envelopeId === undefined ? [] : [byEnvelope(ports, envelopeId)]),
    ...(intakeId === undefined ? [] : [byIntake(ports, intakeId)]),
    ...(patient === undefined ? [] : [byPatient(ports, patientHash(patient, ports.digest))]),
  ];
};

const caseIdShape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A message that was routed to another case has a case of its own that only points there: it means that one. */
const followed = async (ports: WorklistPorts, caseId: string): Promise<string> =>
  caseIdShape.test(caseId) ? ((await readCase(ports, caseId))[0]?.caseId ?? caseId) : caseId;

const targets = async (ports: WorklistPorts, caseIds: readonly string[]): Promise<string[]> => {
  const unique = [...new Set(caseIds)].slice(0, maxFound);
  const known = await indexedCases(ports, unique);
  return Promise.all(unique.map(async (id, i) => (known[i] === undefined ? await followed(ports, id) : id)));
};

/** A case that the lists hold no more, as they would show it. */
const unlisted = async (ports: WorklistPorts, caseId: string): Promise<IndexedCase | undefined> => {
  const records = await readCase(ports, caseId);
  const [last, carded] = [records.at(-1), records.findLast(({ meta }) => meta.card !== undefined)];
  const shown = carded === undefined ? undefined : indexedCase(carded);
  if (last === undefined || shown === undefined) return undefined;
  const { status, no, at } = last.meta;
  return { ...shown, status, no, updatedAt: at };
};

const shownCases = async (ports: WorklistPorts, caseIds: readonly string[]): Promise<IndexedCase[]> => {
  const listed = await indexedCases(ports, caseIds);
  const all = await Promise.all(caseIds.map(async (id, i) => listed[i] ?? (await unlisted(ports, id))));
  return all.filter((of) => of !== undefined);
};

/** The cases that fit every id of a search and that the viewer may know of. To it the others do not exist. */
export const searchCases = async (
  ports: WorklistPorts,
  viewer: string,
  query: SearchQuery,
): Promise<CaseList> => {
  const found = await Promise.all(meant(ports, viewer, query));
  const resolved = await Promise.all(found.map((ids) => targets(ports, ids)));
  const [first = [], ...rest] = resolved;
  const all = [...new Set(first)].filter((id) => rest.every((ids) => ids.includes(id)));
  const cases = await shownCases(
    ports,
    all.filter((id) => caseIdShape.test(id)),
  );
  const shown = cases.filter((of) => isShown(ports, viewer, of));
  const newest = shown.toSorted((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1));
  return { items: newest.map((of) => listItem(ports, of)) };
};

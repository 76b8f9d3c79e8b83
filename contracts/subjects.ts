/** Every subject of the bus is spelled here and nowhere else. No personal data is ever part of a subject. */
import { shardOf } from "./derived-ids.ts";
import type { Family } from "./family.ts";

export const caseSubject = (family: Family, caseId: string): string =>
  `case.${shardOf(caseId)}.${family}.${caseId}`;
/** Every case of a family. */
export const familySubjects = (family: Family): string => `case.*.${family}.>`;
/** The case of an id whose family is not known. */
export const anyFamilyCaseSubject = (caseId: string): string => `case.${shardOf(caseId)}.*.${caseId}`;
export const intakeSubject = (standard: string, intakeId: string): string =>
  `intake.${shardOf(intakeId)}.${standard}.${intakeId}`;
/** The document of an id whose standard is not known, and what was noted of it. */
export const anyIntakeSubject = (intakeId: string): string => `intake.${shardOf(intakeId)}.*.${intakeId}`;
export const intakeOf = (standard: string): string => `intake.*.${standard}.>`;
/** What an operator must see: why a document in INTAKE was refused. */
export const refusedSubject = (intakeId: string): string => `intake.${shardOf(intakeId)}.refused.${intakeId}`;
/** Every such note. */
export const refusedSubjects = "intake.*.refused.>";
/** What was done about a document in INTAKE of which nothing was taken: one message each, in order. */
export const stepsSubject = (intakeId: string): string => `intake.${shardOf(intakeId)}.steps.${intakeId}`;
/** Every such step. */
export const stepsSubjects = "intake.*.steps.>";
/** That answers left the hub: one message for many documents of one stream, under an id of its own. */
export const toldSubject = (shard: string, id: string): string => `intake.${shard}.told.${id}`;
/** Every message of that kind. */
export const toldSubjects = "intake.*.told.>";
/** What must be known for ever and was noted once, under a hash. */
export const notedSubject = (hash: string): string => `intake.${shardOf(hash)}.noted.${hash}`;
/** In the place of a standard: the hub's own notes, kept beside the documents. */
const intakeNotes: ReadonlySet<string> = new Set(["refused", "steps", "told", "noted"]);
/** Whether a record of a case or a document is written there: what somebody reads later, and goes on with. */
export const isRecordOrDocument = (subject: string): boolean => {
  const [store, , sort = ""] = subject.split(".");
  return store === "case" || (store === "intake" && !intakeNotes.has(sort));
};
/** What a message was answered, under a hash of who sent it and its id: kept for as long as copies of it may come. */
export const answeredSubject = (hash: string): string => `answered.${shardOf(hash)}.${hash}`;
/** Who looked at what: one subject, since it is one chain. */
export const auditSubject = "audit.reads";
export const commandSubject = (type: string): string => `cmd.${type}`;
export const querySubject = (type: string): string => `qry.${type}`;
/** Cases that changed, once the index holds the change. Heard by every gateway; missed by those that are away. */
export const caseEventsSubject = "evt.worklist.changed";
export const printSubject = (standard: string): string => `doc.${standard}.print`;
/** One hub, by its name among the others, is asked about a receiver that it brings documents to. */
export const laneSubject = (hub: string): string => `doc.push.lane.${hub}`;
/** Has a transport bring one delivery to its receiver, or look whether the receiver answers at all. */
export const carrySubject = "doc.push.carry";
export const knockSubject = "doc.push.knock";
/** Where a partner on the bus takes its documents, unless the directory names another. */
export const partnerSubject = (gln: string): string => `partner.${gln}.in`;
/** Where a partner on the bus speaks to the hub: the server lets it publish on its own alone. */
export const fromPartnerSubjects = (gln: string): string => `from.${gln}.>`;
/** What every partner says: commands, queries, documents. */
export const partnersSubjects = { cmd: "from.*.cmd.*.*", qry: "from.*.qry.*.*", doc: "from.*.doc" } as const;
/** Where a partner hears what it is brought. */
export const toPartnerSubjects = (gln: string): string => `partner.${gln}.>`;
/** What the inboxes of a partner begin with: answers to it go nowhere else. */
export const partnerInbox = (gln: string): string => `_INBOX_${gln}`;
/** Has the gateway of a standard make a page for people of a document. */
export const renderSubject = (standard: string): string => `doc.${standard}.render`;
/** Has the gateway of a standard say, in its own words, that the hub has a fault: to whoever sent a document meanwhile. */
export const faultAnswerSubject = (standard: string): string => `doc.${standard}.answer-fault`;
/** Has a document that is in INTAKE read again, by the gateway of its standard. */
export const readAgainSubject = (standard: string): string => `doc.${standard}.read-again`;

/** What the subjects of each kind of stream begin with. */
export type ShardPrefix = "case" | "intake" | "answered";
/** The subjects of one stream: its range of shards. */
export const shardSubjects = (prefix: ShardPrefix, from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, i) => `${prefix}.${String(from + i).padStart(2, "0")}.>`);

import { plainUuid } from "../../contracts/derived-ids.ts";
import type { CareThread } from "../../contracts/fhir/care-communication.ts";
import type { Letter } from "../../contracts/letter.ts";

type Digest = (text: string) => string;

const patientIdOf = ({ patient }: Letter): string => patient.cpr ?? patient.alternativeId ?? "";

/** Whom a thread is between and about, from whichever side a letter comes. */
const partiesOf = (letter: Letter): string[] => [
  patientIdOf(letter),
  ...[letter.sender.gln, letter.receiver.gln].toSorted(),
];

/**
 * The thread of an episode of care between two parties about one patient: a letter that bears another patient's episode by
 * mistake must not end up in that patient's case. Hashed: the key of an index tells nobody's number.
 */
export const episodeKey = (letter: Letter, digest: Digest): string | undefined =>
  letter.episodeOfCareId === undefined
    ? undefined
    : digest(["episode", plainUuid(letter.episodeOfCareId), ...partiesOf(letter)].join("|"));

/**
 * The thread of a FHIR correspondence (Communication.identifier) between two parties about one patient: for the same reason, and
 * since a forward has a thread of its own.
 */
export const conversationKey = (letter: Letter, threadId: string, digest: Digest): string =>
  digest(["conversation", plainUuid(threadId.replace(/^urn:uuid:/i, "")), ...partiesOf(letter)].join("|"));

/** The thread in which `from` owes `to` a letter about this patient. */
export const turnKey = (letter: Letter, { from, to }: { from: string; to: string }, digest: Digest): string =>
  digest(["turn", from, to, patientIdOf(letter)].join("|"));

/**
 * Where a letter may belong, the surest first: the thread that a message names, the episode of care, whose turn it is. A new
 * message and a forward begin threads of their own (guide to MedCom FHIR, section 3.1), and are in no other; a reply
 * whose thread is not known may answer what was written in another standard.
 */
export const keysOfLetter = (
  letter: Letter,
  thread: CareThread | undefined,
  digest: Digest,
): { named: string | undefined; others: string[] } => {
  const named = thread === undefined ? undefined : conversationKey(letter, thread.id, digest);
  if (thread !== undefined && thread.activity !== "reply-message") return { named, others: [] };
  const [from, to] = [letter.sender.gln, letter.receiver.gln];
  const episode = episodeKey(letter, digest);
  const turn = turnKey(letter, { from, to }, digest);
  return { named, others: episode === undefined ? [turn] : [episode, turn] };
};

import type { CommandReply } from "../../contracts/envelope.ts";
import type { CareThread } from "../../contracts/fhir/care-communication.ts";
import { threadKey } from "../../contracts/index-keys.ts";
import type { Letter } from "../../contracts/letter.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import { sha256 } from "../../infra/ids.ts";
import type { AdviceCommand } from "../../services/advice/core/command.ts";
import { keysOfLetter } from "../../services/case/thread-keys.ts";
import { project } from "../../services/worklist/core/project.ts";
import { command, letter } from "./advice-given.ts";
import type { TestCases } from "./case-given.ts";

/** The thread that most tests are about; a message of it, and the messages that it follows. */
export const threadOf = (messageId: string, ...follows: string[]): CareThread => ({
  id: "urn:uuid:6d1f0a52-4c7b-4e0f-9a13-2b7c8d9e0f11",
  messageId,
  activity: follows.length === 0 ? "new-message" : "reply-message",
  follows,
  category: {
    system: "http://medcomfhir.dk/ig/terminology/CodeSystem/medcom-careCommunication-categoryCodes",
    code: "carecoordination",
  },
});

export const receivedIn = (thread: CareThread, read: Letter): AdviceCommand =>
  command("advice.receiveLetter", { letter: read, standard: "fhir", thread });

/** What the index says of threads, made of the records as the projector makes it: the newest case of each key. */
const threadsIn = (records: readonly CaseRecord[]): ReadonlyMap<string, string> => {
  const kept = new Map<string, string>();
  for (const [command, key, ...args] of records.flatMap((record) => project(record, sha256))) {
    if (!key.startsWith("thread:")) continue;
    if (command === "ZADD") kept.set(key, args[1] ?? "");
    if (command === "ZREM" && kept.get(key) === args[0]) kept.delete(key);
  }
  return kept;
};

/** The cases find their threads as the service does, by an index that is always up to date. */
export const withIndex = (cases: TestCases): TestCases => {
  cases.threadIs((letter, thread) => {
    const index = threadsIn(cases.records());
    const { named, others } = keysOfLetter(letter, thread, sha256);
    const guesses = others.map((key) => index.get(threadKey(key)));
    return {
      named: named === undefined ? undefined : index.get(threadKey(named)),
      guessed: guesses.find((caseId) => caseId !== undefined),
    };
  });
  return cases;
};

/** A FHIR message as the gateway hands it in: no episode of care, so that nothing but the thread can join it. */
export const sendCare = (
  cases: TestCases,
  from: string,
  to: string,
  thread: CareThread,
  change: object = {},
): Promise<CommandReply> => {
  const { episodeOfCareId: _, ...bare } = letter(from, to, { letterId: thread.messageId, texts: [["Tak."]] });
  return cases.send({
    type: "advice.receiveLetter",
    by: from,
    id: `care:${from}:${thread.messageId}`,
    payload: { letter: bare, standard: "fhir", thread, ...change },
  });
};

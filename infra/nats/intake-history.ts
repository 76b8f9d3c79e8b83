import type { JetStreamManager, StoredMsg } from "@nats-io/jetstream";
import { shardOf } from "../../contracts/derived-ids.ts";
import { DeadLetterStep } from "../../contracts/messages/dead-letters.ts";
import { type Told, ToldBatch } from "../../contracts/messages/told.ts";
import { RefusedDocument } from "../../contracts/messages/worklist.ts";
import { anyIntakeSubject, refusedSubject, stepsSubject, toldSubjects } from "../../contracts/subjects.ts";
import { type KnownDocument, knownOf } from "./intake-document.ts";
import type { Link } from "./link.ts";
import { type Layout, streamFor } from "./streams.ts";

/** All that INTAKE holds of one document, but its bytes. */
export type IntakeHistory = {
  document: KnownDocument;
  refused?: RefusedDocument;
  /** Oldest first. */
  steps: DeadLetterStep[];
  told?: Told;
};

type Needs = { jsm: JetStreamManager; link: Link; layout: Layout };

/** The message of a subject at a sequence or the next after it. */
const nextOf = (
  { jsm, link }: Needs,
  stream: string,
  query: { seq: number; next_by_subj: string },
): Promise<StoredMsg | null> => link.hold(() => jsm.direct.getMessage(stream, query));

/**
 * An answer is on its way within ten seconds, and told of four times a second at most: of a stream no more of them than this
 * come between a document and the one that tells of it.
 */
const batchesLookedAt = 64;

const toldAfter = async (needs: Needs, stream: string, document: StoredMsg): Promise<Told | undefined> => {
  const intake = knownOf(storedFrom(document)).intake;
  let seq = document.seq;
  for (let n = 0; n < batchesLookedAt; n++) {
    const batch = await nextOf(needs, stream, { seq: seq + 1, next_by_subj: toldSubjects });
    if (batch === null) return undefined;
    const told = ToldBatch.parse(batch.json()).told.find((one) => one.intake === intake);
    if (told !== undefined) return told;
    seq = batch.seq;
  }
  return undefined;
};

const storedFrom = ({ subject, data, header }: StoredMsg): Parameters<typeof knownOf>[0] => ({
  subject,
  data,
  header: (name) => header.get(name),
});

const add = (history: IntakeHistory, message: StoredMsg): IntakeHistory => {
  const [, , kind] = message.subject.split(".");
  if (kind === "refused") return { ...history, refused: RefusedDocument.parse(message.json()) };
  return kind === "steps"
    ? { ...history, steps: [...history.steps, DeadLetterStep.parse(message.json())] }
    : history;
};

/** Reads what stands under one id, in the order in which it was written. `undefined`: nothing does. */
export const readHistory = async (needs: Needs, intakeId: string): Promise<IntakeHistory | undefined> => {
  const stream = streamFor("intake", shardOf(intakeId), needs.layout);
  const next = (seq: number, subject: string): Promise<StoredMsg | null> =>
    nextOf(needs, stream, { seq, next_by_subj: subject });
  // By a pattern the server finds the first at once, and the next only by looking through all that came since.
  const document = await next(1, anyIntakeSubject(intakeId));
  if (document === null) return undefined;
  let history: IntakeHistory = { document: knownOf(storedFrom(document)), steps: [] };
  for (const subject of [refusedSubject(intakeId), stepsSubject(intakeId)])
    for (
      let one = await next(document.seq + 1, subject);
      one !== null;
      one = await next(one.seq + 1, subject)
    )
      history = add(history, one);
  const told = await toldAfter(needs, stream, document);
  return told === undefined ? history : { ...history, told };
};

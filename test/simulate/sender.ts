import type { CommandReply } from "../../contracts/envelope.ts";
import { DocumentOutcome } from "../../contracts/messages/document.ts";
import { withUnits } from "../../contracts/units.ts";
import { intakeIdFor, sha256 } from "../../infra/ids.ts";
import { createAnswers } from "../../infra/nats/answers.ts";
import { askServices } from "../../infra/nats/ask-services.ts";
import { parseJson } from "../../infra/nats/json.ts";
import type { Platform } from "../../infra/platform.ts";
import type { Order } from "./orders.ts";

/** An answer as its sender has it; what failed is no answer, and is asked for again. */
export type Answer =
  | { kind: "command"; reply: CommandReply }
  | { kind: "document"; outcome: DocumentOutcome };

/** What somebody sent, and all the answers to it. */
export type Sent = { order: Order; sentMs: number; answers: Answer[]; failures: string[]; tries: number };

const answerTimeoutMs = 10_000;

/** The letters of the examples name ISO-8859-1 as their encoding, and FHIR has but one. */
const bytesOf = ({ text, standard }: Order & { kind: "document" }): Buffer =>
  Buffer.from(text, standard === "fhir" ? "utf8" : "latin1");

export const intakeOf = (order: Order & { kind: "document" }): string =>
  intakeIdFor(order.sender, sha256(bytesOf(order)));

/** Kept first, then waited for, as every transport does it; the same bytes again are the same document. */
const submit = async (
  { nc, intake, directory, effects, bus }: Platform,
  order: Order & { kind: "document" },
): Promise<DocumentOutcome> => {
  const answers = createAnswers(nc);
  try {
    const id = intakeOf(order);
    const speaksFor = withUnits(order.sender, directory.all());
    const { subject, answer } = answers.expect(id, answerTimeoutMs);
    const kept = await intake.appendOnce(id, {
      bytes: bytesOf(order),
      mediaType: order.mediaType,
      standard: order.standard,
      sender: order.sender,
      speaksFor,
      transport: "folder",
      receivedAt: effects.now(),
      answerTo: subject,
    });
    if (kept === "new") return DocumentOutcome.parse(parseJson(await answer));
    return DocumentOutcome.parse(
      await bus.ask(`doc.${order.standard}.read-again`, { intake: id, speaksFor }),
    );
  } finally {
    answers.stop();
  }
};

/** Sends an order through a hub, as its gateways do. @throws Fault */
export const send = async (platform: Platform, order: Order): Promise<Answer> => {
  if (order.kind === "document") return { kind: "document", outcome: await submit(platform, order) };
  const { id, type, sender, payload } = order;
  const time = platform.effects.now();
  const reply = await askServices(platform).command({ id, type, version: 1, time, sender, payload });
  return { kind: "command", reply };
};

/** Some hand a document over and never ask what became of it: it must come to something all the same. */
export const asksAgain = (order: Order): boolean =>
  order.kind === "command" || Number(order.id.slice(1)) % 2 === 0;

/** Whether a sender has what it asked for. */
export const isAnswered = ({ answers }: Sent): boolean => answers.length > 0;

export const isFailure = (answer: Answer): boolean =>
  answer.kind === "command" ? answer.reply.status === "failed" : answer.outcome.status === "failed";

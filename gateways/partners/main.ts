import { headers, type Msg, type NatsConnection } from "@nats-io/transport-node";
import { Fault } from "../../contracts/errors.ts";
import { headBytes, standardOf } from "../../contracts/first-look.ts";
import { DocumentOutcome } from "../../contracts/messages/document.ts";
import { commandSubject, partnersSubjects, querySubject } from "../../contracts/subjects.ts";
import { traceparentHeader } from "../../contracts/traceparent.ts";
import { withUnits } from "../../contracts/units.ts";
import { newId } from "../../infra/ids.ts";
import { type Answers, createAnswers } from "../../infra/nats/answers.ts";
import { parseJson } from "../../infra/nats/json.ts";
import type { Part, Platform } from "../../infra/platform.ts";
import { type Answer, failedAnswer, jsonAnswer, outcomeAnswer } from "./core/answers.ts";
import { envelopeOf, mayHear, type Spoken, spokenOn } from "./core/calls.ts";

const answerTimeoutMs = 10_000;

const partsOfJson = (data: Uint8Array): unknown => {
  try {
    return parseJson(data);
  } catch {
    return undefined;
  }
};

/** A command or a query, as the partner that the subject names. */
const serveCall = async (platform: Platform, spoken: Spoken, message: Msg): Promise<Answer> => {
  const { bus, directory, effects, pressure } = platform;
  const closed = spoken.kind === "cmd" ? pressure.refusal("command") : undefined;
  if (closed !== undefined) return failedAnswer(closed.code, closed.retryAfterSeconds);
  const now = { time: effects.now(), speaksFor: withUnits(spoken.gln, directory.all()) };
  const made = envelopeOf(spoken, partsOfJson(message.data), now);
  if ("refusal" in made) return jsonAnswer(made.refusal);
  const subject = (spoken.kind === "cmd" ? commandSubject : querySubject)(spoken.type);
  return jsonAnswer(await bus.ask(subject, made.envelope));
};

/** A document of a standard: kept first, then read, then answered with the standard's own receipt. */
const serveDocument = async (
  { platform, answers }: Serving,
  { gln }: Spoken,
  message: Msg,
): Promise<Answer> => {
  const { intake, directory, effects, pressure } = platform;
  const closed = pressure.refusal("document");
  if (closed !== undefined) return failedAnswer(closed.code, closed.retryAfterSeconds);
  const mediaType = message.headers?.get("content-type") ?? "";
  const head = Buffer.from(message.data.subarray(0, headBytes)).toString("latin1");
  const standard = standardOf(mediaType, head);
  if (standard === undefined || message.data.length === 0) return failedAnswer("media-type-unknown");
  const id = newId();
  const { subject, answer } = answers.expect(id, answerTimeoutMs);
  await intake.append(id, {
    ...{ bytes: message.data, mediaType, standard, sender: gln, transport: "nats" },
    ...{ speaksFor: withUnits(gln, directory.all()), receivedAt: effects.now(), answerTo: subject },
  });
  return outcomeAnswer(DocumentOutcome.parse(parseJson(await answer)));
};

type Serving = { platform: Platform; answers: Answers };

const respond = (nc: NatsConnection, reply: string, { of, body }: Answer): void => {
  const told = headers();
  for (const [name, value] of Object.entries(of)) told.set(name, value);
  nc.publish(reply, body, { headers: told });
};

/** A step of the partner's own trace where it named one; a question begins none. */
const traced = <T>(
  { traces }: Platform,
  { spoken: { kind, gln }, message }: { spoken: Spoken; message: Msg },
  work: () => Promise<T>,
): Promise<T> => {
  const facts = { "sektorbro.sender": gln };
  const step = { name: `partner ${kind}`, kind: "server", begins: kind !== "qry", facts } as const;
  return traces.within(message.headers?.get(traceparentHeader), () => traces.step(step, work));
};

const serve = async (serving: Serving, message: Msg): Promise<void> => {
  const { nc, log } = serving.platform;
  const spoken = spokenOn(message.subject);
  if (spoken === undefined) return;
  const { reply } = message;
  if (!mayHear(spoken.gln, reply)) {
    log.warn("partner-answer-elsewhere", { sender: spoken.gln });
    return;
  }
  const answer = await traced(serving.platform, { spoken, message }, () =>
    spoken.kind === "doc"
      ? serveDocument(serving, spoken, message)
      : serveCall(serving.platform, spoken, message),
  ).catch((error: unknown) => {
    if (error instanceof Fault) return failedAnswer(error.code);
    log.error("partner-call-broke", { sender: spoken.gln, error });
    return failedAnswer("internal-error");
  });
  respond(nc, reply, answer);
};

/** Partners that speak to the hub on subjects of their own. Who they are is the subject, which the server has checked. */
export const startPartners = (platform: Platform): Part => {
  const { nc } = platform;
  const serving = { platform, answers: createAnswers(nc) };
  const subscriptions = Object.values(partnersSubjects).map((subject) =>
    nc.subscribe(subject, {
      queue: "partners",
      callback: (error, message) => {
        if (error === null) void serve(serving, message);
        else platform.log.error("partner-call-broke", { error });
      },
    }),
  );
  return {
    stop: async () => {
      await Promise.all(subscriptions.map((one) => one.drain()));
      serving.answers.stop();
    },
  };
};

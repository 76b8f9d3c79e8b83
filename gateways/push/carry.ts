import { Fault } from "../../contracts/errors.ts";
import type { Channel } from "../../contracts/messages/directory.ts";
import type {
  Carried,
  CarryDelivery,
  Knocked,
  NatsWay,
  PushTransport,
  Webhook,
} from "../../contracts/push.ts";
import { partnerSubject } from "../../contracts/subjects.ts";
import { type Answer, broughtAlong, isAwake, resultOf } from "./core/answer.ts";
import { headersOf, type Parcel } from "./core/document-headers.ts";
import { findParcel, type ToCarry } from "./find-parcel.ts";
import type { askPartner } from "./partner-subject.ts";
import type { PushOptions, PushPorts } from "./ports.ts";
import { addressOf, type LookUp } from "./resolve.ts";
import { SendFailure } from "./send-failure.ts";
import type { Target, WebhookLine } from "./webhook.ts";

export type Carrying = {
  ports: PushPorts;
  options: PushOptions;
  lookUp: LookUp;
  /** Connections of each receiver by itself. */
  lineOf: (gln: string) => WebhookLine;
  ask: (
    subject: string,
    message: { of: Readonly<Record<string, string>>; body: Uint8Array; timeoutMs: number },
  ) => ReturnType<typeof askPartner>;
  /** Ends what is under way. */
  signal: AbortSignal;
};

const knockTimeoutMs = 750;

/** @throws SendFailure `secret-missing` when something is named that is not there */
const found = <T>(value: T | undefined): T => {
  if (value === undefined) throw new SendFailure("secret-missing");
  return value;
};

const targetOf = async ({ ports, options, lookUp }: Carrying, webhook: Webhook): Promise<Target> => {
  const url = new URL(webhook.url);
  const { clientCertificate, trusts } = webhook;
  const address = await addressOf(url, { lookUp, allowed: options.allowed });
  return {
    url,
    address,
    ...(clientCertificate === undefined
      ? {}
      : { client: found(await ports.secrets.certificate(clientCertificate)) }),
    ...(trusts === undefined ? {} : { trusted: found(await ports.secrets.trusted(trusts)) }),
  };
};

const signedHeaders = async (
  { ports }: Carrying,
  { secret }: { secret?: string | undefined },
  parcel: Parcel,
): Promise<Record<string, string>> => {
  const secrets = secret === undefined ? [] : found(await ports.secrets.signing(secret));
  return headersOf(parcel, { timestamp: Math.floor(ports.trueMs() / 1_000), secrets });
};

const overHttp = async (carrying: Carrying, webhook: Webhook, parcel: Parcel): Promise<Answer> => {
  const headers = await signedHeaders(carrying, webhook, parcel);
  const target = await targetOf(carrying, webhook);
  const sent = {
    method: "POST",
    headers,
    body: parcel.body,
    timeoutMs: webhook.timeoutSeconds * 1_000,
  } as const;
  return carrying.lineOf(parcel.to).send(target, sent, carrying.signal);
};

const overBus = async (carrying: Carrying, way: NatsWay, parcel: Parcel): Promise<Answer> => {
  const of = await signedHeaders(carrying, way, parcel);
  const subject = way.subject ?? partnerSubject(parcel.to);
  return carrying.ask(subject, { of, body: parcel.body, timeoutMs: way.timeoutSeconds * 1_000 });
};

const send = (carrying: Carrying, { webhook, nats }: Channel, parcel: Parcel): Promise<Answer> => {
  if (webhook !== undefined) return overHttp(carrying, webhook, parcel);
  if (nats !== undefined) return overBus(carrying, nats, parcel);
  throw new SendFailure("internal-error");
};

const transportOf = ({ webhook }: Channel): PushTransport => (webhook === undefined ? "nats" : "webhook");

/** Of a yes, what came along is kept before the yes is told on: a crash in between brings the document and its receipt again. */
const understood = async (
  { ports }: Carrying,
  { channel, parcel }: ToCarry,
  answer: Answer,
): Promise<Partial<Carried>> => {
  const { standard } = channel;
  const along = broughtAlong(answer, standard);
  if (along === undefined) return {};
  if ("settled" in along) return along;
  if (standard === "json") return {};
  await ports.takeIn({ ...along.receipt, standard, sender: parcel.to, transport: transportOf(channel) });
  return {};
};

const failed = (error: unknown): Carried => {
  if (error instanceof SendFailure) return { result: "unreachable", code: error.code };
  if (error instanceof Fault) return { result: "own-fault", code: error.code };
  throw error;
};

/** One attempt, as a step that the receiver may go on with. */
const bring = async (
  carrying: Carrying,
  toCarry: ToCarry,
  traceparent: string | undefined,
): Promise<Carried> => {
  const { channel, parcel } = toCarry;
  try {
    const answer = await send(carrying, channel, { ...parcel, traceparent });
    return {
      ...resultOf(answer, carrying.ports.trueMs()),
      ...(await understood(carrying, toCarry, answer)),
      transport: transportOf(channel),
      sending: parcel.sending,
      ...(traceparent === undefined ? {} : { traceparent }),
    };
  } catch (error) {
    return failed(error);
  }
};

/** Brings one delivery to its receiver, once, and tells what became of it. */
export const carry = async (carrying: Carrying, order: CarryDelivery): Promise<Carried> => {
  try {
    const toCarry = await findParcel(carrying.ports, order);
    if ("result" in toCarry) return toCarry;
    const { channel, parcel, owedIn } = toCarry;
    const told = { ...parcel, transport: transportOf(channel), traceparent: owedIn };
    return await carrying.ports.traced(told, (traceparent) => bring(carrying, toCarry, traceparent));
  } catch (error) {
    return failed(error);
  }
};

const knockOn = async (carrying: Carrying, gln: string, { webhook, nats }: Channel): Promise<Answer> => {
  const timeoutMs = knockTimeoutMs;
  if (webhook === undefined)
    return carrying.ask(nats?.subject ?? partnerSubject(gln), {
      of: { [knockHeaderName]: "yes" },
      body: new Uint8Array(),
      timeoutMs,
    });
  const sent = { method: "HEAD", headers: { [knockHeaderName]: "yes" }, timeoutMs } as const;
  return carrying.lineOf(gln).send(await targetOf(carrying, webhook), sent, carrying.signal);
};
const knockHeaderName = "sektorbro-knock";

/** Whether a receiver answers at all, on the first of its channels. It is shown nothing and costs it next to nothing. */
export const knock = async (carrying: Carrying, gln: string): Promise<Knocked> => {
  const channels = carrying.ports.organisation(gln)?.channels ?? [];
  const channel = channels.find(({ webhook, nats }) => (webhook ?? nats) !== undefined);
  if (channel === undefined) return { awake: false, code: "receiver-not-pushed" };
  try {
    const { status } = await knockOn(carrying, gln, channel);
    return isAwake(status) ? { awake: true } : { awake: false, code: `http-${String(status)}` };
  } catch (error) {
    return { awake: false, code: failed(error).code };
  }
};

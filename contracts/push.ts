import { z } from "zod";
import { Instant } from "./time.ts";
import { Traceparent } from "./traceparent.ts";

/** A secret, a client certificate or a trusted issuer by its name: what it is stands in a file of the hub's, never here. */
const SecretName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, "A name is lower case letters, digits and hyphens, at most 64.");

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

const urlOf = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);

/** No user, no password, no fragment: an address is not a secret, and is shown to those who run the hub. */
const isPlain = (text: string): boolean => {
  const url = urlOf(text);
  return url?.username === "" && url.password === "" && url.hash === "";
};
/** https; plain http for this machine alone, which is for trying things out. */
const isSafe = (text: string): boolean => {
  const url = urlOf(text);
  return url?.protocol === "https:" || (url?.protocol === "http:" && loopback.test(url.hostname));
};

const seconds = (least: number, most: number): z.ZodNumber => z.number().int().min(least).max(most);

/** In seconds. */
const month = 31 * 24 * 60 * 60;

const both = {
  /** How long its answer to one attempt is waited for. */
  timeoutSeconds: seconds(1, 120).default(10),
  /** For how long a document is tried, from when it was owed; then its sender is told. */
  giveUpSeconds: seconds(1, month).default(24 * 60 * 60),
  /** How many documents are with it at once, each of another case. */
  atOnce: z.number().int().min(1).max(64).default(16),
  /** Name of the secret that each document is signed with; absent: it is not signed. */
  secret: SecretName.optional(),
};

/** Where a receiver's system takes documents over HTTP. */
export const Webhook = z.object({
  url: z
    .url()
    .max(500)
    .refine(isSafe, { error: "An address is https; http is for loopback alone.", abort: true })
    .refine(isPlain, { error: "An address has no user, no password and no fragment." }),
  /** Name of the certificate and key that the hub shows (mutual TLS). */
  clientCertificate: SecretName.optional(),
  /** Name of the issuers that its certificate is held to, instead of the public ones. */
  trusts: SecretName.optional(),
  ...both,
});
export type Webhook = z.infer<typeof Webhook>;

/** A subject of a partner's own, which it answers on: never one of the hub's. */
const PartnerSubject = z
  .string()
  .max(200)
  .regex(/^partner(\.[A-Za-z0-9_-]+)+$/, "A partner's subject begins with partner. and has no wildcard.");

/** Where a partner on the bus takes documents. Without a subject: `partner.<gln>.in`. */
export const NatsWay = z.object({ subject: PartnerSubject.optional(), ...both });
export type NatsWay = z.infer<typeof NatsWay>;

/** The transports by which the hub brings documents of its own accord. */
export const PushTransport = z.enum(["webhook", "nats"]);
export type PushTransport = z.infer<typeof PushTransport>;

/**
 * What became of one attempt. `taken`: the receiver said yes. `refused`: it will never take this document. `busy`: not now, and
 * perhaps when. `failed`, `unreachable`: it could not, or nobody answered. `behind`: an earlier document of the case waits still.
 * `not-owed`: nothing to bring any more. `own-fault`: the hub's own, the receiver has heard nothing.
 */
export const PushResult = z.enum([
  "taken",
  "refused",
  "busy",
  "failed",
  "unreachable",
  "behind",
  "not-owed",
  "own-fault",
]);
export type PushResult = z.infer<typeof PushResult>;

/** Have a transport bring one delivery, once. */
export const CarryDelivery = z.object({ to: z.string(), deliveryId: z.string() });
export type CarryDelivery = z.infer<typeof CarryDelivery>;

/** What a receiver says of a document in its answer, as it would of one in its inbox. */
export const Settlement = z.object({
  outcome: z.enum(["positive", "negative", "transient"]),
  code: z.string().max(70).optional(),
  text: z.string().max(350).optional(),
});

export const Carried = z.object({
  result: PushResult,
  transport: PushTransport.optional(),
  /** Why not, in one word: `http-503`, `timeout`; see `contracts/codes/push-codes.ts`. */
  code: z.string().optional(),
  /** Why it was refused, in the receiver's own words: for its sender, never for a log. */
  text: z.string().max(350).optional(),
  /** When it asks to be tried again. */
  retryAfterMs: z.number().min(0).optional(),
  /** Which sending it was, from 1. */
  sending: z.number().int().min(1).optional(),
  /** What it said of the document, where it did so at once and not by a receipt of the standard. */
  settled: Settlement.optional(),
  /** Of `behind`: what goes first, in order. */
  earlier: z.array(z.string()).optional(),
  /** The step that brought it, where there are traces: what is noted of it belongs to the same. */
  traceparent: Traceparent.optional().catch(undefined),
});
export type Carried = z.infer<typeof Carried>;

/** Ask whether a receiver answers at all; it is sent no document. */
export const KnockOn = z.object({ to: z.string() });
export const Knocked = z.object({ awake: z.boolean(), code: z.string().optional() });
export type Knocked = z.infer<typeof Knocked>;

/** `open`: after failures in a row it is left in peace, but for looks whether it is back; `half-open`: one document tells. */
const BreakerState = z.enum(["closed", "open", "half-open"]);

/** Ask the hub that brings a receiver its documents how it fares with it; `null` is the answer of one that does not. */
export const AskLane = z.object({ to: z.string() });

/** How the hub that brings a receiver its documents fares with it. */
export const LaneTold = z.object({
  underway: z.number().int().min(0),
  breaker: BreakerState,
  /** Since when it is not `closed`. */
  since: Instant.optional(),
  /** Why the last attempt did not succeed, and what that means. */
  why: z.object({ code: z.string(), da: z.string(), en: z.string() }).optional(),
  lastSuccess: Instant.optional(),
});
export type LaneTold = z.infer<typeof LaneTold>;

/** A receiver to whom the hub brings documents, as those who run the hub see it. */
export const PushedReceiver = z
  .object({
    gln: z.string(),
    transports: z.array(PushTransport),
    waiting: z.number().int().min(0),
    /** When the oldest that waits was owed. */
    oldest: Instant.optional(),
    ...LaneTold.shape,
    paused: z.object({ at: Instant, by: z.string(), reason: z.string().optional() }).optional(),
  })
  .meta({ id: "PushedReceiver" });
export type PushedReceiver = z.infer<typeof PushedReceiver>;

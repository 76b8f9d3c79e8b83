import { setTimeout as sleep } from "node:timers/promises";
import { emergencyMinutes } from "../../contracts/codes/audit-rules.ts";
import { patientHash } from "../../contracts/index-keys.ts";
import type { SealedEntry } from "../../contracts/messages/audit.ts";
import { CaseEvent } from "../../contracts/messages/case-list.ts";
import {
  type AnswerFault,
  DocumentOutcome,
  FaultAnswer,
  type RenderDocument,
} from "../../contracts/messages/document.ts";
import { PushedReceivers } from "../../contracts/messages/receivers.ts";
import { caseEventsSubject, faultAnswerSubject, renderSubject } from "../../contracts/subjects.ts";
import { readTraceparent } from "../../contracts/traceparent.ts";
import { caseIdFor, newId } from "../../infra/ids.ts";
import { type Answers, createAnswers } from "../../infra/nats/answers.ts";
import { askServices, printedFrom } from "../../infra/nats/ask-services.ts";
import { carry } from "../../infra/nats/carried-bytes.ts";
import { parseJson } from "../../infra/nats/json.ts";
import { readAudit } from "../../infra/nats/read-audit.ts";
import type { Part, Platform } from "../../infra/platform.ts";
import { setAsideCounts } from "../../infra/redis/set-aside.ts";
import type { HttpOptions, HttpPorts, TraceRequest } from "./ports.ts";
import { pressureMetrics } from "./pressure-metrics.ts";
import { pushMetrics } from "./push-metrics.ts";
import { createServer } from "./server.ts";
import { createSessions, sessionKeyOf } from "./sign-in/session-token.ts";
import type { Trust } from "./trust/open-trust.ts";
import { openSecureServer, type TlsFiles } from "./trust/secure-server.ts";

export { readIdentityProvider } from "./sign-in/identity-provider.ts";
export { developmentPeople, developmentToken } from "./token-file.ts";
export { openTrust, type Trust } from "./trust/open-trust.ts";
export { TrustUnusable } from "./trust/trust-file.ts";

const answerTimeoutMs = 10_000;
/** A large document may be waited for longer: 100 MB for half a minute more. Many are slower, and are asked for again. */
const answerBytesPerMs = 3_000;
const pingTimeoutMs = 500;

/** INTAKE first, then the wait: whatever dies in between, the document is there and its answer can be asked for again. */
const submit =
  ({ intake, effects }: Platform, answers: Answers): HttpPorts["submit"] =>
  async ({ kept, ...document }) => {
    const id = newId();
    const size = kept?.sizeBytes ?? document.bytes.length;
    const { subject, answer } = answers.expect(id, answerTimeoutMs + size / answerBytesPerMs);
    await intake.append(id, {
      ...document,
      ...(kept === undefined ? {} : { kept: kept.digest }),
      transport: "http",
      receivedAt: effects.now(),
      answerTo: subject,
    });
    return DocumentOutcome.parse(parseJson(await answer));
  };

const answerFault =
  ({ bus, effects }: Platform): HttpPorts["answerFault"] =>
  async ({ bytes, mediaType, standard, speaksFor }, code) => {
    const base64 = Buffer.from(bytes).toString("base64");
    const order: AnswerFault = { id: newId(), code, at: effects.now(), mediaType, base64, speaksFor };
    return FaultAnswer.parse(await bus.ask(faultAnswerSubject(standard), order)).answer;
  };

const render =
  ({ bus, objects }: Platform): HttpPorts["render"] =>
  async (standard, { bytes, language }) => {
    const order: RenderDocument = { document: await carry(objects, bytes), language };
    return (await printedFrom(objects, await bus.ask(renderSubject(standard), order))).bytes;
  };

const within = async (work: Promise<unknown>): Promise<"up" | "down"> => {
  const late = sleep(pingTimeoutMs).then(() => "down" as const);
  return Promise.race([work.then(() => "up" as const).catch(() => "down" as const), late]);
};

const health =
  ({ nc, redis, pressure }: Platform, durability: "safe" | "unsafe"): HttpPorts["health"] =>
  async () => {
    const [nats, index] = await Promise.all([within(nc.rtt()), within(redis.ping())]);
    const { reasons: refusing } = pressure.state();
    const setAside = index === "up" ? await setAsideCounts(redis) : {};
    const told = {
      ...(refusing.length === 0 ? {} : { refusing }),
      ...(Object.keys(setAside).length === 0 ? {} : { setAside }),
    };
    return { ok: nats === "up", durability, parts: { nats, redis: index }, ...told };
  };

export type HttpStart = {
  host: string;
  port: number;
  durability: "safe" | "unsafe";
  trust: Trust;
  /** Absent: nobody signs in without an identity provider. */
  people?: HttpPorts["people"];
  identityProvider?: HttpPorts["identityProvider"];
  /** What is served beside the addresses: pages. */
  pages?: HttpOptions["pages"];
  maxDocumentBytes: number;
  limits?: HttpOptions["limits"];
  /** How long an emergency access lasts; absent: two hours. */
  emergencyMinutes?: number;
  /** Files of the hub's certificate; absent: it speaks plain HTTP. */
  tls?: TlsFiles | undefined;
  version: string;
  examples?: HttpOptions["examples"];
};

/** Nothing while the delivery service, or the index, is away: the other figures are told all the same. */
const receiversText = async (platform: Platform): Promise<string> => {
  const asking = askServices(platform).query("delivery.receivers", "operator", {});
  const reply = await asking.catch(() => undefined);
  return reply?.status === "ok"
    ? pushMetrics(PushedReceivers.parse(reply.value), platform.effects.nowMs())
    : "";
};

const traced =
  ({ traces }: Platform): TraceRequest =>
  ({ method, route, ageMs, begins, sender, traceparent }, work, status) =>
    traces.within(traceparent, () =>
      traces.step(
        {
          name: `${method} ${route}`,
          kind: "server",
          begins,
          facts: { "http.request.method": method, "http.route": route, "sektorbro.sender": sender },
          sinceMs: Date.now() - ageMs,
        },
        async (note) => {
          const answer = await work(readTraceparent(traces.traceparent())?.traceId);
          note({ "http.response.status_code": status() });
          return answer;
        },
      ),
    );

type Watcher = Parameters<HttpPorts["watch"]>[0];

/** One subscription for all that listen here. What is not understood is of another release, and not told. */
const createWatch = ({ bus }: Platform): { watch: HttpPorts["watch"]; stop: () => void } => {
  const watchers = new Set<Watcher>();
  const unhear = bus.hear(caseEventsSubject, (payload) => {
    const event = watchers.size === 0 ? undefined : CaseEvent.safeParse(parseJson(payload)).data;
    if (event !== undefined) for (const watcher of watchers) watcher.hear(event);
  });
  return {
    watch: (watcher) => {
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
    stop: () => {
      unhear();
      for (const watcher of watchers) watcher.end();
    },
  };
};

async function* looksOf({ nc }: Platform, from: string | undefined): AsyncGenerator<SealedEntry> {
  yield* await readAudit(nc, from);
}

type Connected = { answers: Answers; watch: HttpPorts["watch"] };

/** Who looks at what, and whoever may for once: on the record. */
const looking = (platform: Platform): Pick<HttpPorts, "audit" | "emergencies" | "digest" | "looks"> => ({
  audit: (entry, patient) =>
    platform.audit.write(
      patient === undefined ? entry : { ...entry, patient: patientHash(patient, platform.indexDigest) },
    ),
  emergencies: {
    idOf: (commandId) => caseIdFor("emergency", commandId),
    begin: platform.emergencies.begin,
    all: platform.emergencies.all,
  },
  digest: platform.indexDigest,
  looks: (from) => looksOf(platform, from),
});

const sessionsOn = (
  { indexDigest, effects, endedSessions: ended }: Platform,
  { trust: { isRevoked } }: HttpStart,
): HttpPorts["sessions"] =>
  createSessions({ key: sessionKeyOf(indexDigest), now: effects.now, newId, ended, isRevoked });

const portsFrom = (platform: Platform, start: HttpStart, { answers, watch }: Connected): HttpPorts => {
  const { objects, directory, intake, log, metrics, pressure } = platform;
  return {
    ...askServices(platform),
    submit: submit(platform, answers),
    told: (intake) => {
      platform.told.note({ intake, at: platform.effects.now(), how: "answered" });
    },
    answerFault: answerFault(platform),
    render: render(platform),
    putObject: objects.put,
    putStream: objects.putStream,
    getObject: objects.get,
    statObject: objects.stat,
    ...looking(platform),
    watch,
    organisation: directory.organisation,
    organisations: directory.all,
    original: intake.original,
    refusedDocuments: intake.refused,
    health: health(platform, start.durability),
    ready: pressure.state,
    refusal: pressure.refusal,
    metrics: async () =>
      (await metrics.text()) + pressureMetrics(pressure.state()) + (await receiversText(platform)),
    ...start.trust,
    people: start.people ?? [],
    sessions: sessionsOn(platform, start),
    identityProvider: start.identityProvider,
    traced: traced(platform),
    now: platform.effects.now,
    newId,
    log,
  };
};

const maxJsonBytes = 1024 * 1024;

/** What cannot be taken anew leaves the former in force: somebody must hear of it before that ends. */
const tlsProblem =
  ({ log }: Platform) =>
  (path: string, error: unknown): void => {
    log.error("tls-files-unusable", { path, error });
  };

export const startHttp = async (platform: Platform, start: HttpStart): Promise<Part & { url: string }> => {
  const answers = createAnswers(platform.nc);
  const changes = createWatch(platform);
  const { maxDocumentBytes, version, host, port, examples, pages, limits } = start;
  const secure =
    start.tls === undefined ? undefined : await openSecureServer(start.tls, tlsProblem(platform));
  const options: HttpOptions = {
    maxJsonBytes,
    maxDocumentBytes,
    maxAttachmentBytes: maxDocumentBytes,
    emergencyMinutes: start.emergencyMinutes ?? emergencyMinutes,
    metricsFor: "loopback",
    version,
    ...(examples === undefined ? {} : { examples }),
    ...(pages === undefined ? {} : { pages }),
    ...(limits === undefined ? {} : { limits }),
    ...(secure === undefined ? {} : { secure: secure.create }),
  };
  const durable = [{ labels: {}, value: start.durability === "safe" ? 1 : 0 }];
  platform.metrics.look("sektorbro_durable", () => Promise.resolve(durable));
  const server = createServer(portsFrom(platform, start, { answers, watch: changes.watch }), options);
  const address = await server.listen({ host, port });
  // Fastify tells of the server that it would have made itself.
  const url = secure === undefined ? address : address.replace(/^http:/, "https:");
  return {
    url,
    stop: async () => {
      // A stream that goes on would keep the server from closing.
      changes.stop();
      secure?.stop();
      await server.close();
      answers.stop();
    },
  };
};

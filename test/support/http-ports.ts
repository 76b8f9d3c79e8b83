import { createHash } from "node:crypto";
import type { FastifyInstance } from "fastify";
import type { CommandReply, Envelope, QueryReply } from "../../contracts/envelope.ts";
import type { AuditEntry } from "../../contracts/messages/audit.ts";
import type { DocumentOutcome } from "../../contracts/messages/document.ts";
import type { EmergencyGrant } from "../../contracts/messages/emergency.ts";
import type { RefusedDocument } from "../../contracts/messages/worklist.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import type { Health, HttpOptions, HttpPorts, SubmittedDocument } from "../../gateways/http/ports.ts";
import { createServer } from "../../gateways/http/server.ts";
import { collectingLog, type LogLine } from "../../infra/observability/logger.ts";
import { callers, type people } from "./http-callers.ts";
import { answerDirectory, due, gln, listed, lists, organisations, sha256, time } from "./http-region.ts";
import { sessionsAt } from "./no-sessions.ts";

export const as = (who: keyof typeof gln | keyof typeof people): { authorization: string } => ({
  authorization: `Bearer ${who}`,
});

export { gln, listed, sha256 } from "./http-region.ts";

export type FakeHub = {
  ports: HttpPorts;
  /** Every command that the gateway sent, in order. */
  commands: Envelope[];
  queries: { type: string; viewer: string; payload: unknown }[];
  submitted: SubmittedDocument[];
  lines: readonly LogLine[];
  objects: Map<string, Uint8Array>;
  originals: Map<string, { bytes: Uint8Array; mediaType: string }>;
  /** Keeps a record: its case and its deliveries exist from now on, for its parties. */
  keep(record: CaseRecord): void;
  /** What the next command, document or query meets instead of its ordinary answer; a function may throw. */
  next: {
    command?: () => CommandReply;
    submit?: (document: SubmittedDocument) => DocumentOutcome;
    answerFault?: () => DocumentOutcome["answer"];
    query?: () => QueryReply<unknown>;
    health?: () => Health;
    /** Until it is taken away: every request asks. */
    ready?: HttpPorts["ready"];
    refusal?: HttpPorts["refusal"];
    /** Throws instead of keeping. */
    audit?: () => never;
  };
  refused: RefusedDocument[];
  /** Who looked at what. */
  audited: AuditEntry[];
  grants: EmergencyGrant[];
  /** Who listens for changes now. */
  listeners: Set<Parameters<HttpPorts["watch"]>[0]>;
};

const take = <K extends keyof FakeHub["next"]>(next: FakeHub["next"], key: K): FakeHub["next"][K] => {
  const planned = next[key];
  Reflect.deleteProperty(next, key);
  return planned;
};

const caseIdOf = (text: string): string => {
  const hex = createHash("sha256").update(text).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** The first answer again for the same id and content; another content under it is refused, as every service does. */
const createCommands = (hub: Pick<FakeHub, "commands" | "next">) => {
  const answers = new Map<string, { content: string; reply: CommandReply }>();
  return (envelope: Envelope): Promise<CommandReply> => {
    hub.commands.push(envelope);
    const planned = take(hub.next, "command");
    if (planned !== undefined) return Promise.resolve().then(planned);
    const content = JSON.stringify([envelope.type, envelope.sender, envelope.payload]);
    const before = answers.get(envelope.id);
    if (before !== undefined && before.content !== content)
      return Promise.resolve({ status: "refused", code: "content-differs", problems: [], duplicate: false });
    if (before !== undefined) return Promise.resolve({ ...before.reply, duplicate: true } as CommandReply);
    const reply: CommandReply = {
      status: "accepted",
      caseId: caseIdOf(envelope.id),
      recordNo: 1,
      at: envelope.time,
      duplicate: false,
      ...(envelope.type === "advice.ask" ? { due } : {}),
      clocks: [],
      facts: [],
    };
    answers.set(envelope.id, { content, reply });
    return Promise.resolve(reply);
  };
};

const owedTo = (record: CaseRecord, viewer: string) =>
  record.deliveries.flatMap((d) => (d.change === "owed" && d.to === viewer ? [d] : []));

const createQueries = (hub: Pick<FakeHub, "queries" | "next">, records: CaseRecord[]) => {
  const refuse = (code: string): QueryReply<unknown> => ({ status: "refused", code });
  const showCase = (viewer: string, caseId: string): QueryReply<unknown> => {
    const own = records.filter((r) => r.caseId === caseId);
    const parties = own.flatMap((r) => r.meta.parties ?? []);
    const isParty = parties.includes(viewer) || (viewer === gln.hospital && parties.includes(gln.unit));
    if (!isParty) return refuse("case-unknown");
    const { family } = own[0] as CaseRecord;
    const value = { caseId, family, status: "asked", parties, clocks: [], records: own };
    return { status: "ok", value };
  };
  const inbox = (viewer: string, page: { limit: number; cursor?: string }): QueryReply<unknown> => {
    const all = records.flatMap((record) =>
      owedTo(record, viewer).map(({ deliveryId, from, standard, documentType }) => ({
        deliveryId,
        caseId: record.caseId,
        from,
        standard,
        documentType,
        at: record.meta.at,
        status: "waiting",
      })),
    );
    const start = page.cursor === undefined ? 0 : all.findIndex((i) => i.deliveryId === page.cursor) + 1;
    const items = all.slice(start, start + page.limit);
    const last = items.length === page.limit ? items.at(-1) : undefined;
    return { status: "ok", value: { items, ...(last === undefined ? {} : { next: last.deliveryId }) } };
  };
  const delivery = (viewer: string, deliveryId: string): QueryReply<unknown> => {
    const record = records.find((r) => owedTo(r, viewer).some((d) => d.deliveryId === deliveryId));
    return record === undefined ? refuse("delivery-unknown") : { status: "ok", value: { record } };
  };
  return (type: string, viewer: string, payload: unknown): Promise<QueryReply<unknown>> => {
    hub.queries.push({ type, viewer, payload });
    const planned = take(hub.next, "query");
    if (planned !== undefined) return Promise.resolve().then(planned);
    const asked = payload as { caseId: string; deliveryId: string; limit: number; cursor?: string };
    if (type.startsWith("directory."))
      return answerDirectory({ id: "q", type, version: 1, time, sender: viewer, payload });
    if (lists.includes(type)) return Promise.resolve({ status: "ok", value: { items: [listed] } });
    if (type === "worklist.case") return Promise.resolve(showCase(viewer, asked.caseId));
    if (type === "worklist.inbox") return Promise.resolve(inbox(viewer, asked));
    return Promise.resolve(delivery(viewer, asked.deliveryId));
  };
};

const createStores = (hub: Pick<FakeHub, "objects" | "originals" | "refused">) => ({
  putObject: (bytes: Uint8Array) => {
    const digest = sha256(bytes);
    hub.objects.set(digest, bytes);
    return Promise.resolve({ digest, sizeBytes: bytes.length });
  },
  putStream: async (pieces: AsyncIterable<Uint8Array>) => {
    const all: Uint8Array[] = [];
    for await (const piece of pieces) all.push(piece);
    const bytes = Buffer.concat(all);
    const digest = sha256(bytes);
    hub.objects.set(digest, bytes);
    return { digest, sizeBytes: bytes.length };
  },
  getObject: (digest: string) => Promise.resolve(hub.objects.get(digest)),
  statObject: (digest: string) => {
    const bytes = hub.objects.get(digest);
    return Promise.resolve(bytes === undefined ? undefined : { sizeBytes: bytes.length });
  },
  original: (intakeId: string) => Promise.resolve(hub.originals.get(intakeId)),
  refusedDocuments: (limit: number) => Promise.resolve(hub.refused.slice(0, limit)),
});

/** A hub in memory as this gateway sees it: commands answered the same twice, an inbox, cases for their parties alone. */
export const createFakeHub = (): FakeHub => {
  const { log, lines } = collectingLog();
  const records: CaseRecord[] = [];
  const state = {
    commands: [],
    queries: [],
    submitted: [],
    lines,
    objects: new Map(),
    originals: new Map(),
    next: {},
    refused: [],
    audited: [],
    grants: [],
    listeners: new Set(),
    keep: (record: CaseRecord) => {
      records.push(record);
    },
  } as Omit<FakeHub, "ports">;
  let ids = 0;
  const ports: HttpPorts = {
    command: createCommands(state),
    query: createQueries(state, records),
    answerFault: () => Promise.resolve().then(take(state.next, "answerFault")),
    told: () => undefined,
    people: [],
    sessions: sessionsAt("2026-11-23T09:15:00.000Z"),
    submit: (document) => {
      state.submitted.push(document);
      const planned = take(state.next, "submit");
      const accepted: DocumentOutcome = {
        intake: "in-1",
        status: "accepted",
        duplicate: false,
        problems: [],
      };
      return Promise.resolve().then(() => planned?.(document) ?? accepted);
    },
    print: (standard, { deliveryId }) =>
      Promise.resolve({
        mediaType: `application/xml; charset=iso-8859-1`,
        bytes: Buffer.from(`<${standard} id="${deliveryId}">æ</${standard}>`, "latin1"),
      }),
    render: (standard, { bytes, language }) =>
      Promise.resolve(Buffer.from(`<html lang="${language}">${standard} ${bytes.length}</html>`)),
    ...createStores(state),
    watch: (listener) => {
      state.listeners.add(listener);
      return () => void state.listeners.delete(listener);
    },
    organisation: (number) => organisations.find((o) => o.gln === number),
    organisations: () => organisations,
    health: () =>
      Promise.resolve(
        take(state.next, "health")?.() ?? { ok: true, durability: "safe", parts: { nats: "up" } },
      ),
    ready: () => state.next.ready?.() ?? { ready: true, draining: false, reasons: [] },
    audit: (entry) => {
      take(state.next, "audit")?.();
      state.audited.push(entry);
      return Promise.resolve();
    },
    emergencies: {
      idOf: caseIdOf,
      begin: (grant) => {
        const known = state.grants.find(({ id }) => id === grant.id);
        if (known === undefined) state.grants.unshift(grant);
        return Promise.resolve(known ?? grant);
      },
      all: () => Promise.resolve(state.grants),
    },
    looks: async function* () {
      await Promise.resolve();
      yield* state.audited.map((entry, i) => ({ no: i + 1, before: "", hash: "", entry }));
    },
    digest: (text) => createHash("sha256").update(text).digest("hex"),
    refusal: (of) => take(state.next, "refusal")?.(of),
    metrics: () => "# HELP up whether\nup 1\n",
    verifyToken: (token) => Promise.resolve(callers[token]),
    traced: (_request, work) => work(),
    now: () => "2026-11-23T09:15:00.000Z",
    newId: () => `id-${++ids}`,
    log,
  };
  return { ...state, ports };
};

export const testOptions: HttpOptions = {
  emergencyMinutes: 120,
  maxJsonBytes: 20_000,
  maxDocumentBytes: 5000,
  maxAttachmentBytes: 1000,
  metricsFor: "loopback",
  version: "0.0.0-test",
};

/** A server on a fake hub. `inject` opens no socket, so there is nothing to close. */
export const createTestServer = (): { hub: FakeHub; server: FastifyInstance } => {
  const hub = createFakeHub();
  return { hub, server: createServer(hub.ports, testOptions) };
};

/** A question that fits its schema, for `gln.unit`. The patient is made up. */
export const question = {
  messageId: "spg-1",
  to: { gln: gln.unit },
  patient: { cpr: "0107364006", surname: "Prøvesen", givenName: "Åse" },
  subject: "Stofskifte: dosis?",
  question: "TSH 0,05 på 100 mikrogram.\nSkal dosis ned?",
} as const;

/** JSON as `gln.practice`, or with headers of one's own. */
export const postJson = (
  server: FastifyInstance,
  to: string | { url: string; headers: Record<string, string> },
  payload: unknown,
) => {
  const { url, headers } = typeof to === "string" ? { url: to, headers: as("practice") } : to;
  return server.inject({
    method: "POST",
    url,
    headers: { "content-type": "application/json", ...headers },
    payload: JSON.stringify(payload),
  });
};

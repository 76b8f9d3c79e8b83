import { randomUUID } from "node:crypto";
import type { AttachmentRules } from "../../contracts/codes/attachment-rules.ts";
import type { ReceiptRules } from "../../contracts/codes/receipt-rules.ts";
import type { InboxItem } from "../../contracts/messages/worklist.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import { developmentToken, openTrust, startHttp } from "../../gateways/http/main.ts";
import { startOioxml } from "../../gateways/oioxml/main.ts";
import type { Pace } from "../../infra/effects.ts";
import type { Log } from "../../infra/observability/logger.ts";
import type { Traces } from "../../infra/observability/traces.ts";
import type { Part, Platform } from "../../infra/platform.ts";
import type { PressureLimits } from "../../infra/pressure/judge.ts";
import { eventually } from "./eventually.ts";
import { type TempDir, tempDir } from "./temp-dir.ts";
import { startTestHub, type TestHub } from "./test-platform.ts";

/** What came back, read once: as bytes, as text, as JSON. */
export type Answer = {
  status: number;
  header: (name: string) => string | null;
  bytes: Buffer;
  text: string;
  json: () => unknown;
};

/** One organisation's system, or an operator's, speaking HTTP with a token of its own. */
export type HubClient = {
  get: (path: string, headers?: Record<string, string>) => Promise<Answer>;
  post: (path: string, body: unknown, headers?: Record<string, string>) => Promise<Answer>;
  /** Sends the bytes of a document; XML unless the headers say otherwise. */
  send: (document: Uint8Array, headers?: Record<string, string>) => Promise<Answer>;
  /** Posts bytes to another address. */
  sendTo: (path: string, document: Uint8Array, headers: Record<string, string>) => Promise<Answer>;
  /** Keeps the bytes of an attachment. */
  upload: (bytes: Uint8Array) => Promise<Answer>;
};

/** Services, gateways and servers, met only by HTTP. */
export type GatewayHub = TestHub & {
  url: string;
  as: (gln: string, ttlSeconds?: number) => Promise<HubClient>;
  operator: HubClient;
  tokenFor: (gln: string, ttlSeconds?: number) => Promise<string>;
  /** The open documents of an inbox that belong to a case, once there are `count` of them. */
  inboxOf: (gln: string, caseId: string, count?: number) => Promise<InboxItem[]>;
  recordsOf: (caseId: string) => Promise<CaseRecord[]>;
};

const audience = "sektorbro";
const operatorGln = "5790000999998";
export const maxDocumentBytes = 16 * 1024 * 1024;

const ask = async (url: string, init: RequestInit): Promise<Answer> => {
  const response = await fetch(url, init);
  const bytes = Buffer.from(await response.arrayBuffer());
  const text = bytes.toString("utf8");
  const json = (): unknown => JSON.parse(text) as unknown;
  return { status: response.status, header: (name) => response.headers.get(name), bytes, text, json };
};

/** One organisation's system at an address, with a token of its own. */
export const clientAt = (url: string, token: string): HubClient => {
  const authorization = `Bearer ${token}`;
  const post = (path: string, body: Uint8Array, headers: Record<string, string>): Promise<Answer> =>
    ask(url + path, { method: "POST", headers: { authorization, ...headers }, body: Buffer.from(body) });
  return {
    get: (path, headers = {}) => ask(url + path, { headers: { authorization, ...headers } }),
    post: (path, body, headers = {}) =>
      post(path, Buffer.from(JSON.stringify(body)), { "content-type": "application/json", ...headers }),
    send: (document, headers = {}) =>
      post("/v1/messages", document, { "content-type": "application/xml", ...headers }),
    sendTo: post,
    upload: (bytes) => post("/v1/attachments", bytes, { "content-type": "application/octet-stream" }),
  };
};

const gatewaysIn = async (dir: TempDir) => {
  const host = "127.0.0.1";
  const trust = await openTrust({ dataDir: dir.path, audience, host });
  let url = "";
  const startServer = async (platform: Platform) => {
    const server = await startHttp(platform, {
      host,
      port: 0,
      durability: "safe",
      trust,
      maxDocumentBytes,
      version: "0.0.0",
    });
    url = server.url;
    return server;
  };
  return { starts: [startOioxml, startServer], url: () => url };
};

const queriesOf = (hub: TestHub): Pick<GatewayHub, "inboxOf" | "recordsOf"> => ({
  inboxOf: (gln, caseId, count = 1) =>
    eventually(async () => {
      const inbox = await hub.query<{ items: InboxItem[] }>("worklist.inbox", gln, { gln, limit: 500 });
      const items = inbox.status === "ok" ? inbox.value.items.filter((item) => item.caseId === caseId) : [];
      return items.length >= count ? items : undefined;
    }, "the inbox"),
  recordsOf: async (caseId) => (await hub.platform.journal.load(caseId)).map(({ record }) => record),
});

type Start = (platform: Platform) => Part | Promise<Part>;

/** The whole hub with its gateways on private servers, the made-up region imported; families beside advice are named. */
export const startGatewayHub = async (
  log?: Log,
  receipts?: ReceiptRules,
  families: readonly Start[] = [],
  attachments?: AttachmentRules,
  time: {
    operations?: string;
    pace?: Pace;
    limits?: Partial<PressureLimits>;
    traces?: Traces;
    archiveDir?: string;
  } = {},
): Promise<GatewayHub> => {
  const dir = await tempDir();
  const gateways = await gatewaysIn(dir);
  const hub = await startTestHub({
    starts: [...families, ...gateways.starts],
    ...time,
    ...(log === undefined ? {} : { log }),
    ...(receipts === undefined ? {} : { receipts }),
    ...(attachments === undefined ? {} : { attachments }),
  });
  const tokenOf = (gln: string, role: "organisation" | "operator", ttlSeconds: number): Promise<string> =>
    developmentToken({ dataDir: dir.path, audience }, { gln, role, ttlSeconds });
  const tokenFor = (gln: string, ttlSeconds = 600): Promise<string> =>
    tokenOf(gln, "organisation", ttlSeconds);
  const url = gateways.url();
  return {
    ...hub,
    ...queriesOf(hub),
    url,
    tokenFor,
    as: async (gln, ttlSeconds) => clientAt(url, await tokenFor(gln, ttlSeconds)),
    operator: clientAt(url, await tokenOf(operatorGln, "operator", 600)),
    [Symbol.asyncDispose]: async () => {
      await hub[Symbol.asyncDispose]();
      await dir[Symbol.asyncDispose]();
    },
  };
};

/** The case that an accepted document or command belongs to; throws with the answer when there is none. */
export const caseOf = (answer: Answer): string => {
  const caseId = answer.header("sektorbro-case");
  if (caseId !== null) return caseId;
  const body = answer.text === "" ? {} : (answer.json() as { caseId?: string });
  if (body.caseId === undefined) throw new Error(`no case: ${String(answer.status)} ${answer.text}`);
  return body.caseId;
};

/** A token that is whole in form and signed by nobody. */
export const forgedToken = (): string => {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: "urn:sektorbro:development",
    aud: audience,
    sub: operatorGln,
    role: "operator",
    exp: now + 600,
  };
  return `${part({ alg: "ES256" })}.${part(claims)}.${Buffer.from(randomUUID().repeat(2)).subarray(0, 64).toString("base64url")}`;
};

import { demoPeople } from "../../gateways/console/main.ts";
import { startFhir } from "../../gateways/fhir/main.ts";
import { developmentToken, type HttpStart, openTrust, startHttp } from "../../gateways/http/main.ts";
import { startOioxml } from "../../gateways/oioxml/main.ts";
import type { Platform } from "../../infra/platform.ts";
import { startBooking } from "../../services/booking/main.ts";
import { startDesk } from "../../services/desk/main.ts";
import { startDischarge } from "../../services/discharge/main.ts";
import { startMessageLog } from "../../services/message-log/main.ts";
import { startObservation } from "../../services/observation/main.ts";
import { startReferral } from "../../services/referral/main.ts";
import {
  type Answered,
  answerProblems,
  contractExamples,
  examplesIn,
  type NamedOperation,
  operationAt,
  operations,
} from "./api-document.ts";
import { eventually } from "./eventually.ts";
import { tempDir } from "./temp-dir.ts";
import { startTestHub, type TestHub } from "./test-platform.ts";

type Sent = {
  /** GLN of the caller; empty: nobody. */
  by: string;
  method?: "GET" | "POST" | "PUT";
  path: string;
  body?: Uint8Array | string;
  type?: string;
  accept?: string;
  /** Of a person who has signed in. */
  cookie?: string;
};
/** One real call: what was asked of which operation, what came back, and what the description says is wrong with it. */
export type Call = Answered & { operation: NamedOperation; problems: string[]; bytes: Buffer };
type Accepted = { caseId: string; recordNo: number; facts: string[] };

/** A whole hub met by HTTP alone. Every call is kept, with what the API description finds wrong with its answer. */
export type RestHub = AsyncDisposable & {
  url: string;
  calls: Call[];
  token: (gln: string) => Promise<string>;
  send: (sent: Sent) => Promise<Call>;
  /** A command of the description: with the very body that it shows, changed as told. Throws when it is not accepted. */
  act: (by: string, operation: string, more?: Act) => Promise<Accepted>;
  /** The same, whatever comes of it. */
  attempt: (by: string, operation: string, more?: Act) => Promise<Call>;
  get: (by: string, path: string, accept?: string) => Promise<Call>;
  /** A question on the bus, as a partner there asks it. */
  query: TestHub["query"];
};
export type Act = { in?: string; body?: object; cookie?: string };

export const operator = "5790000999998";
const audience = "sektorbro";
const host = "127.0.0.1";

/** `identityProvider`: where people sign in who are not made up. `people`: who are. */
type People = { identityProvider?: HttpStart["identityProvider"]; people?: HttpStart["people"] };

const serversIn = async (dataDir: string, { identityProvider, people = demoPeople() }: People) => {
  const trust = await openTrust({ dataDir, audience, host });
  let url = "";
  const startServer = async (platform: Platform) => {
    const server = await startHttp(platform, {
      host,
      port: 0,
      durability: "safe",
      trust,
      people,
      ...(identityProvider === undefined ? {} : { identityProvider }),
      maxDocumentBytes: 16 * 1024 * 1024,
      version: "0.0.0-test",
      examples: () => Promise.resolve(contractExamples),
    });
    url = server.url;
    return server;
  };
  const families = [
    startReferral,
    startDischarge,
    startObservation,
    startBooking,
    startDesk,
    startMessageLog,
  ];
  return { starts: [...families, startOioxml, startFhir, startServer], url: () => url };
};

const shownBody = ({ operation }: NamedOperation): object => {
  const content = operation.requestBody?.content["application/json"];
  return Object.values(examplesIn(content ?? {}))[0] ?? {};
};

const clientOf = (url: string, tokenOf: (gln: string) => Promise<string>) => {
  const calls: Call[] = [];
  const send = async ({
    by,
    method = "GET",
    path,
    body,
    type,
    accept = "application/json",
    cookie,
  }: Sent) => {
    const response = await fetch(url + path, {
      method,
      headers: {
        accept,
        ...(by === "" ? {} : { authorization: `Bearer ${await tokenOf(by)}` }),
        ...(type === undefined ? {} : { "content-type": type }),
        ...(cookie === undefined ? {} : { cookie, "sec-fetch-site": "same-origin" }),
      },
      ...(body === undefined ? {} : { body: Buffer.from(body) }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const operation = operationAt(method, path);
    const answered = {
      status: response.status,
      type: response.headers.get("content-type") ?? "",
      text: bytes.toString("latin1").startsWith("<?xml") ? bytes.toString("latin1") : bytes.toString("utf8"),
    };
    const call: Call = { ...answered, operation, bytes, problems: answerProblems(operation, answered) };
    calls.push(call);
    return call;
  };
  const attempt = (by: string, id: string, more: Act = {}): Promise<Call> => {
    const operation = operations.find((one) => one.id === id);
    if (operation === undefined) throw new Error(`No operation is called ${id}.`);
    const path = operation.path.replace(/\{\w+\}/, more.in ?? "");
    const body = JSON.stringify({ ...shownBody(operation), ...more.body });
    const method = operation.method === "PUT" ? "PUT" : "POST";
    const { cookie } = more;
    return send({
      by,
      method,
      path,
      body,
      type: "application/json",
      ...(cookie === undefined ? {} : { cookie }),
    });
  };
  const act = async (by: string, id: string, more: Act = {}): Promise<Accepted> => {
    const call = await attempt(by, id, more);
    if (call.status >= 300) throw new Error(`${id}: ${String(call.status)} ${call.text}`);
    return JSON.parse(call.text) as Accepted;
  };
  const get = (by: string, path: string, accept?: string): Promise<Call> =>
    send({ by, path, ...(accept === undefined ? {} : { accept }) });
  return { calls, send, attempt, act, get };
};

export const startRestHub = async (among: People = {}): Promise<RestHub> => {
  const dir = await tempDir();
  const servers = await serversIn(dir.path, among);
  const hub = await startTestHub({ starts: servers.starts });
  const tokens = new Map<string, Promise<string>>();
  const token = (gln: string): Promise<string> => {
    const role = gln === operator ? "operator" : "organisation";
    const made =
      tokens.get(gln) ??
      developmentToken({ dataDir: dir.path, audience }, { gln, role, ttlSeconds: 4 * 3_600 });
    tokens.set(gln, made);
    return made;
  };
  const url = servers.url();
  return {
    url,
    token,
    query: hub.query,
    ...clientOf(url, token),
    [Symbol.asyncDispose]: async () => {
      await hub[Symbol.asyncDispose]();
      await dir[Symbol.asyncDispose]();
    },
  };
};

/** Asks until the answer has what is looked for. */
export const untilGot = <T>(
  hub: RestHub,
  { by, path }: { by: string; path: string },
  look: (found: T) => boolean,
): Promise<T> =>
  eventually(async () => {
    const call = await hub.get(by, path);
    const found = call.status === 200 ? (JSON.parse(call.text) as T) : undefined;
    return found !== undefined && look(found) ? found : undefined;
  }, path);

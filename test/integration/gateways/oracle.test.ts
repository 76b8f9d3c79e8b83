import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { howOften } from "../../support/how-often.ts";
import { type Attempt, anAttempt } from "../../support/oracle/attempts.ts";
import { type Names, playCourses } from "../../support/oracle/courses.ts";
import { createSecrets, everybody } from "../../support/oracle/secrets.ts";
import { who } from "../../support/region-view.ts";
import { operator, type RestHub, startRestHub } from "../../support/rest-hub.ts";
import { createRandom } from "../../support/year/random.ts";

const many = howOften("SEKTORBRO_ORACLE_ATTEMPTS", { short: 2_000, long: 100_000 });
const courses = howOften("SEKTORBRO_ORACLE_CASES", { short: 20, long: 200 });
const seed = process.env["SEKTORBRO_ORACLE_SEED"] ?? "hvem må se hvad";
const abreast = 8;

const chance = createRandom(seed);
const secrets = createSecrets();
const names: Names = { cases: [], deliveries: [], patients: [], messages: [] };
const listeners = [who.practice, who.otherPractice, who.endocrinology, who.cardiology, who.outOfHours];
const heard = new Map<string, string>();
const hanging = new AbortController();
let hub: RestHub;

/** Everything that a listener is told, for as long as the test runs. */
const listen = async (gln: string): Promise<void> => {
  const headers = { authorization: `Bearer ${await hub.token(gln)}` };
  const stream = await fetch(`${hub.url}/v1/events`, { headers, signal: hanging.signal });
  const read = async (): Promise<void> => {
    const decoder = new TextDecoder();
    for await (const piece of stream.body ?? [])
      heard.set(gln, (heard.get(gln) ?? "") + decoder.decode(piece as Uint8Array, { stream: true }));
  };
  void read().catch(() => undefined);
};

beforeAll(async () => {
  hub = await startRestHub();
  await Promise.all(listeners.map(listen));
  await playCourses({ hub, chance, secrets, names }, courses);
}, 240_000);
afterAll(async () => {
  hanging.abort();
  await hub[Symbol.asyncDispose]();
});

const overHttp = async (viewer: string, attempt: Extract<Attempt, { by: "http" }>) => {
  const { method, path, body } = attempt;
  const authorization = `Bearer ${await hub.token(viewer)}`;
  const response = await fetch(hub.url + path, {
    method,
    headers: { authorization, ...(body === undefined ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { good: response.ok, text: await response.text() };
};

const onBus = async (viewer: string, { type, payload }: Extract<Attempt, { by: "bus" }>) => {
  const asker = viewer === operator ? "operator" : viewer;
  const reply = await hub.query<unknown>(type, asker, payload).catch(() => ({ status: "failed" }));
  return { good: reply.status === "ok", text: JSON.stringify(reply) };
};

type Seen = { tried: number; answered: number; leaks: string[] };

const tryOnce = async (seen: Seen): Promise<void> => {
  const viewer = chance.chance(0.1) ? operator : chance.pick(everybody);
  const attempt = anAttempt(names, chance);
  const { good, text } =
    attempt.by === "http" ? await overHttp(viewer, attempt) : await onBus(viewer, attempt);
  const asked = JSON.stringify(attempt);
  // Whoever runs the hub knows that there are cases, by their ids, and nothing of what is in them.
  const ids = viewer === operator ? "any" : "own";
  seen.tried += 1;
  if (good) seen.answered += 1;
  const leaked = secrets.leaked(text, { viewer, asked, ids });
  if (leaked.length > 0) seen.leaks.push(`${viewer} ${asked}: ${leaked.join(" ")}`);
};

describe(`random attempts of anybody to see anything (seed ${seed})`, () => {
  test("show nobody a case that they are no party to, nor what came after they passed one on", async () => {
    const seen: Seen = { tried: 0, answered: 0, leaks: [] };
    const one = async (): Promise<void> => {
      while (seen.tried < many) await tryOnce(seen);
    };
    await Promise.all(Array.from({ length: abreast }, one));
    expect(seen.leaks.slice(0, 10)).toEqual([]);
    // Attempts that are all refused would prove nothing.
    expect(seen.answered).toBeGreaterThan(many / 10);
    process.stderr.write(`\n ${String(seen.tried)} attempts, ${String(seen.answered)} answered, 0 leaks\n`);
  }, 1_800_000);

  test("are seen by an oracle that would tell: each party finds its own, and another's answer is called a leak", async () => {
    const caseId = names.cases[0] ?? "";
    const texts = await Promise.all(
      everybody.map(async (viewer) => ({
        viewer,
        ...(await overHttp(viewer, { by: "http", method: "GET", path: `/v1/cases/${caseId}` })),
      })),
    );
    const parties = texts.filter(({ good }) => good);
    expect(parties.length).toBeGreaterThanOrEqual(2);
    const text = parties[0]?.text ?? "";
    expect(secrets.leaked(text, { viewer: who.outOfHours, asked: "", ids: "own" })).toContain(caseId);
  });

  test("and the live stream tells each listener of its own cases alone", async () => {
    await sleep(500);
    const wrong = [...heard].flatMap(([viewer, text]) =>
      secrets.leaked(text, { viewer, asked: "", ids: "own" }).map((word) => `${viewer}: ${word}`),
    );
    expect(wrong).toEqual([]);
    expect(heard.get(who.practice)).toContain("event: case");
  });
});

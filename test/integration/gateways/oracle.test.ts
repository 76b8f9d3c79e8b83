import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { howOften } from "../../support/how-often.ts";
import type { Attempt } from "../../support/oracle/attempt.ts";
import { anAttempt } from "../../support/oracle/attempts.ts";
import { type Names, playCourses } from "../../support/oracle/courses.ts";
import { createSecrets } from "../../support/oracle/secrets.ts";
import { peopleOfEveryRole, persons, systems, type Viewer } from "../../support/oracle/viewers.ts";
import { who } from "../../support/region-view.ts";
import { type RestHub, startRestHub } from "../../support/rest-hub.ts";
import { createRandom } from "../../support/year/random.ts";

const many = howOften("SEKTORBRO_ORACLE_ATTEMPTS", { short: 2_000, long: 100_000 });
const courses = howOften("SEKTORBRO_ORACLE_CASES", { short: 20, long: 200 });
const seed = process.env["SEKTORBRO_ORACLE_SEED"] ?? "hvem må se hvad";
const abreast = 8;

const chance = createRandom(seed);
const secrets = createSecrets();
const names: Names = { cases: [], deliveries: [], patients: [], messages: [] };
const listeners = [...systems, ...persons].filter(({ name }) =>
  [
    ...[who.practice, who.otherPractice, who.endocrinology, who.cardiology, who.outOfHours],
    ...[`doctor-${who.practice}`, `committee-${who.practice}`, `nurse-${who.cardiology}`],
  ].includes(name),
);
const heard = new Map<string, string>();
const hanging = new AbortController();
let hub: RestHub;

/** Everything that a listener is told, for as long as the test runs. */
const listen = async ({ name, headers: shown }: Viewer): Promise<void> => {
  const headers = await shown(hub);
  const stream = await fetch(`${hub.url}/v1/events`, { headers, signal: hanging.signal });
  const read = async (): Promise<void> => {
    const decoder = new TextDecoder();
    for await (const piece of stream.body ?? [])
      heard.set(name, (heard.get(name) ?? "") + decoder.decode(piece as Uint8Array, { stream: true }));
  };
  void read().catch(() => undefined);
};

beforeAll(async () => {
  hub = await startRestHub({ people: peopleOfEveryRole });
  await Promise.all(listeners.map(listen));
  await playCourses({ hub, chance, secrets, names }, courses);
}, 240_000);
afterAll(async () => {
  hanging.abort();
  await hub[Symbol.asyncDispose]();
});

const overHttp = async (viewer: Viewer, attempt: Extract<Attempt, { by: "http" }>) => {
  const { method, path, body } = attempt;
  const response = await fetch(hub.url + path, {
    method,
    headers: {
      ...(await viewer.headers(hub)),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { good: response.ok, known: response.status !== 401, text: await response.text() };
};

const onBus = async (asker: string, { type, payload }: Extract<Attempt, { by: "bus" }>) => {
  const reply = await hub.query<unknown>(type, asker, payload).catch(() => ({ status: "failed" }));
  return { good: reply.status === "ok", known: true, text: JSON.stringify(reply) };
};

const operators = systems.filter(({ ids }) => ids === "any");
const aViewer = (): Viewer => chance.pick(chance.chance(0.1) ? operators : chance.pick([systems, persons]));

type Seen = {
  tried: number;
  answered: number;
  byPersons: number;
  changes: number;
  ways: Set<string>;
  leaks: string[];
};

const wayOf = (attempt: Attempt): string =>
  attempt.by === "bus"
    ? attempt.type
    : `${attempt.method} ${attempt.path.replace(/[^/?]*\d[^/?]*/g, "*").replace("v*", "v1")}`;

const count = (
  seen: Seen,
  {
    attempt,
    good,
    changes,
    byPerson,
  }: { attempt: Attempt; good: boolean; changes: boolean; byPerson: boolean },
): void => {
  seen.tried += 1;
  seen.ways.add(wayOf(attempt));
  seen.answered += Number(good);
  seen.byPersons += Number(byPerson);
  seen.changes += Number(changes);
};

/** Whoever is not known shows nothing by being refused; who changes a case of others has broken in. */
const wrongIn = ({ known, broken }: { known: boolean; broken: boolean }): string[] => [
  ...(known ? [] : ["not known"]),
  ...(broken ? ["changed"] : []),
];

/** What was looked at tells which cases were: whoever watches over it may learn of them there. */
const idsIn = ({ ids }: Viewer, attempt: Attempt): "any" | "own" => {
  if (ids !== "audit") return ids;
  return attempt.by === "http" && attempt.path.startsWith("/v1/audit/") ? "any" : "own";
};

const tryOnce = async (seen: Seen): Promise<void> => {
  const viewer = aViewer();
  const { system, knows } = viewer;
  const attempt = anAttempt(names, chance, system !== undefined);
  const ids = idsIn(viewer, attempt);
  const asked = JSON.stringify(attempt);
  const changes = attempt.by === "http" && attempt.changes === true;
  // Who has a part in a case may well change it, and those who run the hub may send a letter again.
  if (changes && (ids === "any" || secrets.concerns(asked, viewer.name.slice(-13)))) return;
  const { good, known, text } =
    attempt.by === "http" ? await overHttp(viewer, attempt) : await onBus(system ?? "", attempt);
  count(seen, { attempt, good, changes, byPerson: system === undefined });
  const leaked = secrets.leaked(text, { viewer: knows, asked, ids });
  const wrong = [...leaked, ...wrongIn({ known, broken: changes && good })];
  if (wrong.length > 0) seen.leaks.push(`${viewer.name} ${asked}: ${wrong.join(" ")}`);
};

describe(`random attempts of anybody to see anything (seed ${seed})`, () => {
  test("show nobody a case that they are no party to, nor what came after they passed one on", async () => {
    const seen: Seen = { tried: 0, answered: 0, byPersons: 0, changes: 0, ways: new Set(), leaks: [] };
    const one = async (): Promise<void> => {
      while (seen.tried < many) await tryOnce(seen);
    };
    await Promise.all(Array.from({ length: abreast }, one));
    expect(seen.leaks.slice(0, 10)).toEqual([]);
    // Attempts that are all refused would prove nothing.
    expect(seen.answered).toBeGreaterThan(many / 10);
    expect(seen.byPersons).toBeGreaterThan(many / 5);
    const { tried, answered, byPersons, changes, ways } = seen;
    const told = { tried, answered, byPersons, changes, ways: ways.size, leaks: 0 };
    process.stderr.write(`\n ${JSON.stringify(told)}\n`);
  }, 1_800_000);

  test("are seen by an oracle that would tell: each party finds its own, and another's answer is called a leak", async () => {
    const caseId = names.cases[0] ?? "";
    const texts = await Promise.all(
      systems.map((viewer) => overHttp(viewer, { by: "http", method: "GET", path: `/v1/cases/${caseId}` })),
    );
    const parties = texts.filter(({ good }) => good);
    expect(parties.length).toBeGreaterThanOrEqual(2);
    const text = parties[0]?.text ?? "";
    expect(secrets.leaked(text, { viewer: who.outOfHours, asked: "", ids: "own" })).toContain(caseId);
  });

  test("and the live stream tells each listener of its own cases alone", async () => {
    await sleep(500);
    const wrong = [...heard].flatMap(([viewer, text]) =>
      secrets
        .leaked(text, {
          viewer: listeners.find((one) => one.name === viewer)?.knows ?? "",
          asked: "",
          ids: "own",
        })
        .map((word) => `${viewer}: ${word}`),
    );
    expect(wrong).toEqual([]);
    expect(heard.get(who.practice)).toContain("event: case");
    expect(heard.get(`doctor-${who.practice}`)).toContain("event: case");
  });
});

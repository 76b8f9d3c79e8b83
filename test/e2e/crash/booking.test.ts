import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { CommandReply } from "../../../contracts/envelope.ts";
import type { BookingFact } from "../../../contracts/messages/booking.ts";
import { developmentToken } from "../../../gateways/http/main.ts";
import { gp, otherGp, visitation } from "../../support/booking-given.ts";
import { eventually } from "../../support/eventually.ts";
import { howOften } from "../../support/how-often.ts";
import { type HubProcess, startHubProcess } from "../../support/hub-process.ts";
import { type JournalLine, readJournal } from "../../support/journal-audit.ts";
import { seededRandom } from "../../support/load.ts";
import { tempDir } from "../../support/temp-dir.ts";

const bookers = 200;
const places = 50;
/** So many rounds go on when the hub is killed: reading the program again takes longer than a round. */
const atOnce = 2;
/** As often as `SEKTORBRO_BOOKING_ROUNDS` says, each as one slot of fifty places or as fifty slots, in turn. */
const rounds = howOften("SEKTORBRO_BOOKING_ROUNDS", { short: 4, long: 20 });
const seed = Number(process.env["SEKTORBRO_CRASH_SEED"] ?? Date.now() % 1_000_000_000);

const say = (line: string): void => void process.stderr.write(`${line}\n`);

type Client = (gln: string, path: string, body: object) => Promise<{ status: number; body: CommandReply }>;

const clientOf = async (hub: HubProcess): Promise<Client> => {
  const tokens = new Map<string, string>();
  for (const gln of [gp, otherGp, visitation]) {
    const who = { gln, role: "organisation", ttlSeconds: 3_600 } as const;
    tokens.set(gln, await developmentToken({ dataDir: hub.dataDir, audience: "sektorbro" }, who));
  }
  return async (gln, path, body) => {
    const response = await fetch(hub.url() + path, {
      method: "POST",
      headers: { authorization: `Bearer ${tokens.get(gln) ?? ""}`, "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    });
    return { status: response.status, body: (await response.json()) as CommandReply };
  };
};

/** Asks until the answer is definite: a place, or none. What the hub said before it was killed may be lost; it is asked again. */
const untilAnswered = (ask: () => ReturnType<Client>): ReturnType<Client> =>
  eventually(
    async () => {
      const answer = await ask();
      return answer.status < 500 ? answer : undefined;
    },
    "a definite answer",
    60_000,
  );

const inTwoHours = (): string => new Date(Date.now() + 2 * 3_600_000).toISOString();

const publish = async (ask: Client, round: number, slots: number): Promise<string[]> => {
  const start = inTwoHours();
  const made = await Promise.all(
    Array.from({ length: slots }, (_, i) =>
      untilAnswered(() =>
        ask(visitation, "/v1/slots", {
          messageId: `R${String(round)}-S${String(i)}`,
          speciality: "kardiologi",
          start,
          lengthMinutes: 30,
          places: places / slots,
          place: "Indgang 4",
        }),
      ),
    ),
  );
  return made.map(({ body }) => {
    if (body.status !== "accepted") throw new Error(JSON.stringify(body));
    return body.caseId;
  });
};

type Booker = { gln: string; messageId: string; slotId: string; holds: boolean };
const bookersOf = (round: number, slotIds: readonly string[]): Booker[] =>
  Array.from({ length: bookers }, (_, i) => ({
    gln: i % 2 === 0 ? gp : otherGp,
    messageId: `R${String(round)}-B${String(i)}`,
    slotId: slotIds[i % slotIds.length] ?? "",
    // Half of them hold first, as people do.
    holds: i % 4 < 2,
  }));

const patient = { cpr: "0107364006", surname: "Prøvesen" };

const outcomeOf = (body: CommandReply): string => ("code" in body ? body.code : body.status);

/** One booker: what it has in the end is `accepted`, or the code that says why not. */
const bookAs = async (ask: Client, { gln, messageId, slotId, holds }: Booker): Promise<string> => {
  const path = holds ? "/v1/bookings" : "/v1/bookings/direct";
  const { body } = await untilAnswered(() => ask(gln, path, { messageId, slotId, patient }));
  if (!("caseId" in body) || body.status !== "accepted" || !holds) return outcomeOf(body);
  const { caseId } = body;
  const outcome = outcomeOf((await untilAnswered(() => ask(gln, `/v1/bookings/${caseId}/book`, {}))).body);
  // Asked again without a key after the hub died, it is another command, on what is booked already.
  return outcome === "wrong-state" ? "accepted" : outcome;
};

const statusesIn = (journal: readonly JournalLine[], caseIds: ReadonlySet<string>): Map<string, string> => {
  const status = new Map<string, string>();
  for (const { record } of journal)
    if (!caseIds.has(record.caseId) && record.family === "booking" && record.facts.length > 0)
      status.set(record.caseId, record.meta.status);
  return status;
};

/** Who has a place by the slots, and who by the bookings: they must agree, fifty each, and nobody hangs in between. */
const audit = async (hub: HubProcess, slotsByRound: readonly string[][]): Promise<void> => {
  const { natsUrl } = await hub.endpoints();
  const slotIds = new Set(slotsByRound.flat());
  const settled = async (): Promise<JournalLine[] | undefined> => {
    const journal = await readJournal(natsUrl);
    const hanging = [...statusesIn(journal, slotIds).values()].filter((s) => s === "wanting" || s === "held");
    return hanging.length === 0 ? journal : undefined;
  };
  const journal = await eventually(settled, "every booking settled", 15_000);
  const facts = journal.flatMap(({ record }) =>
    record.facts.map((fact) => ({ caseId: record.caseId, fact: fact as BookingFact })),
  );
  const taken = facts.flatMap(({ caseId, fact }) =>
    fact.type === "PlaceTaken" ? [`${caseId} ${fact.claimId}`] : [],
  );
  const booked = facts.flatMap(({ caseId, fact }) =>
    fact.type === "SlotBooked" ? [`${fact.slotId} ${caseId}`] : [],
  );
  expect(new Set(taken).size).toBe(taken.length);
  expect(booked.toSorted()).toEqual(taken.toSorted());
  for (const round of slotsByRound)
    for (const slotId of round)
      expect(taken.filter((line) => line.startsWith(slotId))).toHaveLength(places / round.length);
};

test(`two hundred bookers of fifty places, ${String(rounds)} times, the hub killed in the middle: each place once, and everybody has an answer`, async () => {
  say(`booking: SEKTORBRO_CRASH_SEED=${String(seed)}`);
  const random = seededRandom(seed);
  await using dir = await tempDir();
  await using hub = await startHubProcess(dir.path);
  const ask = await clientOf(hub);
  const slotsByRound: string[][] = [];
  for (let first = 0; first < rounds; first += atOnce) {
    const batch = Array.from({ length: Math.min(atOnce, rounds - first) }, (_, i) => first + i);
    const slots = await Promise.all(batch.map((round) => publish(ask, round, round % 2 === 0 ? 1 : places)));
    slotsByRound.push(...slots);
    const asking = batch.map((round, i) =>
      Promise.all(bookersOf(round, slots[i] ?? []).map((booker) => bookAs(ask, booker))),
    );
    await sleep(100 + random() * 900);
    await hub.kill();
    await hub.start();
    for (const outcomes of await Promise.all(asking)) {
      expect(outcomes.filter((outcome) => outcome === "accepted")).toHaveLength(places);
      expect(outcomes.filter((outcome) => outcome === "slot-full")).toHaveLength(bookers - places);
    }
  }
  await audit(hub, slotsByRound);
  expect(hub.errors()).toEqual([]);
}, 300_000);

import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CommandReply } from "../../../contracts/envelope.ts";
import type { CaseView } from "../../../contracts/messages/worklist.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import { startBooking } from "../../../services/booking/main.ts";
import { startCoordination } from "../../../services/coordination/main.ts";
import { startObservation } from "../../../services/observation/main.ts";
import { startReferral } from "../../../services/referral/main.ts";
import { patient } from "../../support/advice-given.ts";
import { question } from "../../support/case-given.ts";
import { eventually } from "../../support/eventually.ts";
import { call, isbar, opening, totalling } from "../../support/observation-given.ts";
import { complete, units } from "../../support/referral-given.ts";
import { who } from "../../support/region-view.ts";
import { startTestHub, type TestHub } from "../../support/test-platform.ts";

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({ starts: [startReferral, startObservation, startBooking] });
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

type Accepted = Extract<CommandReply, { status: "accepted" }>;
const send = async (type: string, by: string, payload: object, id?: string): Promise<Accepted> => {
  const reply = await hub.command(type, by, payload, id);
  if (reply.status !== "accepted") throw new Error(JSON.stringify(reply));
  return reply;
};
const viewOf = async (caseId: string, viewer: string): Promise<CaseView> => {
  const reply = await hub.query<CaseView>("worklist.case", viewer, { caseId });
  if (reply.status !== "ok") throw new Error(reply.code);
  return reply.value;
};
const until = (caseId: string, viewer: string, fact: string): Promise<CaseRecord> =>
  eventually(async () => {
    const { records } = await viewOf(caseId, viewer);
    return records.find(({ facts }) => facts.some(({ type }) => type === fact));
  }, fact);
const textIn = (record: Pick<CaseRecord, "facts">, field: string): string => {
  const fact = record.facts[0];
  return fact !== undefined && field in fact ? fact[field as keyof typeof fact] : "";
};
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

describe("what one case sets off in another", () => {
  test("a converted question becomes a referral of the asker, linked both ways, and only once", async () => {
    const { caseId } = await send("advice.ask", who.practice, question("C-1", { mayConvert: true }));
    await send("advice.convert", who.endocrinology, { caseId, text: "Vi ser hende i ambulatoriet." });
    const made = await until(caseId, who.practice, "ReferralMade");
    const referralCaseId = textIn(made, "referralCaseId");
    expect(made.meta).toMatchObject({ actor: "hub", causation: `${caseId}.2` });
    const referral = await viewOf(referralCaseId, who.practice);
    expect(referral).toMatchObject({ family: "referral", records: [{ meta: { correlation: caseId } }] });
    expect(referral.parties).toEqual(expect.arrayContaining([who.practice, who.endocrinology]));
    expect(referral.records[0]?.meta.card?.links).toContainEqual(expect.objectContaining({ caseId }));
    expect(referral.records).toHaveLength(1);
  });

  test("a plan that sends for the acute team opens the written referral, to the team of that day", async () => {
    const measurement = { values: totalling(3), isbar, call: call() };
    const payload = opening(measurement, { practice: who.jsonPractice, messageId: "CO-1" });
    const { caseId } = await send("observation.open", who.municipality, payload);
    const { records } = await viewOf(caseId, who.municipality);
    const asked = records.flatMap(({ facts }) => facts).find(({ type }) => type === "DoctorAsked");
    const doctor = textIn({ facts: asked === undefined ? [] : [asked] }, "doctor");
    const plan = {
      kind: "acute-team",
      text: "IV antibiotika",
      author: { name: "Test Læge" },
      validUntil: inDays(1),
      directNumber: "20109001",
      responsible: { name: "Test Læge", role: "doctor", until: inDays(1) },
    };
    await send("observation.makePlan", doctor, { caseId, plan, call: call() });
    const opened = await eventually(async () => {
      const found = await hub.query<{ items: { caseId: string; kind: string }[] }>(
        "worklist.search",
        doctor,
        {
          patient: { cpr: patient.cpr },
        },
      );
      const items = found.status === "ok" ? found.value.items : [];
      return items.find(({ kind }) => kind === "acute-team");
    }, "the acute team's referral");
    const referral = await viewOf(opened.caseId, doctor);
    expect(referral.parties).toContain(who.acuteTeam);
    expect(referral.records[0]?.meta.card?.links).toContainEqual(expect.objectContaining({ caseId }));
  });

  test("a slot that is wanted for a referral is booked, and the referral has its appointment", async () => {
    const slot = {
      messageId: "S-1",
      speciality: "kardiologi",
      start: inDays(1),
      lengthMinutes: 30,
      places: 1,
      place: "Ambulatorium 3",
      unit: who.cardiology,
    };
    const { caseId: slotId } = await send("booking.publish", units.visitation, slot);
    const referring = {
      messageId: "R-1",
      kind: "hospital",
      to: { gln: who.cardiology },
      ...complete.hospital,
    };
    const { caseId } = await send("referral.send", who.practice, referring);
    await send("referral.accept", who.cardiology, { caseId });
    await send("referral.wantSlot", who.cardiology, { caseId, slotId });
    const booked = await until(caseId, who.practice, "AppointmentBooked");
    expect(booked.meta.actor).toBe("hub");
    expect(booked.facts[0]).toMatchObject({ booking: { slotId }, appointment: { place: "Ambulatorium 3" } });
  });

  test("all of it again, from the first record on, changes nothing", async () => {
    const names = ["JOURNAL_0", "JOURNAL_1", "JOURNAL_2", "JOURNAL_3"];
    const last = () =>
      Promise.all(names.map(async (name) => (await hub.platform.jsm.streams.info(name)).state.last_seq));
    const hasWork = async (): Promise<boolean> => {
      for (const name of names)
        for await (const { num_pending, num_ack_pending } of hub.platform.jsm.consumers.list(name))
          if (num_pending + num_ack_pending > 0) return true;
      return false;
    };
    /** How far the journal is when nobody has anything to do, and nothing came of what was done last. */
    const atRest = (what: string) =>
      eventually(async () => {
        const before = await last();
        await sleep(300);
        return !(await hasWork()) && String(await last()) === String(before) ? before : undefined;
      }, what);
    const before = await atRest("what was set off before is done");
    // A second process that has never noted a position begins with the first record of the journal.
    const kv = await hub.platform.jsm.streams.info("KV_positions").catch(() => undefined);
    expect(kv).toBeDefined();
    await hub.platform.jsm.streams.purge("KV_positions");
    const again = startCoordination(hub.platform);
    expect(await atRest("the second one has read everything")).toEqual(before);
    await again.stop();
  });
});

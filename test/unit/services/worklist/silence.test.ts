import { expect, test } from "vitest";
import { accepted, asking, createTestCases, question, type TestCases } from "../../../support/case-given.ts";
import { local } from "../../../support/clock-given.ts";
import { municipality, parties } from "../../../support/discharge-given.ts";
import { gp, opening, team, totalling } from "../../../support/observation-given.ts";
import { receivers, sending } from "../../../support/referral-given.ts";
import { who } from "../../../support/region-view.ts";
import { lifeOf, nothingComesUntil, owedTo } from "../../../support/silence.ts";

/** Nobody says anything until then: the clock warned before it breached, and both parties see what is owed, and how late it is. */
const isMissed = async (
  cases: TestCases,
  { agreement, by, to, until }: { agreement: string; by: string; to: string; until: string },
): Promise<void> => {
  await nothingComesUntil(cases, until);
  expect(lifeOf(cases, agreement)).toEqual(["started", "warned", "breached"]);
  const row = { debtor: { gln: by }, creditor: { gln: to }, overdue: true };
  for (const viewer of [by, to, "operator"]) {
    const rows = (await owedTo(cases, viewer, { overdue: true })).filter(
      (one) => one.agreement?.id === agreement,
    );
    expect(rows, `${agreement} as ${viewer} sees it`).toEqual([expect.objectContaining({ overdue: true })]);
    expect(rows[0]).toMatchObject(row);
    expect(rows[0]?.overdueMinutes).toBeGreaterThan(0);
    expect(rows[0]?.what.da).not.toBe(agreement);
  }
};

const send = async (cases: TestCases, type: string, by: string, payload: object): Promise<string> =>
  accepted(await cases.send({ type, by, payload })).caseId;

test("an awaited receipt that does not come", async () => {
  const cases = createTestCases();
  cases.at("2026-11-23 10:15");
  await asking(cases);
  await isMissed(cases, {
    agreement: "RECEIPT",
    by: who.endocrinology,
    to: who.practice,
    until: "2026-11-23 10:45",
  });
});

test("an awaited answer to a question that does not come", async () => {
  const cases = createTestCases();
  cases.at("2026-11-23 10:15");
  await asking(cases);
  await isMissed(cases, {
    agreement: "ADVICE-MSG",
    by: who.endocrinology,
    to: who.practice,
    until: "2026-11-27 10:00",
  });
});

test("an awaited answer to correspondence that does not come", async () => {
  const cases = createTestCases();
  cases.at("2026-11-23 10:15");
  await send(cases, "advice.ask", who.practice, question("M-1", { to: { gln: who.municipality } }));
  await isMissed(cases, {
    agreement: "COR-ROUTINE",
    by: who.municipality,
    to: who.practice,
    until: "2026-11-27 10:00",
  });
});

const stay = (event: string, occurredAt: string): object => ({
  messageId: `adv-${event}`,
  stayId: "ophold-1",
  event,
  occurredAt: local(occurredAt),
  department: parties.ward,
  patient: { cpr: "0107364006", surname: "Prøvesen", givenName: "Åse" },
  municipality,
  practice: parties.practice,
});

/** Admitted on Friday and discharged on Monday, with nothing else said. */
const discharged = async (): Promise<{ cases: TestCases; caseId: string }> => {
  const cases = createTestCases();
  cases.at("2026-11-20 09:31");
  const caseId = await send(
    cases,
    "discharge.notify",
    parties.hospital,
    stay("admitted", "2026-11-20 09:30"),
  );
  cases.at("2026-11-23 10:01");
  await send(cases, "discharge.notify", parties.hospital, stay("discharged", "2026-11-23 10:00"));
  return { cases, caseId };
};

test("an awaited summary after a discharge that does not come", async () => {
  const { cases } = await discharged();
  await nothingComesUntil(cases, "2026-11-25 10:00");
  const rows = (await owedTo(cases, parties.practice, { agreement: "EPI-DISCHARGE" })).filter(
    ({ about }) => about === "summary",
  );
  expect(rows).toEqual([
    expect.objectContaining({
      debtor: expect.objectContaining({ gln: parties.ward }) as unknown,
      overdue: true,
    }),
  ]);
  const own = cases
    .records()
    .flatMap(({ clocks }) => clocks)
    .filter(({ clockId }) => clockId === rows[0]?.clockId);
  expect(own.map(({ change }) => change)).toEqual(["started", "warned", "breached"]);
});

test("an awaited review of a marked summary that nobody reads", async () => {
  const { cases, caseId } = await discharged();
  await send(cases, "discharge.sendSummary", parties.ward, {
    caseId,
    summaryId: "epi-1",
    actionPriority: "subakut",
    recommendedAction: "Kontrol.",
    resume: "I bedring.",
    unit: "Geriatrisk Afd.",
    dictatedBy: "A. Testlund",
  });
  await isMissed(cases, {
    agreement: "EPI-REVIEW-SUBAKUT",
    by: parties.practice,
    to: parties.ward,
    until: "2026-11-25 10:00",
  });
});

test("a follow-up visit that nobody held, though it was booked", async () => {
  const { cases, caseId } = await discharged();
  const consent = { given: true, notedBy: "Sygeplejerske C. Eksempel" };
  await send(cases, "discharge.askHomeVisit", parties.practice, { caseId, reason: "Faldet.", consent });
  await send(cases, "discharge.bookHomeVisit", parties.practice, {
    caseId,
    startsAt: local("2026-11-26 11:00"),
    visitor: "Læge D. Testgaard",
  });
  await isMissed(cases, {
    agreement: "HOMEVISIT",
    by: parties.practice,
    to: parties.practice,
    until: "2026-12-02 10:00",
  });
});

test("an expected repeat of a measurement that did not come", async () => {
  const cases = createTestCases();
  cases.at("2026-11-23 10:15");
  await send(cases, "observation.open", team, opening({ values: totalling(2) }));
  await isMissed(cases, { agreement: "TOBS-REPEAT", by: team, to: gp, until: "2026-11-24 22:00" });
});

test("an awaited plan for a citizen with a high score that the doctor does not make", async () => {
  const cases = createTestCases();
  cases.at("2026-11-23 10:15");
  await send(cases, "observation.open", team, opening({ values: totalling(2) }));
  await isMissed(cases, { agreement: "TOBS-MSG", by: gp, to: team, until: "2026-11-24 22:00" });
});

const referred = async (
  kind: keyof typeof receivers,
): Promise<{ cases: TestCases; caseId: string; to: string }> => {
  const cases = createTestCases();
  cases.at("2026-11-23 10:15");
  const caseId = await send(cases, "referral.send", who.practice, sending(kind));
  return { cases, caseId, to: receivers[kind].first };
};

test.each([
  { agreement: "REF-TRIAGE", kind: "hospital", what: "triage", until: "2026-11-25 10:00" },
  { agreement: "REF-NOTICE", kind: "hospital", what: "notice to the patient", until: "2026-12-07 10:00" },
  { agreement: "REF-DIAG-RIGHT", kind: "hospital", what: "diagnosis or plan", until: "2026-12-25 10:00" },
  { agreement: "REF-CANCER", kind: "cancer", what: "first examination", until: "2026-12-09 10:00" },
  { agreement: "PREV-REF", kind: "prevention", what: "invitation", until: "2026-12-09 10:00" },
  { agreement: "ACUTE-REQ", kind: "acute-team", what: "answer", until: "2026-11-23 11:00" },
] as const)(
  "an awaited $what of a referral that does not come ($agreement)",
  async ({ agreement, kind, until }) => {
    const { cases, to } = await referred(kind);
    await isMissed(cases, { agreement, by: to, to: who.practice, until });
  },
);

test("an appointment for a suspicion of cancer that was booked, and that nobody held", async () => {
  const { cases, caseId, to } = await referred("cancer");
  await send(cases, "referral.accept", to, { caseId });
  await send(cases, "referral.book", to, {
    caseId,
    appointment: { start: local("2026-12-01 09:00"), place: "Ambulatorium 3" },
  });
  await isMissed(cases, { agreement: "REF-CANCER", by: to, to: who.practice, until: "2026-12-09 10:00" });
});

test("a visit of the acute team that was promised, and that nobody made", async () => {
  const { cases, caseId, to } = await referred("acute-team");
  await send(cases, "referral.accept", to, { caseId });
  const started = cases
    .records()
    .flatMap(({ clocks }) => clocks)
    .find((change) => change.change === "started" && change.clockId.startsWith("ACUTE-VISIT"));
  if (started?.change !== "started") throw new Error();
  await isMissed(cases, {
    agreement: started.agreement,
    by: to,
    to: who.practice,
    until: "2026-11-24 23:00",
  });
});

test("a sub-acute slot that was asked for, and that nobody offers", async () => {
  const cases = createTestCases();
  cases.at("2026-11-23 10:15");
  await send(cases, "booking.request", who.practice, {
    messageId: "B-1",
    to: { hospital: who.hospital },
    patient: { cpr: "0107364006", surname: "Prøvesen", givenName: "Åse" },
    municipality: "0890",
    speciality: "kardiologi",
    reason: "Nyopstået åndenød ved anstrengelse.",
    callbackPhone: "20109001",
  });
  const [row] = await owedTo(cases, who.practice, { agreement: "SUBACUTE" });
  const by = row?.debtor.gln ?? "";
  await isMissed(cases, { agreement: "SUBACUTE", by, to: who.practice, until: "2026-11-25 10:00" });
});

test("an answer that comes leaves nothing owed but its own receipt", async () => {
  const cases = createTestCases();
  cases.at("2026-11-23 10:15");
  const { caseId } = await asking(cases);
  cases.at("2026-11-24 10:00");
  await send(cases, "advice.answer", who.endocrinology, {
    caseId,
    text: "Ned til 75 mikrogram; ny TSH om seks uger.",
    outcome: "advice",
    adviser: { name: "Test Lægesen", title: "overlæge" },
  });
  await nothingComesUntil(cases, "2026-12-24 10:00");
  const rows = await owedTo(cases, "operator");
  expect(rows.map(({ agreement, debtor }) => [agreement?.id, debtor.gln])).toEqual([
    ["RECEIPT", who.practice],
  ]);
});

test("while the asker is the one to act the clock is shown as paused, and what is expected of the asker as well", async () => {
  const cases = createTestCases();
  cases.at("2026-11-23 10:15");
  const { caseId } = await asking(cases);
  cases.at("2026-11-23 11:00");
  await send(cases, "advice.requestInformation", who.endocrinology, { caseId, text: "Hvor længe?" });
  const rows = await owedTo(cases, who.endocrinology);
  const advice = rows.find(({ agreement }) => agreement?.id === "ADVICE-MSG");
  expect(advice).toMatchObject({ pausedSince: local("2026-11-23 11:00"), overdue: false });
  expect(advice?.due).toBeUndefined();
  const asker = rows.find(({ act }) => act === "give-information");
  expect(asker).toMatchObject({
    debtor: { gln: who.practice },
    creditor: { gln: who.endocrinology },
    what: { da: "Give oplysninger" },
  });
});

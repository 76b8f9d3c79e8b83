import { describe, expect, it } from "vitest";
import { ClinicalLetter } from "../../../../../contracts/letters/any-letter.ts";
import {
  complaintsOf,
  createLetterCases,
  type LetterCases,
  readOne,
} from "../../../../support/letter-cases.ts";
import { oio } from "../../../../support/oioxml-region.ts";
import { who } from "../../../../support/region-view.ts";

const patient = { cpr: "0107560106", surname: "Prøvesen", givenName: "Åse" } as const;
const base = {
  stayId: "ophold-1",
  patient,
  municipality: oio.municipality,
  practice: oio.practice,
};
const [hospital, ward] = [who.otherHospital, who.geriatrics];

/** A stay of a hospital that speaks JSON, with a municipality and a practice that speak OIOXML alone. */
const told = async (
  stay: object = {},
  by: string = hospital,
): Promise<{ hub: LetterCases; caseId: string }> => {
  const hub = createLetterCases();
  hub.cases.at("2026-11-20 09:31");
  const { caseId } = await hub.does("discharge.notify", by, {
    ...base,
    messageId: "adv-1",
    event: "admitted",
    occurredAt: "2026-11-20T08:30:00.000Z",
    department: ward,
    ...stay,
  });
  return { hub, caseId };
};
const tell = (hub: LetterCases, change: object, type = "discharge.notify") =>
  hub.does(type, hospital, { ...base, department: ward, ...change });
const discharge = async (hub: LetterCases): Promise<void> => {
  hub.cases.at("2026-11-23 10:01");
  const occurredAt = "2026-11-23T09:00:00.000Z";
  await tell(hub, { messageId: "adv-2", event: "discharged", occurredAt });
};

/** The last thing that somebody is owed, printed: valid by contract and schema, the same each time, without losses. */
const lastTo = async (hub: LetterCases, gln: string, caseId: string): Promise<ClinicalLetter> => {
  const owed = hub.owedTo(gln, caseId).at(-1);
  if (owed === undefined) throw new Error("nothing is owed");
  const { bytes, losses } = await hub.printed(owed);
  expect(losses).toEqual([]);
  expect(complaintsOf(bytes)).toEqual([]);
  expect(Buffer.from((await hub.printed(owed)).bytes).equals(bytes)).toBe(true);
  const read = readOne(bytes);
  if (read.kind !== "clinical") throw new Error(JSON.stringify(read));
  expect(ClinicalLetter.safeParse(read.letter).error).toBeUndefined();
  expect(read.letter.type).toBe(owed.documentType);
  return read.letter;
};

describe("events of a stay, told to a municipality that speaks OIOXML", () => {
  it("an admission is XDIS20, which asks for its answer", async () => {
    const { hub, caseId } = await told();
    expect(await lastTo(hub, oio.municipality, caseId)).toMatchObject({
      type: "XDIS20",
      status: "new",
      notificationId: "ophold-1",
      answerTo: hospital,
      sender: { gln: hospital },
      receiver: { gln: oio.municipality },
      patient: { cpr: patient.cpr, status: "indlagt" },
      at: "2026-11-20T09:30",
      authorised: "2026-11-20T09:31:00",
    });
  });

  it("a discharge is XDIS17 and a death says so; where the citizen went nobody has told", async () => {
    const one = await told();
    await discharge(one.hub);
    expect(await lastTo(one.hub, oio.municipality, one.caseId)).toMatchObject({
      type: "XDIS17",
      patient: { status: "uoplyst" },
      at: "2026-11-23T10:00",
    });
    await tell(one.hub, { messageId: "adv-3", event: "dead", occurredAt: "2026-11-23T09:00:00.000Z" });
    expect(await lastTo(one.hub, oio.municipality, one.caseId)).toMatchObject({
      type: "XDIS17",
      patient: { status: "doed" },
    });
  });

  it("a correction and a cancellation repeat the notification's id, and the time that was told last", async () => {
    const { hub, caseId } = await told();
    const moved = { messageId: "ret-1", corrects: "adv-1", issuedAt: "2026-11-20T08:31:00.000Z" };
    await tell(hub, { ...moved, occurredAt: "2026-11-20T08:10:00.000Z" }, "discharge.correct");
    expect(await lastTo(hub, oio.municipality, caseId)).toMatchObject({
      type: "XDIS20",
      status: "corrected",
      notificationId: "ophold-1",
      at: "2026-11-20T09:10",
    });
    await tell(hub, { messageId: "an-1", cancels: "adv-1" }, "discharge.cancel");
    expect(await lastTo(hub, oio.municipality, caseId)).toMatchObject({
      type: "XDIS20",
      status: "cancelled",
      notificationId: "ophold-1",
      at: "2026-11-20T09:10",
    });
  });

  it("one that another hospital has taken over has left this one", async () => {
    const { hub, caseId } = await told();
    const occurredAt = "2026-11-20T08:30:30.000Z";
    const away = { messageId: "adv-2", event: "transferred", occurredAt, department: who.endocrinology };
    await tell(hub, away);
    expect(await lastTo(hub, oio.municipality, caseId)).toMatchObject({
      type: "XDIS17",
      patient: { status: "flyttet_til_sygehus" },
    });
    await tell(hub, { messageId: "an-1", cancels: "adv-2" }, "discharge.cancel");
    expect(await lastTo(hub, oio.municipality, caseId)).toMatchObject({
      type: "XDIS17",
      status: "cancelled",
    });
  });

  it("a correction of what has not come is told in words, since no letter says what it is about", async () => {
    const { hub, caseId } = await told();
    const moved = { messageId: "ret-1", corrects: "adv-9", issuedAt: "2026-11-20T08:31:00.000Z" };
    await tell(hub, { ...moved, occurredAt: "2026-11-20T08:10:00.000Z" }, "discharge.correct");
    expect(hub.owedTo(oio.municipality, caseId).at(-1)?.documentType).toBe("XDIS91");
  });

  it("a stay whose id has no room in the letter goes by the case's, and its answer finds it", async () => {
    const { hub, caseId } = await told({ stayId: "ophold".repeat(10) });
    const notice = await lastTo(hub, oio.municipality, caseId);
    expect(notice).toMatchObject({ notificationId: caseId.replaceAll("-", "") });
    if (notice.type !== "XDIS20") throw new Error(notice.type);
    const answer = {
      type: "XDIS14",
      version: "XD1431C",
      statisticalCode: "XDIS14",
      letterId: "SVAR1",
      status: "new",
      authorised: "2026-11-20T11:00:00",
      notificationId: notice.notificationId,
      sender: { ...notice.receiver, organisation: "Fjordby Kommune" },
      contacts: [],
      receiver: { gln: notice.answerTo ?? "", identifier: notice.sender.identifier },
      patient: { cpr: patient.cpr },
    } as const;
    expect(hub.read(ClinicalLetter.parse(answer))).toMatchObject({
      type: "discharge.answerAdmission",
      payload: { caseId },
    });
  });
});

describe("an answer to an admission, told to a ward that speaks OIOXML", () => {
  it("is XDIS14 with every contact", async () => {
    const { hub, caseId } = await told({ department: oio.department }, oio.department);
    const contacts = [{ names: ["Visitationen"], phone: "90000040", hours: "Hverdage kl. 8-15" }];
    await hub.does("discharge.answerAdmission", oio.municipality, { caseId, contacts });
    expect(await lastTo(hub, oio.department, caseId)).toMatchObject({
      type: "XDIS14",
      notificationId: "ophold-1",
      sender: { gln: oio.municipality },
      contacts,
      receiver: { gln: oio.department },
      patient: { cpr: patient.cpr },
    });
  });
});

const summary = {
  summaryId: "epi-1",
  actionPriority: "akut",
  recommendedAction: "Kontrol af kalium i dag.",
  resume: "Indlagt med hjertesvigt.",
  medicine: "Furosemid øget.",
  pending: "Svar på urindyrkning.",
  unit: "Geriatrisk Afd.",
  admittedAt: "2026-11-20T09:30",
  dischargedAt: "2026-11-23T10:00",
  diagnoses: [
    { kind: "main", code: "DI509", text: "Hjertesvigt" },
    { kind: "additional", code: "TUL1", text: "Højresidig" },
    { kind: "other", text: "Langt navn ".repeat(12).trim() },
    { kind: "other", code: "DE119", text: "Diabetes" },
  ],
  procedures: [{ code: "KTJA10", text: "Pleurapunktur" }],
  cave: "Penicillin",
  dischargeMode: "Til eget hjem",
  dictatedBy: "Reservelæge A. Testlund",
  responsibleDoctor: "Overlæge B. Prøvedal",
};
const textIn = (letter: ClinicalLetter): string => JSON.stringify("texts" in letter ? letter.texts : []);

describe("a summary, told to a practice that speaks OIOXML", () => {
  it("is XDIS01 with its mark, its codes, and everything else in words", async () => {
    const { hub, caseId } = await told();
    await discharge(hub);
    await hub.does("discharge.sendSummary", hospital, { caseId, ...summary });
    const letter = await lastTo(hub, oio.practice, caseId);
    expect(letter).toMatchObject({
      type: "XDIS01",
      status: "new",
      actionPriority: "akut",
      recommendation: ["Kontrol af kalium i dag."],
      patient: { cpr: patient.cpr, surname: "Prøvesen" },
      from: "2026-11-20T09:30",
      until: "2026-11-23T10:00",
      diagnoses: { main: { code: "DI509" }, mainAdditional: [{ code: "TUL1" }], other: [{ code: "DE119" }] },
    });
    for (const said of [
      summary.resume,
      summary.medicine,
      summary.pending,
      "Langt navn",
      "KTJA10 Pleurapunktur",
      summary.cave,
      summary.dischargeMode,
      summary.dictatedBy,
      summary.responsibleDoctor,
    ])
      expect(textIn(letter)).toContain(said);
  });

  it("corrected is the corrected letter", async () => {
    const { hub, caseId } = await told();
    await hub.does("discharge.sendSummary", hospital, { caseId, ...summary });
    const again = { ...summary, caseId, summaryId: "epi-2", corrects: "epi-1", resume: "Rettet." };
    await hub.does("discharge.correctSummary", hospital, again);
    const letter = await lastTo(hub, oio.practice, caseId);
    expect([letter.status, textIn(letter)]).toEqual(["corrected", expect.stringContaining("Rettet.")]);
  });

  it("with more than a letter has room for in codes tells the rest in words", async () => {
    const { hub, caseId } = await told();
    await discharge(hub);
    const more = [
      { kind: "main", code: "DJ189", text: "Lungebetændelse" },
      ...Array.from({ length: 7 }, (_, i) => ({
        kind: "additional",
        code: `TUL${String(i)}`,
        text: `Tillæg ${String(i)}`,
      })),
    ];
    const diagnoses = [...summary.diagnoses, ...more];
    await hub.does("discharge.sendSummary", hospital, { caseId, ...summary, diagnoses });
    const letter = JSON.stringify(await lastTo(hub, oio.practice, caseId));
    for (const { text } of more) expect(letter).toContain(text);
  });

  it.each(["XDIS01", "XDIS02", "XDIS03"])("of a stay that nobody told of is %s", async (form) => {
    const hub = createLetterCases();
    const { caseId } = await hub.does("discharge.receiveSummary", hospital, {
      ...summary,
      messageId: "EPI1",
      status: "new",
      form,
      patient,
      practice: oio.practice,
    });
    expect(await lastTo(hub, oio.practice, caseId)).toMatchObject({ type: form, actionPriority: "akut" });
  });
});

import { beforeEach, describe, expect, it } from "vitest";
import { toPlainText } from "../../../../contracts/formatted-text.ts";
import { AttachmentLetter, type Letter } from "../../../../contracts/letter.ts";
import { hubActor } from "../../../../services/case/core.ts";
import { partyOf, receiverPartyOf } from "../../../../services/case/directory-view.ts";
import { otherCaseId, patient, photoObject, scan } from "../../../support/advice-given.ts";
import { accepted, createTestCases, type TestCases } from "../../../support/case-given.ts";
import { fhirRegion, regionWithFhir } from "../../../support/inside-given.ts";
import { organisation, who } from "../../../support/region-view.ts";

let cases: TestCases;
beforeEach(() => {
  cases = createTestCases({ directory: fhirRegion });
});

const aboutPatient = { kind: "patient", cpr: patient.cpr, surname: patient.surname } as const;
const receive = async (change: Partial<AttachmentLetter> = {}): Promise<string> => {
  const letter = AttachmentLetter.parse({
    letterId: "BILAG1",
    authorised: "2026-11-23T10:14",
    statisticalCode: "XBIN01",
    sender: partyOf(organisation(who.practice)),
    receiver: receiverPartyOf(organisation(who.endocrinology)),
    about: aboutPatient,
    objects: [photoObject, scan],
    ...change,
  });
  const payload = { letter, standard: "oioxml" };
  return accepted(
    await cases.send({ type: "attachment.receive", by: who.practice, payload, id: letter.letterId }),
  ).caseId;
};
const ring = (caseId: string) =>
  cases.send({ type: "attachment.ring", by: hubActor, payload: { caseId, alarmId: "letter" } });
const passedOn = (caseId: string, objectIds: string[], by: string = hubActor) =>
  cases.send({
    type: "attachment.notePassedOn",
    by,
    payload: { caseId, letterCaseId: otherCaseId, objectIds },
  });
const owedIn = (caseId: string) =>
  cases
    .records(caseId)
    .flatMap(({ deliveries, facts }) =>
      deliveries.flatMap((d) => (d.change === "owed" ? [{ ...d, says: facts[d.fact] }] : [])),
    );
const cardOf = (caseId: string) => cases.state(caseId).card;

describe("attachments for a receiver that takes them inside a message alone", () => {
  it("are recorded and told to nobody, until their letter takes them along; then nothing waits", async () => {
    const caseId = await receive();
    expect(cases.state(caseId).alarms).toEqual({ letter: "2026-11-23T10:15:00.000Z" });
    accepted(await passedOn(caseId, [photoObject.objectId]));
    expect(cases.state(caseId).alarms).not.toEqual({});
    accepted(await passedOn(caseId, [scan.objectId, photoObject.objectId]));
    expect(cases.state(caseId).alarms).toEqual({});
    expect(await passedOn(caseId, [scan.objectId])).toMatchObject({ status: "ignored", reason: "passed-on" });
    expect(owedIn(caseId)).toEqual([]);
    expect(cardOf(caseId)).toMatchObject({ closed: true, awaits: [] });
  });

  it("go by themselves when the time is up, with a letter of the hub's own, as far as no letter took them", async () => {
    const caseId = await receive();
    await passedOn(caseId, [photoObject.objectId]);
    expect(await ring(caseId)).toMatchObject({ status: "ignored", reason: "not-due" });
    cases.at("2026-11-23 11:15");
    accepted(await ring(caseId));
    const [told, ...others] = owedIn(caseId);
    expect(others).toEqual([]);
    expect(told).toMatchObject({
      standard: "fhir",
      documentType: "CareCommunication",
      says: {
        type: "AttachmentsSentAlone",
        attachments: [scan],
        letter: { subject: "Bilag", patient: { cpr: patient.cpr } },
      },
    });
    const { letter } = (told?.says ?? {}) as { letter: Letter };
    expect(letter.texts.map(toPlainText).join()).toContain("Sendt af Sektorbro");
    expect(await ring(caseId)).toMatchObject({ status: "ignored" });
  });

  it("that name no citizen cannot go by themselves: their sender is awaited, until a letter takes them after all", async () => {
    const caseId = await receive({ about: { kind: "system" } });
    cases.at("2026-11-23 11:15");
    accepted(await ring(caseId));
    expect(owedIn(caseId)).toEqual([]);
    expect(cardOf(caseId)).toMatchObject({
      closed: false,
      awaits: [{ who: who.practice, act: "send-attachments-again" }],
    });
    await passedOn(caseId, [photoObject.objectId, scan.objectId]);
    expect(cardOf(caseId)).toMatchObject({ closed: true, awaits: [] });
  });

  it("go at once when their sender's never wait", async () => {
    const attachmentRules = { waitSeconds: 60, neverWait: [who.practice] };
    cases = createTestCases({ directory: fhirRegion, attachmentRules });
    const caseId = await receive();
    expect(owedIn(caseId)).toMatchObject([{ says: { attachments: [photoObject, scan] } }]);
    expect(cases.state(caseId).alarms).toEqual({});
  });

  it("are noted as gone by the hub alone", async () => {
    const caseId = await receive();
    expect(await passedOn(caseId, [scan.objectId], who.practice)).toMatchObject({ code: "not-your-turn" });
  });

  it("are refused for a receiver that takes only notifications, with what it lacks", async () => {
    cases = createTestCases({ directory: regionWithFhir(who.endocrinology, "HospitalNotification") });
    await expect(receive()).rejects.toThrow("receiver-cannot-receive");
  });
});

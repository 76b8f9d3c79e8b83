import { beforeEach, describe, expect, it } from "vitest";
import { toPlainText } from "../../../../contracts/formatted-text.ts";
import type { Letter } from "../../../../contracts/letter.ts";
import type { AdviceFact } from "../../../../contracts/messages/advice.ts";
import { hubActor } from "../../../../services/case/core.ts";
import { letter, naming, otherCaseId, photoObject, scan } from "../../../support/advice-given.ts";
import { accepted, createTestCases, type TestCases } from "../../../support/case-given.ts";
import { fhirRegion } from "../../../support/inside-given.ts";
import { changed, regionWith, viewOf, who } from "../../../support/region-view.ts";

let cases: TestCases;
beforeEach(() => {
  cases = createTestCases({ directory: fhirRegion });
});

const named = (...ids: string[]): Pick<Letter, "references"> => ({
  references: ids.flatMap((id) => naming(id).references),
});
const both = named(photoObject.objectId, scan.objectId);

const receive = (change: Partial<Letter> = both, more: { id?: string; by?: string } = {}) =>
  cases.send({
    type: "advice.receiveLetter",
    by: more.by ?? who.practice,
    payload: { letter: letter(who.practice, who.endocrinology, change), standard: "oioxml" },
    id: more.id ?? "letter-1",
  });
const join = (caseId: string, objects: object[], id = "join-1", sender: string = who.practice) =>
  cases.send({
    type: "advice.joinAttachments",
    by: hubActor,
    payload: { caseId, attachmentCaseId: otherCaseId, sender, objects },
    id,
  });
const ring = (caseId: string, alarmId = "attachments.1.0", id?: string) =>
  cases.send({ type: "advice.ring", by: hubActor, payload: { caseId, alarmId }, ...(id ? { id } : {}) });

const toldIn = (caseId: string) =>
  cases
    .records(caseId)
    .flatMap(({ deliveries, facts, meta }) =>
      deliveries.flatMap((d) => (d.change === "owed" ? [{ ...d, no: meta.no, says: facts[d.fact] }] : [])),
    );
type WithLetter = Extract<AdviceFact, { letter: Letter }>;
const textOf = (fact: unknown): string => (fact as WithLetter).letter.texts.map(toPlainText).join("\n");

describe("a letter that names attachments, to a receiver that takes them inside a message alone", () => {
  it("is recorded at once with the clock that it starts, and told to nobody until they have come", async () => {
    const reply = accepted(await receive());
    expect(reply.facts).toEqual(["AdviceAsked"]);
    expect(reply.clocks).toHaveLength(1);
    expect(toldIn(reply.caseId)).toEqual([]);
    expect(cases.records(reply.caseId)).toMatchObject([
      {
        facts: [
          { held: { awaits: [photoObject.objectId, scan.objectId], until: "2026-11-23T10:15:00.000Z" } },
        ],
        alarms: [{ change: "set", alarmId: "attachments.1.0", at: "2026-11-23T10:15:00.000Z" }],
      },
    ]);
  });

  it("goes on with all of them as one message when the last has come, and the alarm is cleared", async () => {
    const { caseId } = accepted(await receive());
    expect(accepted(await join(caseId, [scan])).facts).toEqual(["AttachmentsJoined"]);
    expect(toldIn(caseId)).toEqual([]);
    const second = await join(caseId, [photoObject], "join-2");
    expect(accepted(second).facts).toEqual(["AttachmentsJoined", "LetterPassedOn"]);
    expect(await join(caseId, [photoObject], "join-2")).toEqual({ ...second, duplicate: true });
    expect(toldIn(caseId)).toMatchObject([
      {
        standard: "fhir",
        documentType: "CareCommunication",
        to: who.endocrinology,
        from: who.practice,
        says: { because: "complete", attachments: [scan, photoObject], letter: both },
      },
    ]);
    expect(cases.state(caseId).alarms).toEqual({});
  });

  it("goes on when the time is up with what has come, says what is missing, and names it no more", async () => {
    const { caseId } = accepted(await receive());
    await join(caseId, [scan]);
    expect(await ring(caseId)).toMatchObject({ status: "ignored", reason: "not-due" });
    cases.at("2026-11-23 11:15");
    accepted(await ring(caseId));
    const [told] = toldIn(caseId);
    expect(told).toMatchObject({
      says: { because: "time", attachments: [scan], letter: named(scan.objectId) },
    });
    expect(textOf(told?.says)).toBe(
      "Skal dosis ned?\n\nTilføjet af Sektorbro: Et eller flere bilag er ikke modtaget fra afsenderen: Foto af hals. De eftersendes, hvis de kommer.",
    );
    expect(await ring(caseId)).toMatchObject({ status: "ignored" });
    expect(toldIn(caseId)).toHaveLength(1);
  });

  it("is followed by what comes after the time was up, in a message of its own, once", async () => {
    const { caseId } = accepted(await receive());
    cases.at("2026-11-23 11:15");
    await ring(caseId);
    await join(caseId, [photoObject]);
    await join(caseId, [scan], "join-2");
    await join(caseId, [scan], "join-3");
    const told = toldIn(caseId);
    expect(told).toMatchObject([
      { says: { because: "time", attachments: [] } },
      { says: { because: "late", attachments: [photoObject], letter: named(photoObject.objectId) } },
      { says: { because: "late", attachments: [scan], letter: named(scan.objectId) } },
    ]);
    expect(textOf(told[1]?.says)).toBe(
      "Eftersendt af Sektorbro: Bilag til meddelelsen af 23.11.2026 kl. 10:14: Foto af hals.",
    );
    const numbers = told.map(({ says }) => (says as unknown as WithLetter).letter.letterId);
    expect(new Set(numbers).size).toBe(3);
  });

  it("again is the same answer, and waits once", async () => {
    const first = await receive();
    expect(await receive()).toEqual({ ...first, duplicate: true });
    const { caseId } = accepted(first);
    await join(caseId, [photoObject, scan]);
    expect(await receive()).toEqual({ ...first, duplicate: true });
    expect(toldIn(caseId)).toHaveLength(1);
  });

  it("is not completed by another sender's attachments, nor by what it does not name", async () => {
    const { caseId } = accepted(await receive());
    await join(caseId, [photoObject, scan], "join-1", who.otherPractice);
    await join(caseId, [{ ...scan, objectId: "cd".repeat(16) }], "join-2");
    expect(toldIn(caseId)).toEqual([]);
  });

  it("goes on at once when its sender's never wait, and when what it names is no object's identifier", async () => {
    const attachmentRules = { waitSeconds: 60, neverWait: [who.practice] };
    cases = createTestCases({ directory: fhirRegion, attachmentRules });
    expect(toldIn(accepted(await receive()).caseId)).toHaveLength(1);
    cases = createTestCases({ directory: fhirRegion });
    expect(toldIn(accepted(await receive(named("BILAG-1"))).caseId)).toHaveLength(1);
    expect(toldIn(accepted(await receive({}, { id: "letter-2" })).caseId)).not.toEqual([]);
  });

  it("waits for the new unit too when the question is passed on before they came, and no longer for the old one", async () => {
    const directory = regionWith(
      changed(who.endocrinology, {
        channels: [
          { standard: "fhir", transport: "inbox", accepts: ["CareCommunication"], sendsReceipts: true },
        ],
      }),
      changed(who.cardiology, {
        channels: [
          { standard: "fhir", transport: "inbox", accepts: ["CareCommunication"], sendsReceipts: true },
        ],
      }),
    );
    cases = createTestCases({ directory });
    const { caseId } = accepted(await receive(named(scan.objectId)));
    const payload = { caseId, to: { gln: who.cardiology }, reason: "Hjertet" };
    accepted(await cases.send({ type: "advice.redirect", by: who.endocrinology, payload }));
    await join(caseId, [scan]);
    const told = toldIn(caseId).filter(({ documentType }) => documentType === "CareCommunication");
    expect(told).toMatchObject([
      { to: who.cardiology, says: { type: "LetterPassedOn", because: "complete", attachments: [scan] } },
    ]);
  });

  it("whose receiver has lost its way in when the time is up tells its sender so", async () => {
    // A directory of its own, since it changes.
    cases = createTestCases({ directory: { ...fhirRegion } });
    const { caseId } = accepted(await receive());
    const gone = viewOf([
      ...fhirRegion.all().filter(({ gln }) => gln !== who.endocrinology),
      {
        ...changed(who.endocrinology, {}),
        channels: [
          {
            standard: "fhir" as const,
            transport: "inbox" as const,
            accepts: ["HospitalNotification"],
            sendsReceipts: true,
          },
        ],
      },
    ]);
    Object.assign(cases.ports.directory, gone);
    cases.at("2026-11-23 11:15");
    accepted(await ring(caseId));
    expect(toldIn(caseId)).toMatchObject([
      { to: who.practice, documentType: "XDIS91", says: { type: "LetterNotDelivered", why: "no-channel" } },
    ]);
    expect(await ring(caseId)).toMatchObject({ status: "ignored" });
  });
});

it("a receiver that can be brought an attachment letter by itself is sent its letter at once", async () => {
  cases = createTestCases();
  const { caseId } = accepted(await receive());
  expect(toldIn(caseId)).toMatchObject([{ documentType: "XDIS91", to: who.endocrinology }]);
});

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkMessage } from "../../../../gateways/fhir/codec/rules/check-message.ts";
import { clinicNamed, hasFact, messagesOf, sentCase, someObjects } from "../../../support/apart.ts";
import { bundleIn, clinic, type FhirHub, startFhirHub } from "../../../support/fhir-hub.ts";
import {
  freshCpr,
  freshId,
  otherPractice,
  practice,
  xbin01,
  xdis91,
} from "../../../support/golden-samples.ts";
import { caseOf, type HubClient } from "../../../support/hub-client.ts";

const waitSeconds = 3;

describe("letters and attachments apart, to a department that speaks FHIR alone", () => {
  let hub: FhirHub;
  let sender: HubClient;
  beforeAll(async () => {
    hub = await startFhirHub({ attachments: { waitSeconds, neverWait: [otherPractice.gln] } });
    sender = await hub.as(practice.gln);
  });
  afterAll(async () => {
    await hub[Symbol.asyncDispose]();
  });

  const wishWith = (...extensions: string[]) => ({
    to: clinicNamed,
    cpr: freshCpr(),
    attached: someObjects(...extensions),
  });
  const inClinic = (caseId: string, count: number) => messagesOf(hub, { gln: clinic.gln, caseId }, count);
  const sorted = (bytes: readonly Uint8Array[]): string[] =>
    bytes.map((one) => Buffer.from(one).toString("hex")).toSorted();

  test.each([
    ["the letter first", false],
    ["the attachments first", true],
  ])("%s: they come as one message with the attachments in it", async (_, binaryFirst) => {
    const wish = wishWith("pdf", "png");
    const first = binaryFirst ? await sentCase(sender, xbin01(wish)) : undefined;
    if (first !== undefined) await hasFact(hub, first, "AttachmentsReceived");
    const caseId = await sentCase(sender, xdis91(wish));
    const bin = first ?? (await sentCase(sender, xbin01(wish)));
    const [came, ...others] = await inClinic(caseId, 1);
    expect(others).toEqual([]);
    expect(sorted(came?.bytes ?? [])).toEqual(sorted(wish.attached.map(({ bytes }) => bytes)));
    expect(came?.text).not.toContain("Sektorbro");
    const fetched = await (await hub.as(clinic.gln)).get(`/v1/inbox/${came?.deliveryId ?? ""}`);
    const { problems } = checkMessage(bundleIn(fetched.bytes));
    expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
    await hasFact(hub, bin, "AttachmentsPassedOn");
    const again = await sender.send(xbin01({ ...wish, letterId: freshId("NYBIN") }));
    expect(again.status).toBe(201);
    expect(await inClinic(caseId, 1)).toHaveLength(1);
  });

  test("the same letter and the same attachments again are answered as before, and nothing is sent twice", async () => {
    const wish = { ...wishWith("pdf"), letterId: freshId("B"), envelopeId: freshId("K"), episode: null };
    const bin = { ...wish, letterId: freshId("X"), envelopeId: freshId("Y") };
    const first = [await sender.send(xdis91(wish)), await sender.send(xbin01(bin))];
    const caseId = caseOf(first[0] as (typeof first)[0] & object);
    await inClinic(caseId, 1);
    const again = [await sender.send(xdis91(wish)), await sender.send(xbin01(bin))];
    expect(again.map(({ text }) => text)).toEqual(first.map(({ text }) => text));
    expect(again.map(({ status }) => status)).toEqual([200, 200]);
    expect(await inClinic(caseId, 1)).toHaveLength(1);
  });

  test("an attachment that never comes: the letter goes on when the time is up, and says what is missing", async () => {
    const wish = wishWith("pdf", "jpeg");
    const caseId = await sentCase(sender, xdis91(wish));
    const only = { ...wish, attached: wish.attached.slice(0, 1) };
    await sentCase(sender, xbin01(only));
    const [came] = await inClinic(caseId, 1);
    expect(came?.text).toContain("Bør hun behandles?");
    expect(came?.text).toContain("bilag er ikke modtaget fra afsenderen: Bilag.");
    expect(sorted(came?.bytes ?? [])).toEqual(sorted(only.attached.map(({ bytes }) => bytes)));
  });

  test("one that comes after that is a further message of the same thread, once", async () => {
    const wish = wishWith("pdf");
    const caseId = await sentCase(sender, xdis91(wish));
    const [first] = await inClinic(caseId, 1);
    expect(first?.bytes).toEqual([]);
    const bin = await sentCase(sender, xbin01(wish));
    const [, late] = await inClinic(caseId, 2);
    expect(late?.message.threadId).toBe(first?.message.threadId);
    expect(late?.message.messageId).not.toBe(first?.message.messageId);
    expect(sorted(late?.bytes ?? [])).toEqual(sorted(wish.attached.map(({ bytes }) => bytes)));
    expect(late?.text).toContain("Eftersendt af Sektorbro: Bilag til meddelelsen af 23.11.2026 kl. 10:12");
    await hasFact(hub, bin, "AttachmentsPassedOn");
    await sender.send(xbin01({ ...wish, letterId: freshId("IGEN") }));
    expect(await inClinic(caseId, 2)).toHaveLength(2);
  });

  test("attachments that no letter names go by themselves when the time is up, and those that one named do not go again", async () => {
    const [named, unnamed] = someObjects("pdf", "png");
    if (named === undefined || unnamed === undefined) throw new Error("two objects");
    const wish = { to: clinicNamed, cpr: freshCpr() };
    const caseId = await sentCase(sender, xdis91({ ...wish, attached: [named] }));
    const bin = await sentCase(sender, xbin01({ ...wish, attached: [named, unnamed] }));
    const [came] = await inClinic(caseId, 1);
    expect(sorted(came?.bytes ?? [])).toEqual(sorted([named.bytes]));
    const [alone, ...others] = await inClinic(bin, 1);
    expect(others).toEqual([]);
    expect(sorted(alone?.bytes ?? [])).toEqual(sorted([unnamed.bytes]));
    expect(alone?.text).toContain("Sendt af Sektorbro: Bilag");
    expect(alone?.message.patient.cpr).toBe(wish.cpr);
  });

  test("one attachment letter serves two letters, each with what it names", async () => {
    const [one, two] = someObjects("pdf", "png");
    if (one === undefined || two === undefined) throw new Error("two objects");
    const cprs = [freshCpr(), freshCpr()];
    const letters = await Promise.all(
      [one, two].map((object, at) =>
        sentCase(sender, xdis91({ to: clinicNamed, cpr: cprs[at] ?? "", attached: [object] })),
      ),
    );
    const bin = await sentCase(sender, xbin01({ to: clinicNamed, cpr: cprs[0] ?? "", attached: [one, two] }));
    const came = await Promise.all(letters.map((caseId) => inClinic(caseId, 1)));
    expect(came.map(([first]) => sorted(first?.bytes ?? []))).toEqual(
      [one, two].map(({ bytes }) => sorted([bytes])),
    );
    await hasFact(hub, bin, "AttachmentsPassedOn", 2);
    expect((await hub.recordsOf(bin)).flatMap(({ deliveries }) => deliveries)).toEqual([]);
  });

  test("what comes from a sender that never waits goes on at once, letter and attachments each by themselves", async () => {
    const direct = await hub.as(otherPractice.gln);
    const wish = { ...wishWith("pdf"), from: otherPractice };
    const letter = await direct.send(xdis91(wish));
    const owed = (await hub.recordsOf(caseOf(letter))).flatMap(({ deliveries }) => deliveries);
    expect(owed).toMatchObject([{ change: "owed", documentType: "CareCommunication" }]);
    const bin = await direct.send(xbin01(wish));
    const [alone] = await inClinic(caseOf(bin), 1);
    expect(sorted(alone?.bytes ?? [])).toEqual(sorted(wish.attached.map(({ bytes }) => bytes)));
  });

  test("while the index is empty nothing is lost: it is made again, and the wait goes on", async () => {
    const wish = wishWith("pdf");
    const caseId = await sentCase(sender, xdis91(wish));
    await hub.platform.redis.flushall();
    await sentCase(sender, xbin01(wish));
    const [came] = await inClinic(caseId, 1);
    expect(sorted(came?.bytes ?? [])).toEqual(sorted(wish.attached.map(({ bytes }) => bytes)));
  });
});

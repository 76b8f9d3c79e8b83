import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DeadLetter } from "../../../contracts/messages/dead-letters.ts";
import { printFhir } from "../../../gateways/fhir/codec/model/print-fhir.ts";
import { organisation } from "../../support/envelope-hub.ts";
import { fhirIn } from "../../support/enveloped.ts";
import { acknowledgement, careCommunication } from "../../support/fhir-bundles.ts";
import { caseOf, clinic, type FhirHub, ids, startFhirHub, town } from "../../support/fhir-hub.ts";
import { department, practice, xdis91 } from "../../support/golden-samples.ts";

const otherTown = { gln: "5790002001536", sor: "999151000016000", name: "Prøvestrup Kommune" };

let hub: FhirHub;
beforeAll(async () => {
  hub = await startFhirHub();
  const bare = { standard: "fhir", transport: "inbox", format: "json", accepts: ["*"], sendsReceipts: true };
  const organisations = [{ ...organisation(otherTown, "municipality", "vans"), channels: [bare] }];
  const file = { format: "sektorbro-directory", version: 1, organisations };
  expect((await hub.operator.post("/v1/directory/import", file)).status).toBe(200);
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

const answered = async (
  by: typeof town,
  { about, code }: { about: string; code: "ok" | "fatal-error" },
): Promise<number> => {
  const original = { headerId: about, activity: "new-message" };
  const answer = acknowledgement({ ...ids(), from: by, to: clinic, original, code });
  return (await hub.sendMessage(by.gln, answer, "json")).status;
};

describe("a FHIR message that its receiver would not take", () => {
  test("goes to the right address as it was written, but for the name on it, and is acknowledged from there", async () => {
    const own = ids();
    const sent = await hub.sendMessage(clinic.gln, careCommunication({ ...own, from: clinic, to: town }));
    const caseId = caseOf(sent);
    const refused = await hub.fetched(town.gln, caseId, "CareCommunication");
    const [first] = await hub.inboxOf(town.gln, caseId);
    expect(await answered(town, { about: own.headerId, code: "fatal-error" })).toBe(201);
    const sender = await hub.as(clinic.gln);
    const id = first?.deliveryId ?? "";
    const answer = await sender.post(`/v1/dead-letters/${id}/send-again`, { to: { gln: otherTown.gln } });
    const letter = answer.json() as DeadLetter;
    expect([answer.status, letter.state, letter.kind]).toEqual([200, "sent-again", "failed"]);
    const document = await hub.fetched(otherTown.gln, caseId, "CareCommunication");
    const [before, now] = [fhirIn(refused.bytes), fhirIn(document.bytes)];
    expect(now).toMatchObject({ kind: "CareCommunication", messageId: own.headerId });
    expect([now.receiver.gln, now.receiver.sor]).toEqual([otherTown.gln, otherTown.sor]);
    if (before.kind !== "CareCommunication" || now.kind !== "CareCommunication") throw new Error(now.kind);
    expect([now.payloads, now.sender, now.history]).toEqual([before.payloads, before.sender, before.history]);
    expect(await answered(otherTown, { about: own.headerId, code: "ok" })).toBe(201);
    const changes = (await hub.recordsOf(caseId)).flatMap(({ deliveries }) => deliveries);
    const as = letter.history.at(-1)?.as;
    expect(changes.filter(({ deliveryId }) => deliveryId === as).map(({ change }) => change)).toEqual([
      "owed",
      "fetched",
      "acknowledged",
    ]);
    // What the first said of it stands.
    const shown = (await sender.get(`/v1/dead-letters/${id}`)).json() as DeadLetter;
    expect([shown.state, shown.kind]).toEqual(["sent-again", "failed"]);
  });

  test("a message that a rule refused is corrected under a new id; the refused one stays refused", async () => {
    const own = ids();
    const wrong = careCommunication({ ...own, from: clinic, to: { ...town, gln: "5790002999992" } });
    const refused = await hub.sendMessage(clinic.gln, wrong, "json");
    expect(refused.status).toBe(422);
    const id = refused.header("sektorbro-intake") ?? "";
    const right = printFhir(careCommunication({ ...ids(), from: clinic, to: town }), "json");
    const path = `/v1/dead-letters/${id}/send-again`;
    const same = printFhir(careCommunication({ ...own, from: clinic, to: town }), "json");
    const headers = { "content-type": "application/fhir+json" };
    const underSame = await hub.operator.sendTo(path, same, headers);
    expect([underSame.status, underSame.json()]).toMatchObject([409, { code: "content-differs" }]);
    const corrected = await hub.operator.sendTo(path, right, headers);
    expect([corrected.status, corrected.json()]).toMatchObject([200, { state: "sent-again" }]);
    const again = await hub.sendMessage(clinic.gln, wrong, "json");
    expect([again.status, fhirIn(again.bytes)]).toMatchObject([422, { code: "fatal-error" }]);
  });
});

test("a letter goes to a receiver that speaks FHIR, when that is the right one", async () => {
  const sender = await hub.as(practice.gln);
  const caseId = caseOf(await sender.send(xdis91({ text: "Hvem kan svare?" })));
  const [item] = await hub.inboxOf(department.gln, caseId);
  const id = item?.deliveryId ?? "";
  const receiver = await hub.as(department.gln);
  await receiver.get(`/v1/inbox/${id}`);
  await receiver.post(`/v1/inbox/${id}/receipt`, { outcome: "negative", code: "ukendt_lokationsnummer" });
  const answer = await sender.post(`/v1/dead-letters/${id}/send-again`, { to: { gln: town.gln } });
  expect([answer.status, answer.text]).toEqual([200, expect.stringContaining("sent-again")]);
  const document = await hub.fetched(town.gln, caseId, "CareCommunication");
  const message = fhirIn(document.bytes);
  expect([message.receiver.gln, message.sender.gln]).toEqual([town.gln, practice.gln]);
  expect(document.text).toContain("Hvem kan svare?");
});

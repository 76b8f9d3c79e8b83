import { afterAll, beforeAll, expect, test } from "vitest";
import { careCommunication, hospitalNotification } from "../../../support/fhir-bundles.ts";
import { caseOf, clinic, type FhirHub, ids, startFhirHub, town } from "../../../support/fhir-hub.ts";

import { headings, sectionsOf } from "../../../support/rendered-page.ts";

const browser = { accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8" };

let hub: FhirHub;
beforeAll(async () => {
  hub = await startFhirHub();
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

const sent = { from: clinic, to: town };

test("the receiver reads a message as a page, in its language", async () => {
  const texts = [{ text: "Borgeren er klar til at komme hjem." }];
  const answer = await hub.sendMessage(clinic.gln, careCommunication({ ...sent, ...ids(), texts }));
  const [item] = await hub.inboxOf(town.gln, caseOf(answer));
  const receiver = await hub.as(town.gln);
  const page = await receiver.get(`/v1/inbox/${item?.deliveryId ?? ""}`, browser);
  expect([page.status, page.header("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  expect(sectionsOf(page.text).get("Beskeder")).toContain("Borgeren er klar til at komme hjem.");
  const english = { ...browser, "accept-language": "en" };
  const again = await receiver.get(`/v1/inbox/${item?.deliveryId ?? ""}`, english);
  expect(headings(again.text)[0]).toBe("Care Communication");
});

test("a message too large for a message of the bus has a page too, made in a thread", async () => {
  const attachments = [{ title: "Sårfoto", bytes: new Uint8Array(1_500_000), contentType: "image/png" }];
  const answer = await hub.sendMessage(
    clinic.gln,
    careCommunication({ ...sent, ...ids(), attachments }),
    "json",
  );
  const [item] = await hub.inboxOf(town.gln, caseOf(answer));
  const page = await (await hub.as(town.gln)).get(`/v1/inbox/${item?.deliveryId ?? ""}`, browser);
  expect(page.status).toBe(200);
  expect(sectionsOf(page.text).get("Bilag")).toContain("1,4 MB");
  expect(page.bytes.length).toBeLessThan(30_000);
}, 60_000);

test("an operator reads why a message was refused, and what it says", async () => {
  const wrong = hospitalNotification({ ...sent, ...ids(), status: "planned" });
  for (const format of ["xml", "json"] as const) {
    const answer = await hub.sendMessage(clinic.gln, wrong, format);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    const intake = answer.header("sektorbro-intake") ?? "";
    const page = await hub.operator.get(`/v1/intake/${intake}`, browser);
    expect(page.header("content-type")).toBe("text/html; charset=utf-8");
    expect(page.text).toContain("Denne meddelelse kan ikke modtages");
    expect(sectionsOf(page.text).get("Fejl")).toContain("resource.status");
  }
});

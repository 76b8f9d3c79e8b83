import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CommandReply } from "../../../../contracts/envelope.ts";
import type { CaseView } from "../../../../contracts/messages/worklist.ts";
import { readCareCommunication } from "../../../../gateways/fhir/codec/care-communication.ts";
import { printFhir } from "../../../../gateways/fhir/codec/model/print-fhir.ts";
import { checkMessage } from "../../../../gateways/fhir/codec/rules/check-message.ts";
import { eventually } from "../../../support/eventually.ts";
import { acknowledgement } from "../../../support/fhir-bundles.ts";
import {
  bundleIn,
  clinic,
  type FhirHub,
  fhirDirectory,
  ids,
  startFhirHub,
  town,
} from "../../../support/fhir-hub.ts";
import { freshCpr } from "../../../support/golden-samples.ts";
import { who } from "../../../support/region-view.ts";

/** A municipality whose system takes HospitalNotification and nothing else. */
const noticesOnly = { gln: "5790002001536", sor: "999131000016005", name: "Advisby Kommune" };

describe("facts without a FHIR message of their own, over a running hub", () => {
  let hub: FhirHub;
  beforeAll(async () => {
    hub = await startFhirHub();
    const [, municipality] = fhirDirectory.organisations;
    const { gln, sor, name } = noticesOnly;
    const channels = [
      { standard: "fhir", transport: "inbox", accepts: ["HospitalNotification"], sendsReceipts: true },
    ];
    const imported = await hub.operator.post("/v1/directory/import", {
      ...fhirDirectory,
      organisations: [
        { ...municipality, gln, name, identifiers: { sor, municipalityCode: "0147" }, channels },
      ],
    });
    expect(imported.status, imported.text).toBe(200);
  });
  afterAll(async () => {
    await hub[Symbol.asyncDispose]();
  });

  const accepted = (reply: CommandReply) => {
    if (reply.status !== "accepted") throw new Error(JSON.stringify(reply));
    return reply;
  };
  const admitted = async (stayId: string, municipality: string, practice: string | undefined) =>
    accepted(
      await hub.command("discharge.notify", clinic.gln, {
        messageId: `${stayId}-IND`,
        stayId,
        event: "admitted",
        department: clinic.gln,
        occurredAt: new Date(Date.now() - 3_600_000).toISOString(),
        patient: { cpr: freshCpr(), surname: "Prøvesen", givenName: "Åse" },
        municipality,
        ...(practice === undefined ? {} : { practice }),
      }),
    );
  const date = "2026-12-01";

  test("a planned discharge reaches a municipality that speaks FHIR alone as CareCommunication, marked as the hub's words, and is answered", async () => {
    const { caseId } = await admitted("ORD-1", town.gln, who.practice);
    accepted(await hub.command("discharge.plan", clinic.gln, { caseId, date }));
    const words = await eventually(async () => {
      const items = await hub.inboxOf(town.gln, caseId);
      const client = await hub.as(town.gln);
      for (const { deliveryId, documentType } of items) {
        if (documentType !== "CareCommunication") continue;
        const answer = await client.get(`/v1/inbox/${deliveryId}`);
        const { message } = readCareCommunication(bundleIn(answer.bytes));
        if (message.topic === "Planlagt udskrivelse" || message.category.code === "discharge")
          return { answer, message, deliveryId };
      }
      return undefined;
    }, "the words");
    const { answer, message, deliveryId } = words;
    expect(answer.header("content-type")).toBe("application/fhir+json");
    const { problems } = checkMessage(bundleIn(answer.bytes));
    expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
    const [said] = message.payloads;
    expect(said?.kind === "text" ? said.text : "").toContain("Skrevet af Sektorbro");
    expect([message.sender.gln, message.receiver.gln]).toEqual([clinic.gln, town.gln]);
    const original = { headerId: message.messageId, activity: "new-message" };
    const receipt = acknowledgement({ ...ids(), from: town, to: clinic, original });
    const taken = await (await hub.as(town.gln)).send(printFhir(receipt, "json"), {
      "content-type": "application/fhir+json",
    });
    expect(taken.status, taken.text).toBe(201);
    const changes = (await hub.recordsOf(caseId)).flatMap(({ deliveries }) => deliveries);
    expect(changes).toContainEqual(expect.objectContaining({ change: "acknowledged", deliveryId }));
  });

  test("a municipality that takes only notifications does not hold up what others are told: the loss stands on the case", async () => {
    const { caseId } = await admitted("ORD-2", noticesOnly.gln, who.practice);
    const planned = accepted(await hub.command("discharge.plan", clinic.gln, { caseId, date }));
    expect(planned.warnings).toMatchObject([{ code: "not-told", severity: "warning" }]);
    expect(planned.warnings?.[0]?.message).toContain("Advisby Kommune");
    await hub.inboxOf(who.practice, caseId, 2);
    const view = (await (await hub.as(clinic.gln)).get(`/v1/cases/${caseId}`)).json() as CaseView;
    const told = view.records.find(({ facts }) => facts.some(({ type }) => type === "DischargePlanned"));
    expect(told?.meta.problems).toMatchObject([{ code: "not-told" }]);
    expect(
      view.deliveries.filter(({ to }) => to === noticesOnly.gln).map(({ documentType }) => documentType),
    ).toEqual(["HospitalNotification"]);
  });

  test("and a command that is for it alone is refused, with what it lacks", async () => {
    const { caseId } = await admitted("ORD-3", noticesOnly.gln, undefined);
    const refused = await hub.command("discharge.plan", clinic.gln, { caseId, date });
    expect(refused).toMatchObject({ status: "refused", code: "receiver-cannot-receive" });
    const [problem] = refused.status === "refused" ? refused.problems : [];
    expect(problem?.message).toContain("FHIR CareCommunication, OIOXML XDIS91, JSON DischargePlanned");
  });
});

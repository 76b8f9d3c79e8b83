import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  printAcknowledgement,
  readAcknowledgement,
} from "../../../../gateways/fhir/codec/acknowledgement.ts";
import { readCareCommunication } from "../../../../gateways/fhir/codec/care-communication.ts";
import { readHospitalNotification } from "../../../../gateways/fhir/codec/hospital-notification.ts";
import { printFhir } from "../../../../gateways/fhir/codec/model/print-fhir.ts";
import { checkMessage } from "../../../../gateways/fhir/codec/rules/check-message.ts";
import { newId } from "../../../../infra/ids.ts";
import { eventually } from "../../../support/eventually.ts";
import {
  acknowledgement,
  careCommunication,
  fhirParties,
  hospitalNotification,
} from "../../../support/fhir-bundles.ts";
import {
  answerIn,
  bundleIn,
  caseOf,
  clinic,
  type FhirHub,
  ids,
  startFhirHub,
  town,
} from "../../../support/fhir-hub.ts";
import type { Answer } from "../../../support/hub-client.ts";
import { aLetter, envelope } from "../../../support/oioxml-builders.ts";
import { printLetter } from "../../../support/printing.ts";

describe("a hub that speaks FHIR and OIOXML", () => {
  let hub: FhirHub;
  beforeAll(async () => {
    hub = await startFhirHub();
  });
  afterAll(async () => {
    await hub[Symbol.asyncDispose]();
  });

  test("a practice that speaks OIOXML gets a hospital's CareCommunication as XDIS91, and its answer goes back as FHIR", async () => {
    const own = ids();
    const sent = await hub.sendMessage(
      clinic.gln,
      careCommunication({ ...own, from: clinic, to: fhirParties.practice }),
    );
    expect(answerIn(sent).code).toBe("ok");
    const letter = await hub.fetched(fhirParties.practice.gln, caseOf(sent), "XDIS91");
    expect(letter.text).toContain("<TypeCode>XDIS91</TypeCode>");
  });

  test("a practice's XDIS91 reaches a department that speaks FHIR as CareCommunication", async () => {
    const practice = await hub.as(fhirParties.practice.gln);
    const receiver = { gln: clinic.gln, identifier: { code: "sorkode" as const, value: clinic.sor } };
    const letter = aLetter({ letterId: "OIOTILFHIR0001", receiver });
    const sent = await practice.send(printLetter(letter, envelope).bytes);
    expect(sent.status, sent.text).toBe(201);
    const message = await hub.fetched(clinic.gln, caseOf(sent), "CareCommunication");
    expect(message.header("content-type")).toBe("application/fhir+xml");
    const { problems } = checkMessage(bundleIn(message.bytes));
    expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
    const read = readCareCommunication(bundleIn(message.bytes)).message;
    expect(read).toMatchObject({ sender: { gln: fhirParties.practice.gln }, category: { code: "other" } });
  });

  test("an admission and its end reach a municipality as HospitalNotification, each with the history before it", async () => {
    const stay = {
      start: "2026-11-20T09:00:00+01:00",
      from: clinic,
      to: town,
      episodes: [{ system: "https://sor2.sum.dsdn.dk/#id=999081000016005", value: newId() }],
    };
    const admitted = { ...ids(), ...stay };
    const first = await hub.sendMessage(clinic.gln, hospitalNotification(admitted));
    expect(answerIn(first)).toMatchObject({ code: "ok" });
    const history = [{ headerId: admitted.headerId, activity: "admit-inpatient" }];
    const left = {
      ...ids(),
      ...stay,
      activity: "discharge-inpatient-home",
      status: "finished",
      end: "2026-11-20T12:00:00+01:00",
      history,
    };
    const second = await hub.sendMessage(clinic.gln, hospitalNotification(left));
    expect(answerIn(second), JSON.stringify(answerIn(second).issues)).toMatchObject({ code: "ok" });
    expect(caseOf(second)).toBe(caseOf(first));
    const received = await eventually(async () => {
      const items = await hub.inboxOf(town.gln, caseOf(first), 2);
      const client = await hub.as(town.gln);
      const all = await Promise.all(items.map(({ deliveryId }) => client.get(`/v1/inbox/${deliveryId}`)));
      return all.length === 2
        ? all.map(({ bytes }) => readHospitalNotification(bundleIn(bytes)).message)
        : undefined;
    }, "both notifications");
    expect(received.map(({ stay: { status } }) => status).toSorted()).toEqual(["finished", "in-progress"]);
  });

  test("the operation of FHIR answers with the Acknowledgement alone, and says why where nobody can be answered", async () => {
    const client = await hub.as(clinic.gln);
    const address = "/fhir/$process-message";
    const post = (body: Uint8Array, type: string): Promise<Answer> =>
      client.sendTo(address, body, { "content-type": type });
    const own = ids();
    const taken = await post(
      printFhir(careCommunication({ ...own, from: clinic, to: town }), "json"),
      "application/fhir+json",
    );
    expect([taken.status, answerIn(taken).about]).toEqual([200, own.headerId]);
    const broken = await post(Buffer.from("{not json"), "application/fhir+json");
    expect([broken.status, broken.json()]).toMatchObject([422, { resourceType: "OperationOutcome" }]);
    const answer = acknowledgement({
      ...ids(),
      from: town,
      to: clinic,
      original: { headerId: own.headerId, activity: "new-message" },
    });
    const silent = await (await hub.as(town.gln)).sendTo(address, printFhir(answer, "json"), {
      "content-type": "application/fhir+json",
    });
    expect([silent.status, silent.text]).toEqual([204, ""]);
    const metadata = await client.get("/fhir/metadata");
    expect(metadata.json()).toMatchObject({ resourceType: "CapabilityStatement", fhirVersion: "4.0.1" });
  });

  test("what nobody can read is kept, refused with every problem, and shown to an operator", async () => {
    const bundle = careCommunication({ ...ids(), from: clinic, to: town });
    const broken = Buffer.from(printFhir(bundle, "xml"))
      .toString("utf8")
      .replace('<status value="unknown"/>', '<status value="sometimes"/>');
    const sent = await (await hub.as(clinic.gln)).send(Buffer.from(broken), {
      "content-type": "application/fhir+xml",
    });
    expect(sent.status).toBe(422);
    expect(answerIn(sent)).toMatchObject({ code: "fatal-error" });
    const refused = await hub.operator.get("/v1/intake/refused");
    expect(refused.text).toContain(sent.header("sektorbro-intake"));
  });

  test("an answer about a message that nobody sent changes nothing", async () => {
    const original = { headerId: newId(), activity: "new-message" };
    const sent = await hub.sendMessage(
      town.gln,
      acknowledgement({ ...ids(), from: town, to: clinic, original }),
      "json",
    );
    expect([sent.status, (sent.json() as { code: string }).code]).toEqual([422, "delivery-unknown"]);
  });

  test("an answer printed from what was typed is the answer that is read", () => {
    const typed = readAcknowledgement(acknowledgement({ code: "fatal-error" })).message;
    const bytes = printFhir(printAcknowledgement(typed, { idFor: () => newId() }), "json");
    expect(readAcknowledgement(bundleIn(bytes)).message).toEqual(typed);
  });
});

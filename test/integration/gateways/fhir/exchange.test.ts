import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Organisation } from "../../../../contracts/messages/directory.ts";
import {
  printAcknowledgement,
  readAcknowledgement,
} from "../../../../gateways/fhir/codec/acknowledgement.ts";
import { readCareCommunication } from "../../../../gateways/fhir/codec/care-communication.ts";
import { readHospitalNotification } from "../../../../gateways/fhir/codec/hospital-notification.ts";
import { printFhir } from "../../../../gateways/fhir/codec/model/print-fhir.ts";
import { type FhirFormat, readFhir } from "../../../../gateways/fhir/codec/model/read-fhir.ts";
import type { FhirResource } from "../../../../gateways/fhir/codec/model/resource.ts";
import { checkMessage } from "../../../../gateways/fhir/codec/rules/check-message.ts";
import { startFhir } from "../../../../gateways/fhir/main.ts";
import { newId } from "../../../../infra/ids.ts";
import { startDischarge } from "../../../../services/discharge/main.ts";
import { eventually } from "../../../support/eventually.ts";
import {
  acknowledgement,
  careCommunication,
  fhirParties,
  hospitalNotification,
} from "../../../support/fhir-bundles.ts";
import { type Answer, type GatewayHub, startGatewayHub } from "../../../support/hub-client.ts";
import { aLetter, envelope } from "../../../support/oioxml-builders.ts";
import { printLetter } from "../../../support/printing.ts";

/** A department whose system speaks FHIR in XML, and a municipality whose system speaks it in JSON. */
const clinic = { gln: "5790002001512", sor: "999081000016005", name: "Prøveklinikken" };
const town = { gln: "5790002001529", sor: "999141000016003", name: "Prøveby Kommune" };
const organisation = (
  { gln, sor, name }: { gln: string; sor: string; name: string },
  kind: Organisation["kind"],
  format: FhirFormat,
): Organisation => ({
  gln,
  name,
  kind,
  identifiers: { sor, ...(kind === "municipality" ? { municipalityCode: "0101" } : {}) },
  specialities: [],
  offers: [],
  directNumbers: [],
  substitutes: [],
  channels: [{ standard: "fhir", transport: "inbox", format, accepts: ["*"], sendsReceipts: true }],
  openingHours: [],
  closingDays: [],
  authority: [],
  operator: [],
  validFrom: "2026-01-01",
});

const bundleIn = (bytes: Uint8Array): FhirResource => {
  const document = readFhir(bytes);
  if (!document.ok) throw new Error(document.problems.map(({ code, path }) => `${path} ${code}`).join());
  return document.resource;
};
const answerIn = ({ bytes }: Answer) => readAcknowledgement(bundleIn(bytes)).message;
/** A thread of its own with each message, or the messages of all tests would be one conversation. */
const ids = (): { bundleId: string; headerId: string; thread: string } => ({
  bundleId: newId(),
  headerId: newId(),
  thread: `urn:uuid:${newId()}`,
});

describe("a hub that speaks FHIR", () => {
  let hub: GatewayHub;
  beforeAll(async () => {
    hub = await startGatewayHub(undefined, undefined, [startDischarge, startFhir]);
    const imported = await hub.operator.post("/v1/directory/import", {
      format: "sektorbro-directory",
      version: 1,
      organisations: [organisation(clinic, "department", "xml"), organisation(town, "municipality", "json")],
    });
    expect(imported.status, imported.text).toBe(200);
  });
  afterAll(async () => {
    await hub[Symbol.asyncDispose]();
  });

  const send = async (from: string, bundle: FhirResource, format: FhirFormat = "xml"): Promise<Answer> =>
    (await hub.as(from)).send(printFhir(bundle, format), { "content-type": `application/fhir+${format}` });
  const fetched = async (
    gln: string,
    caseId: string,
    type: string,
  ): Promise<Answer & { deliveryId: string }> =>
    eventually(async () => {
      const items = await hub.inboxOf(gln, caseId);
      const item = items.find(({ documentType }) => documentType === type);
      if (item === undefined) return undefined;
      const answer = await (await hub.as(gln)).get(`/v1/inbox/${item.deliveryId}`);
      return { ...answer, deliveryId: item.deliveryId };
    }, `${type} in the inbox of ${gln}`);
  const caseOf = (answer: Answer): string => answer.header("sektorbro-case") ?? "";

  test("answers a message in its own format, and a copy in a new bundle with the same answer", async () => {
    const own = ids();
    const bundle = careCommunication({ ...own, from: clinic, to: town });
    const first = await send(clinic.gln, bundle, "json");
    expect([first.status, first.header("content-type")]).toEqual([201, "application/fhir+json"]);
    expect(answerIn(first)).toMatchObject({ about: own.headerId, code: "ok", issues: [] });
    const same = await send(clinic.gln, bundle);
    const resent = await send(
      clinic.gln,
      careCommunication({ ...own, bundleId: newId(), from: clinic, to: town }),
    );
    for (const again of [same, resent]) {
      expect(again.status).toBe(200);
      expect(answerIn(again)).toMatchObject({
        about: own.headerId,
        code: "ok",
        messageId: answerIn(first).messageId,
      });
      expect(answerIn(again).bundleId).not.toBe(answerIn(first).bundleId);
    }
    expect(await hub.inboxOf(town.gln, caseOf(first))).toHaveLength(1);
  });

  test("what it answers is in order by MedCom's rules, and so is what it passes on", async () => {
    const sent = await send(clinic.gln, careCommunication({ ...ids(), from: clinic, to: town }));
    const passed = await fetched(town.gln, caseOf(sent), "CareCommunication");
    expect(passed.header("content-type")).toBe("application/fhir+json");
    for (const { bytes } of [sent, passed]) expect(checkMessage(bundleIn(bytes)).problems).toEqual([]);
  });

  test("the receiver's own answer settles the delivery, and is answered by nobody", async () => {
    const own = ids();
    const sent = await send(clinic.gln, careCommunication({ ...own, from: clinic, to: town }));
    await fetched(town.gln, caseOf(sent), "CareCommunication");
    const original = { headerId: own.headerId, activity: "new-message" };
    const answer = acknowledgement({ ...ids(), from: town, to: clinic, original });
    const taken = await send(town.gln, answer, "json");
    expect([taken.status, taken.text]).toEqual([201, ""]);
    expect((await send(town.gln, answer, "json")).status).toBe(200);
    const settled = (await hub.recordsOf(caseOf(sent))).flatMap(({ deliveries }) => deliveries);
    expect(settled.filter(({ change }) => change === "acknowledged")).toHaveLength(1);
  });

  test("a fault at the receiver is told and sent again; what the receiver says next stands", async () => {
    const own = ids();
    const sent = await send(clinic.gln, careCommunication({ ...own, from: clinic, to: town }));
    await fetched(town.gln, caseOf(sent), "CareCommunication");
    const original = { headerId: own.headerId, activity: "new-message" };
    for (const code of ["transient-error", "fatal-error", "ok"] as const)
      await send(town.gln, acknowledgement({ ...ids(), from: town, to: clinic, original, code }), "json");
    const changes = (await hub.recordsOf(caseOf(sent))).flatMap(({ deliveries }) => deliveries);
    expect(changes.map(({ change }) => change)).toEqual(["owed", "fetched", "failedForNow", "failed"]);
  });

  test("a Bundle.id that was another message's is refused by that name", async () => {
    const bundleId = newId();
    await send(clinic.gln, careCommunication({ headerId: newId(), bundleId, from: clinic, to: town }));
    const other = await send(
      clinic.gln,
      careCommunication({ headerId: newId(), bundleId, from: clinic, to: town }),
    );
    expect(other.status).toBe(422);
    expect(answerIn(other).issues[0]?.details?.code).toBe("MSG_DUPLICATE_ID");
  });

  test("other content under a used id is not taken, and the first answer stands", async () => {
    const own = ids();
    const first = await send(clinic.gln, careCommunication({ ...own, from: clinic, to: town }));
    const changed = careCommunication({
      ...own,
      bundleId: newId(),
      from: clinic,
      to: town,
      family: "Prøve-Anden",
    });
    const second = await send(clinic.gln, changed);
    expect([answerIn(first).code, answerIn(second).code]).toEqual(["ok", "ok"]);
    expect(await hub.inboxOf(town.gln, caseOf(first))).toHaveLength(1);
  });

  test("the same id from two senders is two messages", async () => {
    const own = ids();
    const one = await send(clinic.gln, careCommunication({ ...own, from: clinic, to: town }));
    const two = await send(
      fhirParties.department.gln,
      careCommunication({ ...own, from: fhirParties.department, to: town }),
    );
    expect([answerIn(one).code, answerIn(two).code]).toEqual(["ok", "ok"]);
    expect(caseOf(one)).not.toBe(caseOf(two));
  });

  test("whoever speaks for another is told no more than that", async () => {
    const sent = await send(town.gln, careCommunication({ ...ids(), from: clinic, to: town }));
    expect([sent.status, sent.json()]).toMatchObject([403, { code: "sender-not-authorised" }]);
  });

  test("a practice that speaks OIOXML gets a hospital's CareCommunication as XDIS91, and its answer goes back as FHIR", async () => {
    const own = ids();
    const sent = await send(
      clinic.gln,
      careCommunication({ ...own, from: clinic, to: fhirParties.practice }),
    );
    expect(answerIn(sent).code).toBe("ok");
    const letter = await fetched(fhirParties.practice.gln, caseOf(sent), "XDIS91");
    expect(letter.text).toContain("<TypeCode>XDIS91</TypeCode>");
  });

  test("a practice's XDIS91 reaches a department that speaks FHIR as CareCommunication", async () => {
    const practice = await hub.as(fhirParties.practice.gln);
    const receiver = { gln: clinic.gln, identifier: { code: "sorkode" as const, value: clinic.sor } };
    const letter = aLetter({ letterId: "OIOTILFHIR0001", receiver });
    const sent = await practice.send(printLetter(letter, envelope).bytes);
    expect(sent.status, sent.text).toBe(201);
    const message = await fetched(clinic.gln, caseOf(sent), "CareCommunication");
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
    const first = await send(clinic.gln, hospitalNotification(admitted));
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
    const second = await send(clinic.gln, hospitalNotification(left));
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
    const sent = await send(
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

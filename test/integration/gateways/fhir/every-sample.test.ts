import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FhirCorrespondent } from "../../../../contracts/fhir/parts.ts";
import type { Organisation } from "../../../../contracts/messages/directory.ts";
import { readAcknowledgement } from "../../../../gateways/fhir/codec/acknowledgement.ts";
import { readCareCommunication } from "../../../../gateways/fhir/codec/care-communication.ts";
import { readHomeCareObservation } from "../../../../gateways/fhir/codec/home-care-observation.ts";
import { readHospitalNotification } from "../../../../gateways/fhir/codec/hospital-notification.ts";
import { readFhir } from "../../../../gateways/fhir/codec/model/read-fhir.ts";
import type { FhirResource } from "../../../../gateways/fhir/codec/model/resource.ts";
import { checkMessage } from "../../../../gateways/fhir/codec/rules/check-message.ts";
import { startFhir } from "../../../../gateways/fhir/main.ts";
import { startDischarge } from "../../../../services/discharge/main.ts";
import { startObservation } from "../../../../services/observation/main.ts";
import { eventually } from "../../../support/eventually.ts";
import { type GatewayHub, startGatewayHub } from "../../../support/hub-client.ts";

const root = "../shared/fhir/samples";
const folders = ["hospitalnotification", "carecommunication-v5", "homecareobservation", "acknowledgement"];
const filesIn = (folder: string, format: string): string[] => {
  try {
    return readdirSync(`${root}/${folder}/${format}`).map((name) => `${folder}/${format}/${name}`);
  } catch {
    return [];
  }
};
const files = folders.flatMap((folder) => ["xml", "json"].flatMap((format) => filesIn(folder, format)));
if (files.length === 0)
  process.stderr.write("MedCom's FHIR samples are not here: every-sample.test.ts skips.\n");

const bundleIn = (bytes: Uint8Array): FhirResource => {
  const document = readFhir(bytes);
  if (!document.ok) throw new Error(document.problems.map(({ code }) => code).join());
  return document.resource;
};
const readers = {
  HospitalNotification: readHospitalNotification,
  CareCommunication: readCareCommunication,
  HomeCareObservation: readHomeCareObservation,
  Acknowledgement: readAcknowledgement,
} as const;
const readMessage = (bundle: FhirResource) => {
  const { kind } = checkMessage(bundle);
  if (kind === undefined) throw new Error("no message");
  return readers[kind](bundle);
};

/** Also of a message that is not in order, as far as it goes. */
const reading = (bundle: FhirResource) => {
  const { kind } = checkMessage(bundle);
  return kind === undefined ? readHospitalNotification(bundle) : readers[kind](bundle);
};

type Kind = Organisation["kind"];
/** Who sends such a message, and who receives it. */
const kinds: Readonly<Record<string, readonly [Kind, Kind]>> = {
  HospitalNotification: ["department", "municipality"],
  CareCommunication: ["department", "municipality"],
  HomeCareObservation: ["acuteTeam", "practice"],
  Acknowledgement: ["municipality", "department"],
};
const organisationOf = (party: FhirCorrespondent, kind: Kind, format: "xml" | "json"): Organisation => ({
  gln: party.gln,
  name: party.name ?? "Prøveenheden",
  kind,
  identifiers: {
    sor: party.sor,
    ...(party.ydernummer === undefined ? {} : { ydernummer: party.ydernummer }),
    ...(kind === "municipality" || kind === "acuteTeam" ? { municipalityCode: "0740" } : {}),
  },
  specialities: [],
  offers: [],
  directNumbers: [],
  substitutes: [],
  channels: [
    { standard: "fhir", transport: "inbox", format, accepts: ["*"], sendsReceipts: true },
    { standard: "json", transport: "inbox", accepts: ["*"], sendsReceipts: true },
  ],
  openingHours: [],
  closingDays: [],
  authority: [],
  operator: [],
  validFrom: "2000-01-01",
});

const fatal = (file: string): boolean => file.includes("HN_TEK_FCC");
/** The samples share ids between formats and files, and an id is used once: each file gets ids of its own. */
const ownIds = (file: string, bytes: Buffer): Buffer => {
  const mark = files.indexOf(file).toString(16).padStart(4, "0");
  const text = bytes.toString("utf8");
  const header =
    /<MessageHeader>\s*<id value="([^"]+)"/.exec(text) ??
    /"resourceType"\s*:\s*"MessageHeader",\s*"id"\s*:\s*"([^"]+)"/.exec(text);
  const own =
    /<Bundle[^>]*>\s*<id value="([^"]+)"/.exec(text) ??
    /"resourceType"\s*:\s*"Bundle",\s*"id"\s*:\s*"([^"]+)"/.exec(text);
  const [headerId = "", ownId = ""] = [header?.[1], own?.[1]];
  if (headerId === "" || ownId === "") throw new Error(`${file} has no ids`);
  return Buffer.from(
    text
      .replaceAll(headerId, `a${mark}-${headerId.slice(6)}`)
      .replaceAll(ownId, `b${mark}-${ownId.slice(6)}`),
  );
};

describe.runIf(files.length > 0).each(["xml", "json"] as const)("every published message in %s", (format) => {
  let hub: GatewayHub;
  beforeAll(async () => {
    hub = await startGatewayHub(undefined, undefined, [startDischarge, startObservation, startFhir]);
  });
  afterAll(async () => {
    await hub[Symbol.asyncDispose]();
  });

  const answerIn = (bytes: Uint8Array) => readAcknowledgement(bundleIn(bytes)).message;

  test.each(files.filter((file) => file.includes(`/${format}/`) && !file.startsWith("acknowledgement")))(
    "%s is answered as it must be, and goes out as it came in",
    async (file) => {
      const bytes = ownIds(file, readFileSync(`${root}/${file}`));
      const document = readFhir(bytes);
      const bundle = document.ok ? document.resource : document.partial;
      if (bundle === undefined) throw new Error("unreadable");
      const { message } = reading(bundle);
      const [from, to] = kinds[message.kind] ?? ["department", "municipality"];
      const imported = await hub.operator.post("/v1/directory/import", {
        format: "sektorbro-directory",
        version: 1,
        organisations: [organisationOf(message.sender, from, format)].concat(
          message.receiver.gln === message.sender.gln ? [] : [organisationOf(message.receiver, to, format)],
        ),
      });
      expect(imported.status, imported.text).toBe(200);
      const sender = await hub.as(message.sender.gln);
      const sent = await sender.send(bytes, { "content-type": `application/fhir+${format}` });
      const answer = answerIn(sent.bytes);
      expect(answer.about).toBe(message.messageId);
      if (fatal(file)) {
        expect([sent.status, answer.code]).toEqual([422, "fatal-error"]);
        expect(answer.issues.length).toBeGreaterThan(1);
        return;
      }
      expect([answer.code, sent.status], answer.issues.map(({ text }) => text).join()).toEqual([
        "ok",
        expect.any(Number),
      ]);
      const caseId = sent.header("sektorbro-case") ?? "";
      const receiver = await hub.as(message.receiver.gln);
      const fetched = await eventually(async () => {
        const items = await hub.inboxOf(message.receiver.gln, caseId);
        for (const { deliveryId, documentType } of items) {
          if (documentType !== message.kind) continue;
          const one = await receiver.get(`/v1/inbox/${deliveryId}`);
          if (one.status === 200 && readMessage(bundleIn(one.bytes)).message.messageId === message.messageId)
            return one;
        }
        return undefined;
      }, `${message.kind} in the inbox`);
      expect(fetched.header("content-type")).toContain(`application/fhir+${format}`);
      expect(readMessage(bundleIn(fetched.bytes)).message).toEqual(message);
      const again = answerIn(
        (await sender.send(bytes, { "content-type": `application/fhir+${format}` })).bytes,
      );
      expect([again.messageId, again.code, again.issues]).toEqual([
        answer.messageId,
        answer.code,
        answer.issues,
      ]);
      expect(again.bundleId).not.toBe(answer.bundleId);
    },
  );
});

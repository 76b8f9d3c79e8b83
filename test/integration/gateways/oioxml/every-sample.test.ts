import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ClinicalLetter } from "../../../../contracts/letters/any-letter.ts";
import type { Organisation } from "../../../../contracts/messages/directory.ts";
import { parseDocument } from "../../../../gateways/oioxml/codec/parse-document.ts";
import { startBooking } from "../../../../services/booking/main.ts";
import { startDischarge } from "../../../../services/discharge/main.ts";
import { startReferral } from "../../../../services/referral/main.ts";
import { eventually } from "../../../support/eventually.ts";
import { type GatewayHub, startGatewayHub } from "../../../support/hub-client.ts";
import { samplesPresent } from "../../../support/oioxml-samples.ts";
import { documentLines } from "../../../support/oioxml-trees.ts";

const root = "../shared/oioxml/samples";
const files = samplesPresent
  ? ["golden", "schema-generated"].flatMap((dir) =>
      readdirSync(`${root}/${dir}`)
        .filter((name) => name.endsWith(".xml"))
        .map((name) => `${dir}/${name}`),
    )
  : [];

/** The samples share their numbers, and a number is used once: each letter gets one of its own. */
const bytesOf = (file: string): Uint8Array => {
  const bytes = readFileSync(`${root}/${file}`);
  if (file.includes("vansenvelope")) return bytes;
  const own = `BREV${String(files.indexOf(file)).padStart(6, "0")}`;
  const text = bytes.toString("latin1");
  return Buffer.from(text.replace(/(<Letter>\s*<Identifier>)[^<]*/, `$1${own}`), "latin1");
};
const lettersOf = (file: string): ClinicalLetter[] => {
  const parsed = parseDocument(bytesOf(file));
  if (parsed.kind !== "emessage") return [];
  return parsed.letters.flatMap((letter) => (letter.kind === "clinical" ? [letter.letter] : []));
};
const clinical = files.filter((file) => lettersOf(file).length > 0);
if (!samplesPresent) process.stderr.write("MedCom's samples are not here: every-sample.test.ts skips.\n");

type Kind = Organisation["kind"];
/** Who sends such a letter, and who receives it. */
const kinds: Readonly<Record<ClinicalLetter["type"], readonly [Kind, Kind]>> = {
  XREF01: ["practice", "department"],
  XREF02: ["practice", "department"],
  XREF15: ["practice", "municipality"],
  XREF22: ["practice", "acuteTeam"],
  XDIS01: ["department", "practice"],
  XDIS02: ["department", "practice"],
  XDIS03: ["department", "practice"],
  XDIS13: ["department", "practice"],
  XDIS14: ["municipality", "department"],
  XDIS15: ["municipality", "practice"],
  XDIS17: ["department", "municipality"],
  XDIS20: ["department", "municipality"],
  XDIS22: ["acuteTeam", "practice"],
};

const organisationOf = (letter: ClinicalLetter, role: "sender" | "receiver"): Organisation => {
  const party = letter[role];
  return {
    gln: party.gln,
    name: party.organisation ?? "Prøveenheden",
    kind: kinds[letter.type][role === "sender" ? 0 : 1],
    identifiers: {},
    specialities: [],
    offers: [],
    directNumbers: [],
    substitutes: [],
    channels: [{ standard: "oioxml", transport: "inbox", accepts: ["*"], sendsReceipts: true }],
    openingHours: [],
    closingDays: [],
    authority: [],
    operator: [],
    validFrom: "2000-01-01",
  };
};

const withoutEnvelope = (bytes: Uint8Array): string[] =>
  documentLines(bytes).filter((line) => !line.includes("}Envelope/"));

describe.runIf(samplesPresent)("every sample of a letter of the families", () => {
  let hub: GatewayHub;
  beforeAll(async () => {
    hub = await startGatewayHub(undefined, undefined, [startReferral, startDischarge, startBooking]);
  });
  afterAll(async () => {
    await hub[Symbol.asyncDispose]();
  });

  test.each(clinical)("%s is accepted, and its receiver gets it as it was written", async (file) => {
    const [letter] = lettersOf(file);
    if (letter === undefined) throw new Error("no letter");
    const organisations = [organisationOf(letter, "sender"), organisationOf(letter, "receiver")];
    const imported = await hub.operator.post("/v1/directory/import", {
      format: "sektorbro-directory",
      version: 1,
      organisations,
    });
    expect(imported.status, imported.text).toBe(200);
    const sender = await hub.as(letter.sender.gln);
    const sent = await sender.send(bytesOf(file), { accept: "application/json" });
    expect([201, 200], sent.text).toContain(sent.status);
    const { caseId } = sent.json() as { caseId: string };
    const receiver = await hub.as(letter.receiver.gln);
    const item = await eventually(async () => {
      const items = await hub.inboxOf(letter.receiver.gln, caseId);
      return items.find(({ documentType }) => documentType === letter.type);
    }, `${letter.type} in the inbox`);
    const fetched = await receiver.get(`/v1/inbox/${item.deliveryId}`);
    const payload = parseDocument(bytesOf(file));
    if (payload.kind === "emessage" && payload.vans === undefined)
      expect(withoutEnvelope(fetched.bytes)).toEqual(withoutEnvelope(bytesOf(file)));
  });
});

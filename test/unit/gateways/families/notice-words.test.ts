import { describe, expect, it } from "vitest";
import type { EscalationStep } from "../../../../contracts/agreement.ts";
import { agreements } from "../../../../contracts/codes/agreements.ts";
import { localTimeOf } from "../../../../contracts/danish-time.ts";
import { uuidOf } from "../../../../contracts/derived-ids.ts";
import { toPlainText } from "../../../../contracts/formatted-text.ts";
import { Letter } from "../../../../contracts/letter.ts";
import type { Organisation } from "../../../../contracts/messages/directory.ts";
import type { CaseRecord } from "../../../../contracts/record.ts";
import { tellInWords } from "../../../../gateways/families/in-words.ts";
import { printCareCommunication } from "../../../../gateways/fhir/codec/care-communication.ts";
import { checkMessage } from "../../../../gateways/fhir/codec/rules/check-message.ts";
import { wordsMessageOf } from "../../../../gateways/fhir/families/words-out.ts";
import { caseIdFor } from "../../../../infra/ids.ts";
import { accepted, createTestCases, question, type TestCases } from "../../../support/case-given.ts";
import { complaintsOf } from "../../../support/letter-cases.ts";
import { markers, markersIn } from "../../../support/markers.ts";
import { printLetter } from "../../../support/printing.ts";
import { changed, oioxmlTaking, regionWith, who } from "../../../support/region-view.ts";

const clockId = "ADVICE-MSG.1";
const citizen = { cpr: markers.cpr, surname: markers.surname, givenName: markers.given };
const ring = (cases: TestCases, caseId: string) => cases.ring(caseId, clockId);

/** A question full of what a notice may not tell, late after Thursday at 16, of which the practice is told. */
const late = async (channels: Organisation["channels"], step: Partial<EscalationStep>) => {
  const words = { da: "Ring og spørg efter svaret.", en: "Phone and ask for the answer." };
  const cases = createTestCases({
    directory: regionWith(changed(who.practice, { channels })),
    agreements: agreements.map((one) =>
      one.id === "ADVICE-MSG" ? { ...one, escalation: [{ to: "phone", ...words, ...step }] } : one,
    ),
  });
  const asked = { patient: citizen, subject: markers.subject, question: markers.text };
  const payload = question("M-1", asked);
  const { caseId } = accepted(await cases.send({ type: "advice.ask", by: who.practice, payload }));
  cases.at("2026-11-26 16:01");
  await ring(cases, caseId);
  await ring(cases, caseId);
  return { cases, caseId };
};

const owedIn = (record: CaseRecord | undefined) => {
  const owed = record?.deliveries.find((d) => d.change === "owed" && d.to === who.practice);
  if (record === undefined || owed?.change !== "owed") throw new Error("Nobody is told.");
  return { record, owed };
};
const letterOf = (records: CaseRecord[]): Letter => {
  const { record, owed } = owedIn(records.at(-1));
  const { documentType, deliveryId, parties, fact: at } = owed;
  const fact = record.facts[at];
  if (fact === undefined || parties === undefined) throw new Error("It is not told in words.");
  return tellInWords({ documentType, deliveryId, fact, record, records, parties, localTime: localTimeOf });
};
const textOf = ({ texts }: Letter): string => texts.map(toPlainText).join("\n");

describe("a notice to a system that takes letters alone", () => {
  const inLetters = oioxmlTaking("XDIS91");

  it("says what is late, since when, by which agreement, and whom to ring", async () => {
    const { cases, caseId } = await late(inLetters, { urgent: true });
    const letter = letterOf(cases.records(caseId));
    expect(letter.subject).toMatch(/^Svarfrist overskredet: /);
    expect(letter.priority).toBe("high");
    expect(textOf(letter)).toBe(
      [
        "For sent siden 26. november 2026 kl. 16.00.",
        "Ring og spørg efter svaret.",
        "Ring 90000011 (Regionshospitalet Nordfjord, Endokrinologisk Afd.).",
        "Aftale: Svar på specialistrådgivning (ADVICE-MSG, version 1)",
        "Skylder svar: Regionshospitalet Nordfjord, Endokrinologisk Afd. (5790000200016)",
        "Venter på svar: Lægehuset Åparken (5790000100019)",
        `Sag: ${caseId}`,
      ].join("\n"),
    );
  });

  it("is a letter as MedCom wants it, in which nothing of the citizen stands", async () => {
    const { cases, caseId } = await late(inLetters, { urgent: true });
    const letter = letterOf(cases.records(caseId));
    expect(Letter.safeParse(letter).error).toBeUndefined();
    expect(
      complaintsOf(
        printLetter(letter, { envelopeId: "E1", sent: "2026-11-26T16:01", wantsPositiveReceipt: false })
          .bytes,
      ),
    ).toEqual([]);
    expect(markersIn(JSON.stringify(letter))).toEqual([]);
    expect(markersIn(JSON.stringify(cases.records(caseId)[0]))).not.toEqual([]);
  });

  it("says so when the directory has no number", async () => {
    const { cases, caseId } = await late(inLetters, { urgent: true });
    const record = cases.records(caseId).at(-1) as CaseRecord;
    const silent = JSON.parse(JSON.stringify(record).replace(/,"phone":\{[^}]*\}/g, "")) as CaseRecord;
    expect(textOf(letterOf([silent]))).toContain("Vejviseren har intet telefonnummer.");
  });

  it("lists in a digest what is late and what will be, with case and number", async () => {
    const { cases, caseId } = await late(inLetters, {});
    const digest = caseIdFor(who.practice, "digest:2026-11-27");
    cases.at("2026-11-27 08:00");
    await cases.send({ type: "clock.ring", by: "hub", payload: { caseId, alarmId: `notice.0.${clockId}` } });
    cases.at("2026-11-27 08:01");
    await cases.send({ type: "digest.ring", by: "hub", payload: { caseId: digest, alarmId: "digest" } });
    const letter = letterOf(cases.records(digest));
    expect(letter.subject).toBe("Dagens oversigt over svarfrister");
    const text = textOf(letter);
    expect(text).toContain("For sent (1)");
    expect(text).toContain("for sent siden 26. november 2026 kl. 16.00.");
    expect(text).toContain("Ring 90000011");
    expect(text).toContain(caseId);
    expect(
      complaintsOf(
        printLetter(letter, { envelopeId: "E1", sent: "2026-11-27T08:01", wantsPositiveReceipt: false })
          .bytes,
      ),
    ).toEqual([]);
    expect(markersIn(JSON.stringify([letter, cases.records(digest)]))).toEqual([]);
  });
});

describe("a notice to a system that speaks FHIR", () => {
  it("is a CareCommunication in which no rule finds an error, and nothing of the citizen stands", async () => {
    const { cases, caseId } = await late(
      [{ standard: "fhir", transport: "inbox", accepts: ["CareCommunication"], sendsReceipts: true }],
      { urgent: true },
    );
    const records = cases.records(caseId);
    const { record, owed } = owedIn(records.at(-1));
    const message = wordsMessageOf({ record, records, owed, uuidOf });
    if (message === undefined) throw new Error("Nothing was told.");
    expect(message.category.code).toBe("carecoordination");
    const bundle = printCareCommunication(message, {
      idFor: (name) => uuidOf(`${message.messageId}:${name}`),
      contents: new Map(),
    });
    expect(checkMessage(bundle).problems.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(markersIn(JSON.stringify(message))).toEqual([]);
  });
});

import { beforeEach, describe, expect, test } from "vitest";
import { Organisation } from "../../../../contracts/messages/directory.ts";
import { DocumentOutcome } from "../../../../contracts/messages/document.ts";
import { parseDocument } from "../../../../gateways/oioxml/codec/parse-document.ts";
import type { OioxmlPorts, TakenDocument } from "../../../../gateways/oioxml/ports.ts";
import { takeDocument } from "../../../../gateways/oioxml/read-document.ts";
import { sha256 } from "../../../../infra/ids.ts";
import { createTestCases, type TestCases } from "../../../support/case-given.ts";
import { keepEmitted } from "../../../support/emitted.ts";
import { exampleDirectory } from "../../../support/golden-samples.ts";
import { changed, lettersOf, textOf } from "../../../support/oioxml-builders.ts";
import { example, samplesPresent, schemaErrors } from "../../../support/oioxml-samples.ts";
import { printOrder } from "../../../support/printing.ts";
import { regionWith, who } from "../../../support/region-view.ts";

const directory = regionWith(...exampleDirectory().organisations.map((o) => Organisation.parse(o)));

/** The process dies here: what was written stays, and what was not said is not said. */
class Killed extends Error {}

let cases: TestCases;
let notes: Map<string, string>;
let answers: DocumentOutcome[];
let dies: "before-answer" | "never";
let intakes: number;
beforeEach(() => {
  cases = createTestCases({ directory });
  notes = new Map();
  answers = [];
  dies = "never";
  intakes = 0;
});

const ports = (): OioxmlPorts => ({
  command: ({ id, type, sender, payload, intake }) =>
    cases.send({
      id,
      type,
      by: sender,
      payload: payload as object,
      ...(intake === undefined ? {} : { intake }),
    }),
  query: () => Promise.resolve({ status: "ok", value: { items: [] } }),
  loadCase: (caseId) => Promise.resolve(cases.records(caseId)),
  parse: (bytes) => Promise.resolve(parseDocument(bytes)),
  print: (order) => Promise.resolve(printOrder(order)),
  putObject: (bytes) => Promise.resolve({ digest: `sha256-${sha256(bytes)}`, sizeBytes: bytes.byteLength }),
  getObject: () => Promise.resolve(undefined),
  answer: (_to, outcome) => {
    if (dies === "before-answer") throw new Killed();
    answers.push(DocumentOutcome.parse(outcome));
    for (const answer of [outcome.answer, outcome.envelopeAnswer])
      if (answer !== undefined) keepEmitted(Buffer.from(answer.base64, "base64"));
  },
  noteRefusal: () => Promise.resolve(),
  noteOnce: (key, value) => {
    const before = notes.get(key);
    if (before === undefined) notes.set(key, value);
    return Promise.resolve({ kept: before ?? value, first: before === undefined });
  },
  now: () => "2026-11-23T09:15:00.000Z",
  log: { info: () => undefined, error: () => undefined },
});

const document = (bytes: Uint8Array, more: Partial<TakenDocument> = {}): TakenDocument => ({
  intake: `intake-${String(++intakes)}`,
  bytes,
  sender: who.practice,
  speaksFor: [who.practice],
  receivedAt: `2026-11-23T09:15:${String(intakes).padStart(2, "0")}.000Z`,
  answerTo: "answers",
  ...more,
});
const take = async (taken: TakenDocument): Promise<DocumentOutcome> => {
  await takeDocument(ports(), taken);
  const last = answers.at(-1);
  if (last === undefined) throw new Error("no answer");
  return last;
};
const answerIn = ({ answer }: DocumentOutcome): string => answer?.base64 ?? "";

const question = example("xdis91-question");
/** Two letters in one Emessage: the question, and one to a receiver that nobody knows. */
const mixed = (): Uint8Array => {
  const letter = /<ClinicalEmail>[\s\S]*<\/ClinicalEmail>/.exec(textOf(question))?.[0] ?? "";
  const stray = letter
    .replace("AAPBREV0000001", "AAPBREV0000009")
    .replace(/(<Receiver>\s*<EANIdentifier>)\d+/, "$15790009999994");
  return changed(question, "</ClinicalEmail>", `</ClinicalEmail>${stray}`);
};

describe("a document whose reader dies before it has answered", () => {
  const died = async (taken: TakenDocument): Promise<void> => {
    dies = "before-answer";
    await takeDocument(ports(), taken).catch((error: unknown) => {
      if (!(error instanceof Killed)) throw error;
    });
    dies = "never";
  };

  test("is read again, done once, and answered as it would have been", async () => {
    const expected = answerIn(await take(document(question)));
    cases = createTestCases({ directory });
    const taken = document(question);
    await died(taken);
    cases.at("2026-11-23 12:00");
    const outcome = await take(taken);
    expect(outcome).toMatchObject({ status: "accepted", duplicate: true });
    expect(answerIn(outcome)).toBe(expected);
    expect(cases.records()).toHaveLength(1);
  });

  test("of which one letter was refused gets both its receipts, the same bytes, also when it is sent anew", async () => {
    await died(document(mixed()));
    const records = cases.records().length;
    cases.at("2026-11-23 12:00");
    const again = await take(document(mixed()));
    cases.at("2026-11-23 13:00");
    const anew = await take(document(mixed()));
    expect(answerIn(anew)).toBe(answerIn(again));
    expect(cases.records()).toHaveLength(records);
    expect(again).toMatchObject({ status: "refused", duplicate: true });
  });
});

describe("several letters in one document", () => {
  test("are accepted and refused one by one, and each receipt names its own", async () => {
    const outcome = await take(document(mixed()));
    expect(outcome).toMatchObject({ status: "refused", code: "receiver-unknown", duplicate: false });
    const bytes = Buffer.from(answerIn(outcome), "base64");
    if (samplesPresent) expect(schemaErrors("2005", bytes)).toEqual([]);
    expect(lettersOf(parseDocument(bytes))).toMatchObject([
      { outcome: "negative", originalLetters: [{ letterId: "AAPBREV0000009" }] },
      { outcome: "positive", originalLetters: [{ letterId: "AAPBREV0000001" }] },
    ]);
    expect(cases.records().flatMap(({ facts }) => facts.map(({ type }) => type))).toEqual(["AdviceAsked"]);
  });
});

describe("a document in a VANSEnvelope", () => {
  const vans = example("vans-xdis91-question");
  const envelopeId = "1b5e7a90-3c2d-4f68-9e01-2a3b4c5d6e7f";
  const kinds = (outcome: DocumentOutcome) =>
    [outcome.answer, outcome.envelopeAnswer].map((one) =>
      one === undefined ? "none" : parseDocument(Buffer.from(one.base64, "base64")),
    );

  test("is answered bare, unless the transport wants an envelope", async () => {
    const [answer, ofEnvelope] = kinds(await take(document(vans)));
    expect(answer).toMatchObject({ kind: "emessage", letters: [{ outcome: "positive" }] });
    expect(answer).not.toHaveProperty("vans");
    expect(ofEnvelope).toBe("none");
  });
  test("is answered in one, with the envelope's own receipt, when the transport wants that", async () => {
    const [answer, ofEnvelope] = kinds(await take(document(vans, { answerAs: "vans" })));
    expect(answer).toMatchObject({ kind: "emessage", vans: { document: { name: "MCM:XCTL03" } } });
    expect(ofEnvelope).toMatchObject({ kind: "vansReceipt", receipt: { outcome: "positive" } });
  });
  test("again, in the same envelope or a new one, is done once and gets the same receipt", async () => {
    const first = await take(document(vans));
    const again = await take(document(vans));
    const anew = await take(document(changed(vans, envelopeId, "00000000-0000-4000-8000-000000000001")));
    expect([answerIn(again), answerIn(anew)]).toEqual([answerIn(first), answerIn(first)]);
    expect(cases.records()).toHaveLength(1);
  });
  test("with another message than before in its envelope is not opened", async () => {
    await take(document(vans));
    const messageId = /<MetaInformation>\s*<Identifier>([^<]+)/.exec(textOf(vans))?.[1] ?? "";
    const other = changed(vans, messageId, "00000000-0000-4000-8000-000000000009");
    const outcome = await take(document(other, { answerAs: "vans" }));
    expect(outcome).toMatchObject({ status: "refused", code: "envelope-reused" });
    expect(kinds(outcome)).toMatchObject([
      "none",
      { kind: "vansReceipt", receipt: { outcome: "negative", level: "vans" } },
    ]);
    expect(cases.records()).toHaveLength(1);
  });
  test("that is unreliable leaves no note, and its envelope gets no receipt", async () => {
    const unreliable = changed(vans, "<Type>reliable</Type>", "<Type>unreliable</Type>");
    const outcome = await take(document(unreliable, { answerAs: "vans" }));
    expect(outcome.envelopeAnswer).toBeUndefined();
    expect(notes.size).toBe(0);
  });
  test("of which the size differs is refused by a receipt of the envelope", async () => {
    const wrong = changed(vans, "<SizeInBytes>2565<", "<SizeInBytes>2566<");
    expect(kinds(await take(document(wrong, { answerAs: "vans" })))).toMatchObject([
      { kind: "emessage", letters: [{ outcome: "negative" }] },
      { kind: "vansReceipt", receipt: { outcome: "negative", level: "vans" } },
    ]);
  });
  test("from a sender that the caller may not speak for leaves no note", async () => {
    const outcome = await take(document(vans, { sender: who.cardiology, speaksFor: [who.cardiology] }));
    expect(outcome).toMatchObject({ code: "sender-not-authorised" });
    expect(notes.size).toBe(0);
  });
});

describe("the receipt of an envelope that the hub sent", () => {
  const receipt = (): Uint8Array =>
    Buffer.from(
      textOf(example("vans-xdis91-question")).replace(
        /<Message>[\s\S]*<\/Message>/,
        "<Receipt><NegativeVans><Error><Description>x</Description></Error>" +
          "<OriginalEnvelopeIdentifier>E1</OriginalEnvelopeIdentifier></NegativeVans></Receipt>",
      ),
      "latin1",
    );
  test("of an envelope that the hub never sent is refused, and is not answered by a receipt", async () => {
    const outcome = await take(document(receipt(), { answerAs: "vans" }));
    expect(outcome).toMatchObject({ status: "refused", code: "delivery-unknown" });
    expect([outcome.answer, outcome.envelopeAnswer]).toEqual([undefined, undefined]);
  });
  test("settles the delivery that it names", async () => {
    const { caseId } = await take(document(question));
    const deliveryId = `${caseId ?? ""}.1.0`;
    cases.envelopeIs((id) => (id === "e1" ? deliveryId : undefined));
    const from = { sender: who.endocrinology, speaksFor: [who.endocrinology], answerAs: "vans" } as const;
    const bytes = changed(receipt(), who.practice, who.endocrinology);
    expect(await take(document(bytes, from))).toMatchObject({ status: "accepted", caseId });
    expect(cases.state(caseId ?? "").deliveries[deliveryId]?.status).toBe("failed");
    expect(await take(document(bytes, from))).toMatchObject({ status: "accepted", duplicate: true });
  });
  test("from somebody who may not speak for its sender is not read", async () => {
    const outcome = await take(document(receipt(), { sender: who.cardiology, speaksFor: [who.cardiology] }));
    expect(outcome).toMatchObject({ code: "sender-not-authorised" });
  });
});

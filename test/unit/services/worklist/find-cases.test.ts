import { beforeEach, describe, expect, it } from "vitest";
import { sha256 } from "../../../../infra/ids.ts";
import { letter } from "../../../support/advice-given.ts";
import { projected } from "../../../support/memory-index.ts";
import { who } from "../../../support/region-view.ts";
import { createWorklistCases, ids, type WorklistCases } from "../../../support/worklist-cases.ts";

let cases: WorklistCases["cases"];
let ask: WorklistCases["ask"];
let say: WorklistCases["say"];
let answer: WorklistCases["answer"];
let list: WorklistCases["list"];
beforeEach(() => {
  ({ cases, ask, say, answer, list } = createWorklistCases());
});

describe("the cases of a citizen", () => {
  const patient = { cpr: "0404650010" };
  it("are those that the viewer is a party to, the latest change first", async () => {
    const first = await ask("M-1", { patient: { ...patient, surname: "Prøve" } });
    cases.at("2026-11-23 11:00");
    const second = await ask("M-2", { patient: { ...patient, surname: "Prøve" } });
    const other = await ask(
      "M-3",
      { patient: { ...patient, surname: "Prøve" }, to: { gln: who.cardiologyClinic } },
      who.otherPractice,
    );
    expect(ids(await list("ofPatient", who.practice, { patient }))).toEqual([second, first]);
    expect(ids(await list("ofPatient", who.otherPractice, { patient }))).toEqual([other]);
    expect(ids(await list("ofPatient", who.hospital, { patient }))).toEqual([second, first]);
    expect(ids(await list("ofPatient", who.nobody, { patient }))).toEqual([]);
    expect(ids(await list("ofPatient", who.practice, { patient, status: "answered" }))).toEqual([]);
    expect(ids(await list("ofPatient", who.practice, { patient: { cpr: "0107364006" } }))).toEqual([]);
  });

  it("are found by a keyed hash alone: another key finds nobody, and the number stands nowhere", async () => {
    await ask("M-1", { patient: { ...patient, surname: "Prøve" } });
    const otherKey = { digest: (text: string) => sha256(`other|${text}`) };
    expect(ids(await list("ofPatient", who.practice, { patient }, otherKey))).toEqual([]);
    expect([...projected(cases.records()).keys()].join()).not.toContain(patient.cpr);
  });
});

describe("a search", () => {
  it("finds a case by its id, by what its sender called it, by envelope and by citizen; each must fit", async () => {
    const caseId = await ask("M-1");
    const other = await ask("M-2");
    const found = async (query: object, viewer: string = who.practice) =>
      ids(await list("search", viewer, query));
    expect(await found({ caseId })).toEqual([caseId]);
    expect(await found({ caseId: caseId.toUpperCase() })).toEqual([caseId]);
    expect(await found({ messageId: "ask:M-1" }, who.endocrinology)).toEqual([caseId]);
    expect(await found({ messageId: "M-1" })).toEqual([caseId]);
    expect(await found({ messageId: "M-1", caseId: other })).toEqual([]);
    const envelopeId = [...projected(cases.records())]
      .find(([key, at]) => key.startsWith("envelope:") && at.get("") === `${caseId}.1.0`)?.[0]
      .slice("envelope:".length);
    expect(await found({ envelopeId })).toEqual([caseId]);
    expect(await found({ envelopeId: "NOBODY" })).toEqual([]);
    expect(await found({ caseId: "no case" })).toEqual([]);
    for (const query of [{ caseId }, { messageId: "ask:M-1" }, { envelopeId }])
      expect(await found(query, who.otherPractice)).toEqual([]);
  });

  it("finds by the original in INTAKE, and by a letter that was routed to another case", async () => {
    const caseId = await ask("M-1");
    cases.threadIs(() => caseId);
    const payload = {
      letter: letter(who.endocrinology, who.practice, { letterId: "B7" }),
      standard: "oioxml",
    };
    await cases.send({
      type: "advice.receiveLetter",
      by: who.endocrinology,
      payload,
      intake: "in-7",
      id: "brev-7",
    });
    for (const query of [{ intakeId: "in-7" }, { messageId: "B7" }])
      expect([query, ids(await list("search", who.practice, query))]).toEqual([query, [caseId]]);
  });
});

describe("your own writes", () => {
  const after = "5f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c90.3";
  it("are waited for, and what the index does not hold in time is 503 and not an old list", async () => {
    const asked: unknown[] = [];
    const reached = (outcome: "reached" | "behind" | "unknown") => ({
      reached: (written: unknown) => {
        asked.push(written);
        return Promise.resolve(outcome);
      },
    });
    expect(await answer("expected", who.practice, { after }, reached("reached"))).toMatchObject({
      status: "ok",
    });
    for (const [type, payload] of [
      ["expected", { after }],
      ["inbox", { after, gln: who.practice }],
      ["ofPatient", { after, patient: { cpr: "0404650010" } }],
      ["search", { after, messageId: "x" }],
    ] as const) {
      expect(await answer(type, who.practice, payload, reached("behind"))).toEqual({
        status: "refused",
        code: "index-unavailable",
      });
      expect(await answer(type, who.practice, payload, reached("unknown"))).toEqual({
        status: "refused",
        code: "message-invalid",
      });
    }
    expect(asked[0]).toEqual({ caseId: "5f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c90", recordNo: 3 });
  });
});

describe("a case", () => {
  it("is shown with its timeline, documents by how far they came, originals, card and links", async () => {
    const caseId = await ask("M-1");
    await say("requestInformation", who.endocrinology, { caseId });
    const reply = await answer("case", who.practice, { caseId });
    expect(reply).toMatchObject({
      value: {
        card: { kind: "specialist", awaits: [{ who: who.practice, act: "give-information" }] },
        links: [],
        timeline: [
          {
            no: 1,
            actor: who.practice,
            command: "advice.ask",
            facts: ["AdviceAsked"],
            clocks: [{ agreement: "ADVICE-MSG", change: "started" }, { agreement: "RECEIPT" }],
          },
          {
            no: 2,
            facts: ["InformationRequested"],
            clocks: [
              { agreement: "ADVICE-MSG", change: "paused" },
              { change: "stopped" },
              { change: "started" },
            ],
          },
        ],
        deliveries: [
          { deliveryId: `${caseId}.1.0`, to: who.endocrinology, status: "acknowledged" },
          { deliveryId: `${caseId}.2.0`, to: who.practice, status: "waiting" },
        ],
        originals: [],
      },
    });
  });
});

import { describe, expect, it } from "vitest";
import type { CareThread } from "../../../../contracts/fhir/care-communication.ts";
import { threadIdOf } from "../../../../contracts/messages/advice.ts";
import { letter, photoObject } from "../../../support/advice-given.ts";
import { sendCare as sent, threadOf, withIndex } from "../../../support/care-given.ts";
import { accepted, asking, createTestCases, type TestCases } from "../../../support/case-given.ts";
import { who } from "../../../support/region-view.ts";

const { practice, municipality, endocrinology, cardiology } = who;

const factsOf = (cases: TestCases, caseId: string): string[] =>
  cases.records(caseId).flatMap(({ facts }) => facts.map(({ type }) => type));

/** The case that a message ended in, and how many cases anybody sees. */
const seen = (cases: TestCases): string[] => [
  ...new Set(cases.records().flatMap(({ caseId, meta }) => (meta.card === undefined ? [] : [caseId]))),
];

/** Messages ms apart come before the index has the first; while it is away, it has none. */
const indexes = [
  ["up to date", withIndex],
  ["behind", (cases: TestCases) => cases],
] as const;

describe.each(indexes)("a thread of FHIR messages, with an index that is %s", (_, withIndex) => {
  it("is one case: the reply with its id joins it, and answers it", async () => {
    const cases = withIndex(createTestCases());
    const { caseId } = accepted(await sent(cases, practice, municipality, threadOf("A")));
    const reply = accepted(await sent(cases, municipality, practice, threadOf("B", "A")));
    expect(reply.caseId).toBe(caseId);
    expect(factsOf(cases, caseId)).toEqual(["AdviceAsked", "AdviceAnswered"]);
    expect(cases.state(caseId).status).toBe("answered");
    expect(seen(cases)).toEqual([caseId]);
  });

  it("keeps category, priority and topic of each message", async () => {
    const cases = withIndex(createTestCases());
    const thread = { ...threadOf("A"), priority: "asap" as const, topic: "Ventetid" };
    const { caseId } = accepted(await sent(cases, practice, municipality, thread));
    expect(cases.records(caseId)[0]?.facts[0]).toMatchObject({ thread });
  });

  it("keeps the attachments that came inside the message", async () => {
    const cases = withIndex(createTestCases());
    const { caseId } = accepted(
      await sent(cases, practice, municipality, threadOf("A"), { attachments: [photoObject] }),
    );
    expect(cases.records(caseId)[0]?.facts[0]).toMatchObject({ attachments: [photoObject] });
    expect(
      cases.records(caseId)[0]?.deliveries.map((one) => "documentType" in one && one.documentType),
    ).toEqual(["XDIS91", "XBIN01"]);
  });

  it("is another when its id is another, though the same two write about the same citizen", async () => {
    const cases = withIndex(createTestCases());
    const first = accepted(await sent(cases, practice, municipality, threadOf("A")));
    const other = { ...threadOf("B"), id: "urn:uuid:00000000-0000-4000-8000-000000000002" };
    const second = accepted(await sent(cases, municipality, practice, other));
    expect(second.caseId).not.toBe(first.caseId);
    expect(cases.state(first.caseId).status).toBe("asked");
  });

  it("is another for a forward, which goes to somebody else under an id of its own", async () => {
    const cases = withIndex(createTestCases());
    const first = accepted(await sent(cases, practice, municipality, threadOf("A")));
    const forward: CareThread = {
      ...threadOf("F", "A"),
      id: "urn:uuid:00000000-0000-4000-8000-000000000003",
      activity: "forward-message",
    };
    const second = accepted(await sent(cases, municipality, endocrinology, forward));
    expect(second.caseId).not.toBe(first.caseId);
    expect(factsOf(cases, second.caseId)).toEqual(["AdviceAsked"]);
  });

  it("is not joined by a message about another citizen that bears its id by mistake", async () => {
    const cases = withIndex(createTestCases());
    const first = accepted(await sent(cases, practice, municipality, threadOf("A")));
    const about = { cpr: "0101650001", surname: "Andersprøve", episodeOfCareStatus: "inaktiv" as const };
    const strange = letter(municipality, practice, { patient: about });
    const { episodeOfCareId: _, ...bare } = strange;
    const second = accepted(await sent(cases, municipality, practice, threadOf("B", "A"), { letter: bare }));
    expect(second.caseId).not.toBe(first.caseId);
  });

  it("finds its id however it is written", async () => {
    const cases = withIndex(createTestCases());
    const { caseId } = accepted(await sent(cases, practice, municipality, threadOf("A")));
    const shouted = { ...threadOf("B", "A"), id: threadOf("A").id.toUpperCase().replace("URN:UUID:", "") };
    expect(accepted(await sent(cases, municipality, practice, shouted)).caseId).toBe(caseId);
  });
});

describe.each(indexes)(
  "a reply before what it answers (R-Tek-H before R-Tek-I), with an index that is %s",
  (_, withIndex) => {
    const replyFirst = async () => {
      const cases = withIndex(createTestCases());
      const { caseId } = accepted(await sent(cases, municipality, practice, threadOf("B", "A")));
      return { cases, caseId };
    };

    it("opens a case, which somebody is to answer", async () => {
      const { cases, caseId } = await replyFirst();
      expect(cases.state(caseId)).toMatchObject({ status: "asked", card: { awaits: [{ who: practice }] } });
    });

    it("is joined by its start when that comes: the asker is who began, and has been answered", async () => {
      const { cases, caseId } = await replyFirst();
      const start = accepted(await sent(cases, practice, municipality, threadOf("A")));
      expect(start.caseId).toBe(caseId);
      expect(cases.records(caseId).at(-1)?.facts).toMatchObject([
        { type: "ThreadStarted", asker: practice, unit: municipality, kind: "correspondence" },
      ]);
      expect(cases.state(caseId)).toMatchObject({
        status: "answered",
        card: { opener: practice, awaits: [], closed: true },
      });
      expect(seen(cases)).toEqual([caseId]);
    });

    it("has no promise left to break, and the start is delivered to whoever it was written to", async () => {
      const { cases, caseId } = await replyFirst();
      await sent(cases, practice, municipality, threadOf("A"));
      const promises = Object.values(cases.state(caseId).clocks).filter(
        ({ deliveryId }) => deliveryId === undefined,
      );
      expect(promises.map(({ status }) => status)).toEqual(promises.map(() => "cancelled"));
      expect(promises.length).toBeGreaterThan(0);
      // It was written before the reply, so the reply is unread still.
      expect(cases.records(caseId).at(-1)?.deliveries).toMatchObject([{ change: "owed", to: municipality }]);
    });

    it("goes on as if the two had come in order: a further question reopens it", async () => {
      const { cases, caseId } = await replyFirst();
      await sent(cases, practice, municipality, threadOf("A"));
      const again = accepted(await sent(cases, practice, municipality, threadOf("C", "A", "B")));
      expect(again.caseId).toBe(caseId);
      expect(cases.state(caseId)).toMatchObject({
        status: "reopened",
        card: { awaits: [{ who: municipality }] },
      });
    });

    it("stays one case when the middle of three comes last, and that moves nothing", async () => {
      const cases = withIndex(createTestCases());
      const { caseId } = accepted(await sent(cases, practice, municipality, threadOf("C", "A", "B")));
      expect(accepted(await sent(cases, practice, municipality, threadOf("A"))).facts).toEqual([
        "LetterAdded",
      ]);
      const middle = await sent(cases, municipality, practice, threadOf("B", "A"));
      expect(accepted(middle)).toMatchObject({ caseId, facts: ["LetterAdded"] });
      expect(cases.state(caseId)).toMatchObject({
        status: "asked",
        card: { awaits: [{ who: municipality }] },
      });
    });
  },
);

describe("a case that did not begin as FHIR", () => {
  it("is answered by FHIR under the thread id that the hub gave it, without an episode of care", async () => {
    const cases = withIndex(createTestCases());
    const { caseId } = await asking(cases);
    const thread = { ...threadOf("B", "A"), id: threadIdOf(caseId) };
    expect(accepted(await sent(cases, endocrinology, practice, thread)).caseId).toBe(caseId);
    expect(cases.state(caseId).status).toBe("answered");
  });

  it("is answered by the unit that it was passed on to, under that unit's thread id", async () => {
    const cases = withIndex(createTestCases());
    const { caseId } = await asking(cases);
    const redirect = { caseId, to: { gln: cardiology }, reason: "Hører til der" };
    await cases.send({ type: "advice.redirect", by: endocrinology, payload: redirect });
    const thread = { ...threadOf("B", "A"), id: threadIdOf(caseId, cardiology) };
    expect(accepted(await sent(cases, cardiology, practice, thread)).caseId).toBe(caseId);
    expect(cases.state(caseId).status).toBe("answered");
  });

  it("is found by whose turn it is when a reply bears a thread id that nobody knows", async () => {
    const cases = withIndex(createTestCases());
    const { caseId } = await asking(cases);
    expect(accepted(await sent(cases, endocrinology, practice, threadOf("B", "A"))).caseId).toBe(caseId);
  });

  it("is not continued by a new message, which begins a thread of its own", async () => {
    const cases = withIndex(createTestCases());
    const { caseId } = await asking(cases);
    expect(accepted(await sent(cases, endocrinology, practice, threadOf("N"))).caseId).not.toBe(caseId);
    expect(cases.state(caseId).status).toBe("asked");
  });
});

describe.each(indexes)("a message that is sent again, with an index that is %s", (_, withIndex) => {
  it("is the same command, whatever its envelope and its times are by then, and gets the same answer", async () => {
    const cases = withIndex(createTestCases());
    const first = accepted(await sent(cases, practice, municipality, threadOf("A")));
    const reply = accepted(await sent(cases, municipality, practice, threadOf("B", "A")));
    for (const [from, to, told, before] of [
      [practice, municipality, threadOf("A"), first],
      [municipality, practice, threadOf("B", "A"), reply],
    ] as const) {
      const again = accepted(await sent(cases, from, to, told));
      expect(again).toMatchObject({ caseId: before.caseId, recordNo: before.recordNo, duplicate: true });
    }
  });
});

import { describe, expect, it } from "vitest";
import { caseIdFor } from "../../../../infra/ids.ts";
import { letter } from "../../../support/advice-given.ts";
import { sendCare as sent, threadOf, withIndex } from "../../../support/care-given.ts";
import { accepted, asking, createTestCases } from "../../../support/case-given.ts";
import { regionView, who } from "../../../support/region-view.ts";

const { practice, municipality, endocrinology } = who;

describe("the name of a thread, while the index is behind", () => {
  it("points to a case that nobody is party to, and that tells nothing of the thread", async () => {
    const cases = createTestCases();
    const { caseId } = accepted(await sent(cases, practice, municipality, threadOf("A")));
    const pointers = cases.records().filter((record) => record.caseId !== caseId);
    expect(pointers).toMatchObject([{ facts: [{ type: "RoutedToCase", caseId }], meta: { parties: [] } }]);
    expect(JSON.stringify(pointers)).not.toContain(threadOf("A").id.slice(-12));
  });

  it("holds up no message when the one that began it was refused", async () => {
    let joined = false;
    const directory = {
      ...regionView,
      organisation: (gln: string) =>
        gln === municipality && !joined ? undefined : regionView.organisation(gln),
    };
    const cases = createTestCases({ directory });
    expect(await sent(cases, practice, municipality, threadOf("A"))).toMatchObject({
      code: "receiver-unknown",
    });
    joined = true;
    const next = accepted(await sent(cases, municipality, practice, threadOf("B", "A")));
    expect(next.facts).toEqual(["AdviceAsked"]);
  });

  it("does not take a message along whose id its sender has used before", async () => {
    const cases = createTestCases();
    const other = { ...threadOf("A"), id: "urn:uuid:00000000-0000-4000-8000-000000000009" };
    const first = accepted(await sent(cases, practice, municipality, other));
    await sent(cases, municipality, practice, threadOf("B"));
    expect(await sent(cases, practice, municipality, threadOf("A"))).toMatchObject({
      ...{ status: "refused", code: "content-differs", caseId: first.caseId },
    });
  });

  it("leads to a case that is not there yet, and is waited for", async () => {
    const cases = createTestCases();
    const first = sent(cases, practice, municipality, threadOf("A"));
    const reply = accepted(await sent(cases, municipality, practice, threadOf("B", "A")));
    expect(reply.caseId).toBe(accepted(await first).caseId);
  });

  it("holds nothing up for long whose first message never came to its case", async () => {
    const cases = createTestCases();
    // Bound, and then the hub dies.
    cases.journal.befall("none", ...Array.from({ length: 8 }, () => "unavailable" as const));
    await expect(sent(cases, practice, municipality, threadOf("A"))).rejects.toMatchObject({
      code: "journal-unavailable",
    });
    const reply = accepted(await sent(cases, municipality, practice, threadOf("B", "A")));
    expect(reply.facts).toEqual(["AdviceAsked"]);
    // By the time that the first is read again, the index has its answer.
    const again = accepted(await sent(withIndex(cases), practice, municipality, threadOf("A")));
    expect(again).toMatchObject({ caseId: reply.caseId, facts: ["ThreadStarted"] });
  });

  it("is bound by nobody in another's name", async () => {
    const cases = createTestCases();
    const { episodeOfCareId: _, ...bare } = letter(practice, municipality, { letterId: "A" });
    const forged = await cases.send({
      ...{ type: "advice.receiveLetter", by: endocrinology, id: "forged" },
      payload: { letter: bare, standard: "fhir", thread: threadOf("A") },
    });
    expect(forged).toMatchObject({ code: "sender-not-authorised" });
    const own = caseIdFor(endocrinology, "A");
    expect(cases.records().map(({ caseId }) => caseId)).toEqual([own]);
  });

  it("is bound to the case that a reply was taken for an answer in, by what else it has in common with it", async () => {
    const cases = createTestCases();
    const { caseId } = await asking(cases);
    cases.threadIs(() => caseId);
    expect(accepted(await sent(cases, endocrinology, practice, threadOf("B", "A"))).caseId).toBe(caseId);
    cases.threadIs(() => undefined);
    expect(accepted(await sent(cases, practice, endocrinology, threadOf("C", "A", "B"))).caseId).toBe(caseId);
  });

  it("stays bound to what a reply was taken for before its hub died, though the index is away when it is read again", async () => {
    const cases = createTestCases();
    const { caseId } = await asking(cases);
    cases.threadIs(() => caseId);
    cases.journal.befall("none", ...Array.from({ length: 8 }, () => "unavailable" as const));
    const reply = () => sent(cases, endocrinology, practice, threadOf("B", "A"));
    await expect(reply()).rejects.toMatchObject({ code: "journal-unavailable" });
    cases.threadIs(() => undefined);
    expect(accepted(await reply())).toMatchObject({ caseId, facts: ["AdviceAnswered"] });
  });

  it("is written once, whatever goes wrong while that is done", async () => {
    const cases = createTestCases();
    cases.journal.befall("timeout-after", "timeout-late", "conflict", "timeout-before");
    const first = accepted(await sent(cases, practice, municipality, threadOf("A")));
    const reply = accepted(await sent(cases, municipality, practice, threadOf("B", "A")));
    expect(reply).toMatchObject({ caseId: first.caseId, facts: ["AdviceAnswered"] });
  });
});

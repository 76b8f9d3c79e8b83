import { describe, expect, it } from "vitest";
import { threadKey } from "../../../../../contracts/index-keys.ts";
import { turnKey } from "../../../../../services/case/thread-keys.ts";
import { project } from "../../../../../services/worklist/core/project.ts";
import { letter } from "../../../../support/advice-given.ts";
import { accepted, asking, createTestCases } from "../../../../support/case-given.ts";
import { who } from "../../../../support/region-view.ts";

describe("correspondence that was handled", () => {
  it("leaves nobody's turn behind: the next letter about the citizen is another matter", async () => {
    const cases = createTestCases();
    const digest = cases.ports.digest;
    const { caseId } = await asking(cases, { kind: "correspondence", to: { gln: who.municipality } });
    accepted(await cases.send({ type: "advice.markHandled", by: who.municipality, payload: { caseId } }));
    const [asked, handled] = cases.records(caseId).map((record) => project(record, digest));
    const question = letter(who.practice, who.municipality);
    const turn = threadKey(turnKey(question, { from: who.municipality, to: who.practice }, digest));
    expect(asked).toContainEqual(expect.arrayContaining(["ZADD", turn]));
    expect(handled).toContainEqual(["ZREM", turn, caseId]);
  });
});

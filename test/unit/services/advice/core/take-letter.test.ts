import { describe, expect, it } from "vitest";
import {
  caseId,
  command,
  endo,
  given,
  gp,
  happened,
  letter,
  onCase,
  otherCaseId,
  photoObject,
  received,
  route,
  stateAfter,
} from "../../../../support/advice-given.ts";
import { who } from "../../../../support/region-view.ts";

const f = happened(gp, endo);
const asked = f.asked("specialist");
const fromGp = letter(gp, endo, { letterId: "BREV2" });
const fromUnit = letter(endo, gp, { letterId: "BREV3" });

describe("a letter in the thread of a case, by whose turn it is", () => {
  it("of the asked unit is its answer", () => {
    given(asked)
      .when(received(fromUnit), endo)
      .thenDecides({
        facts: [{ type: "AdviceAnswered", outcome: "advice", letter: fromUnit, attachments: [] }],
        tell: [{ to: gp, from: endo, fact: 0 }],
      });
  });

  it("of the asker, when information is awaited, is that information", () => {
    given(asked, f.informationRequested)
      .when(received(fromGp), gp)
      .thenDecides({
        facts: [{ type: "InformationGiven", letter: fromGp }],
        tell: [{ to: endo, from: gp, fact: 0 }],
      });
  });

  it.each([
    ["answered", f.answered],
    ["declined", f.declined],
    ["handled", f.handled],
  ])("of the asker, on a case that is %s, asks again and the unit owes an answer", (_status, ending) => {
    given(asked, ending)
      .when(received(fromGp), gp)
      .thenDecides({
        facts: [{ type: "FollowUpAsked", letter: fromGp }],
        tell: [{ to: endo, from: gp, fact: 0 }],
        owing: [{ kind: "specialist", debtor: endo, creditor: gp }],
      });
  });

  it.each([
    ["the asker's second letter before an answer", [asked], fromGp, endo],
    ["the asker's, after a conversion", [asked, f.converted], fromGp, endo],
    ["the asker's, after a withdrawal", [asked, f.withdrawn], fromGp, endo],
    ["the unit's, after its answer", [asked, f.answered], fromUnit, gp],
    ["the unit's, after a withdrawal", [asked, f.withdrawn], fromUnit, gp],
  ])("%s moves nothing, and is carried", (...[, history, written, to]) => {
    given(...history)
      .when(received(written), written.sender.gln)
      .thenDecides({
        facts: [{ type: "LetterAdded", by: written.sender.gln, letter: written }],
        tell: [{ to, from: written.sender.gln, fact: 0 }],
      });
  });

  it.each([
    ["the asker's question", [asked], { ...fromGp, status: "corrected" as const }],
    ["the unit's answer", [asked, f.answered], { ...fromUnit, status: "corrected" as const }],
    ["the unit's, before it has answered", [asked], { ...fromUnit, status: "corrected" as const }],
    ["the asker's, after the answer", [asked, f.answered], { ...fromGp, status: "corrected" as const }],
    [
      "the asker's, while information is awaited",
      [asked, f.informationRequested],
      { ...fromGp, status: "corrected" as const },
    ],
  ])("corrected, %s moves nothing", (_which, history, written) => {
    given(...history)
      .when(received(written), written.sender.gln)
      .thenDecides({ facts: [{ type: "LetterAdded", letter: { status: "corrected" } }], tell: [{}] });
  });

  it("of the unit that passed the question on is told to the asker and answers nothing", () => {
    given(asked, f.redirectedTo(who.cardiology))
      .when(received(fromUnit), endo)
      .thenDecides({
        facts: [{ type: "LetterAdded", by: endo }],
        tell: [{ to: gp, from: endo, fact: 0 }],
      });
  });

  it("of the unit that it was passed on to is the answer", () => {
    given(asked, f.redirectedTo(who.cardiology))
      .when(received(letter(who.cardiology, gp)), who.cardiology)
      .thenDecides({
        facts: [{ type: "AdviceAnswered" }],
        tell: [{ to: gp, from: who.cardiology, fact: 0 }],
      });
  });

  it("is never told to its own writer", () => {
    for (const history of [[asked], [asked, f.answered], [asked, f.redirectedTo(who.cardiology)]])
      for (const written of [fromGp, fromUnit]) {
        const { decision } = given(...history).when(received(written), written.sender.gln);
        if (decision.kind !== "record") throw new Error("It was not carried.");
        for (const { to, from } of decision.tell) expect(to).not.toBe(from);
      }
  });
});

describe("a letter that its codec refused", () => {
  const refused = (...problems: object[]) =>
    command("advice.refuseLetter", { letterId: "BREV1", problems, contentDigest: "d" });
  const problem = (code: string) => ({
    path: "ClinicalEmail/Letter",
    code,
    message: "Nej",
    severity: "error",
  });

  it("is refused with every problem, under the first one's code", () => {
    const problems = [problem("version-wrong"), problem("document-invalid")];
    const { decision } = given().when(refused(...problems), gp);
    expect(decision).toEqual({ kind: "refuse", code: "version-wrong", problems });
  });

  it("is an invalid document when its first problem is no code of ours", () => {
    given()
      .when(refused(problem("cvc-pattern-valid")), gp)
      .thenRefuses("document-invalid");
    given()
      .when(refused(problem("constructor")), gp)
      .thenRefuses("document-invalid");
  });

  it("is refused also on a case that its number opened before", () => {
    given(asked)
      .when(refused(problem("version-wrong")), gp)
      .thenRefuses("version-wrong");
  });
});

describe("attachments that are joined", () => {
  const join = (sender: string) =>
    onCase("advice.joinAttachments", { attachmentCaseId: otherCaseId, sender, objects: [photoObject] });

  it("are recorded, tell nobody and move nothing", () => {
    given(asked, f.answered)
      .when(join(gp), "hub")
      .thenDecides({
        facts: [
          { type: "AttachmentsJoined", attachmentCaseId: otherCaseId, sender: gp, objects: [photoObject] },
        ],
        tell: [],
      });
    expect(stateAfter(asked, f.answered, f.joined(gp, photoObject)).status).toBe("answered");
  });

  it("are refused where there is no case", () => {
    given().when(join(gp), "hub").thenRefuses("case-unknown", "caseId");
  });
});

describe("a message that belongs to another case", () => {
  it("leaves a pointer under its own id, which its sender may see", () => {
    given()
      .when(route, gp)
      .thenDecides({
        facts: [{ type: "RoutedToCase", caseId: otherCaseId }],
        tell: [],
        parties: [gp],
      });
  });

  it("leaves none on a case of its own", () => {
    given(asked).when(route, gp).thenIgnores("own-case");
  });

  it("points to the same case whatever comes later", () => {
    given(f.routed).when(received(fromGp), gp).thenIgnores(`routed:${otherCaseId}`);
    given(f.routed)
      .when({ type: "advice.route", id: "route:2", payload: { caseId } }, gp)
      .thenIgnores(`routed:${otherCaseId}`);
  });
});

describe("the state of a question", () => {
  it("is not begun by anything but a question or a pointer", () => {
    for (const fact of [f.answered, f.informationGiven, f.handled, f.withdrawn, f.joined(gp, photoObject)])
      expect(stateAfter(fact)).toEqual({ status: "none" });
  });

  it("is not begun twice", () => {
    const again = happened(who.otherPractice, who.cardiology).asked("specialist");
    expect(stateAfter(asked, again)).toEqual(stateAfter(asked));
  });

  it("remembers who asks, who is asked now, and the question", () => {
    expect(stateAfter(asked, f.redirectedTo(who.cardiology))).toMatchObject({
      status: "asked",
      asker: gp,
      unit: who.cardiology,
      kind: "specialist",
      mayConvert: true,
      question: { receiver: { gln: endo } },
    });
  });
});

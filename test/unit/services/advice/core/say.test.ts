import { describe, expect, it } from "vitest";
import { shortId } from "../../../../../contracts/derived-ids.ts";
import {
  endo,
  episode,
  given,
  gp,
  happened,
  onCase,
  patient,
  photo,
  photoObject,
} from "../../../../support/advice-given.ts";
import { who } from "../../../../support/region-view.ts";

const f = happened(gp, endo);
const c = happened(gp, who.municipality);
const words = { text: "Tak" };

describe("what a party says on a case", () => {
  it.each([
    ["requestInformation", endo, gp, "InformationRequested"],
    ["answer", endo, gp, "AdviceAnswered"],
    ["decline", endo, gp, "AdviceDeclined"],
    ["convert", endo, gp, "AdviceConverted"],
  ] as const)("%s is told to the asker alone, and owes nothing new", (...[verb, by, to, type]) => {
    given(f.asked("specialist"))
      .when(onCase(`advice.${verb}`, words), by)
      .thenDecides({ facts: [{ type, attachments: [] }], tell: [{ to, from: by, fact: 0 }] });
  });

  it("information given is told to the unit", () => {
    given(f.asked("specialist"), f.informationRequested)
      .when(onCase("advice.giveInformation", words), gp)
      .thenDecides({
        facts: [{ type: "InformationGiven" }],
        tell: [{ to: endo, from: gp, fact: 0 }],
      });
  });

  it("a follow-up reopens the case, and the unit owes an answer again", () => {
    given(f.asked("specialist"), f.answered)
      .when(onCase("advice.askFollowUp", words), gp)
      .thenDecides({
        facts: [{ type: "FollowUpAsked" }],
        tell: [{ to: endo, from: gp, fact: 0 }],
        owing: [{ kind: "specialist", debtor: endo, creditor: gp }],
      });
  });

  it("a withdrawal tells the unit why, and ends every clock", () => {
    const { facts } = given(f.asked("specialist"))
      .when(onCase("advice.withdraw", { reason: "Patienten er indlagt" }), gp)
      .thenDecides({
        facts: [{ type: "AdviceWithdrawn", reason: "Patienten er indlagt", attachments: [] }],
        tell: [{ to: endo, from: gp, fact: 0 }],
        cancelClocks: "withdrawn",
      });
    expect(facts[0]).toMatchObject({
      letter: { texts: [["Forespørgslen er trukket tilbage.", { el: "Break" }, "Patienten er indlagt"]] },
    });
  });

  it("an answer says what it comes to, and who advised", () => {
    const adviser = { name: "Overlæge Ea Test", title: "Overlæge" };
    given(f.asked("specialist"))
      .when(onCase("advice.answer", { ...words, outcome: "please-refer", adviser }), endo)
      .thenDecides({ facts: [{ outcome: "please-refer", adviser }], tell: [{}] });
    const { facts } = given(f.asked("specialist"))
      .when(onCase("advice.answer", words), endo)
      .thenDecides({ facts: [{ outcome: "advice" }], tell: [{}] });
    expect(facts[0]).not.toHaveProperty("adviser");
  });

  it("a conversion names who advised", () => {
    const adviser = { name: "Overlæge Ea Test" };
    given(f.asked("specialist"))
      .when(onCase("advice.convert", { ...words, adviser }), endo)
      .thenDecides({ facts: [{ type: "AdviceConverted", adviser }], tell: [{}] });
  });

  it("is a letter in the thread of the question, numbered by its command", () => {
    const { decision } = given(f.asked("specialist")).when(
      onCase("advice.answer", { text: "Ja.\nGentag om 6 uger", attachments: [photo] }),
      endo,
    );
    expect(decision).toMatchObject({
      facts: [
        {
          letter: {
            letterId: shortId("command-1"),
            status: "new",
            authorised: "2026-11-23T10:15",
            episodeOfCareId: episode,
            patient,
            subject: "Stofskifte: dosis?",
            sender: { gln: endo },
            receiver: { gln: gp },
            texts: [["Ja.", { el: "Break" }, "Gentag om 6 uger"]],
            references: [{ description: photo.description }],
          },
          attachments: [photoObject],
        },
      ],
    });
  });
});

describe("a conversion to a referral", () => {
  it("needs the asker's consent", () => {
    given(f.asked("specialist", { mayConvert: false }))
      .when(onCase("advice.convert", words), endo)
      .thenRefuses("conversion-not-authorised", "caseId");
  });

  it("is for questions to a specialist, also where consent was given", () => {
    given(c.asked("correspondence", { mayConvert: true }))
      .when(onCase("advice.convert", words), who.municipality)
      .thenRefuses("specialist-kind-only", "caseId");
  });
});

describe("marking as handled", () => {
  it("is recorded for correspondence, and tells nobody", () => {
    given(c.asked("correspondence"))
      .when(onCase("advice.markHandled"), who.municipality)
      .thenDecides({ facts: [{ type: "CorrespondenceHandled", by: who.municipality }], tell: [] });
  });

  it("is refused for a question to a specialist, which is answered or declined", () => {
    given(f.asked("specialist"))
      .when(onCase("advice.markHandled"), endo)
      .thenRefuses("wrong-state", "caseId");
  });
});

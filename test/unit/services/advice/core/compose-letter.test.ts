import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromPlainText, toPlainText } from "../../../../../contracts/formatted-text.ts";
import { Letter } from "../../../../../contracts/letter.ts";
import { AdviceFact, AskAdvice } from "../../../../../contracts/messages/advice.ts";
import { Organisation } from "../../../../../contracts/messages/directory.ts";
import {
  letterOn,
  notices,
  questionLetter,
  readdressed,
} from "../../../../../services/advice/core/compose-letter.ts";
import {
  caseId,
  command,
  endo,
  given,
  gp,
  happened,
  letter,
  onCase,
  patient,
  photo,
} from "../../../../support/advice-given.ts";
import { changed, organisation, region, regionWith, who } from "../../../../support/region-view.ts";

const written = {
  id: "command-1",
  local: "2026-11-23T10:15",
  from: organisation(gp),
  to: organisation(endo),
};
const asked = AskAdvice.parse({
  messageId: "M-1",
  to: { gln: endo },
  patient,
  subject: "Stofskifte",
  question: "Linje et\n\nLinje tre",
  priority: "high",
  attachments: [photo],
});

/** The longest that the directory may tell of an organisation. */
const longest = (gln: string): Organisation =>
  Organisation.parse(
    changed(gln, {
      name: "Æ".repeat(70),
      department: "Ø".repeat(35),
      address: { street: "Å".repeat(35), postCode: "9".repeat(9), district: "D".repeat(35) },
      phone: "1".repeat(25),
      specialities: ["med_endokrinologi", "kardiologi"],
    }),
  );

describe("a typed question as a letter", () => {
  const question = questionLetter(asked, caseId, written);

  it("fits the contract of a letter, and needs nothing that the sender did not say", () => {
    expect(Letter.parse(question)).toEqual(question);
    expect(question).toMatchObject({
      status: "new",
      authorised: "2026-11-23T10:15",
      statisticalCode: "XDIS91",
      priority: "high",
      subject: "Stofskifte",
      patient,
      texts: [["Linje et", { el: "Break" }, { el: "Break" }, "Linje tre"]],
    });
    expect(question.references).toEqual([
      {
        description: photo.description,
        target: {
          kind: "bin",
          objectId: photo.objectId,
          code: "billede",
          extension: "jpeg",
          sizeBytes: photo.sizeBytes,
        },
      },
    ]);
  });

  it("names its parties by their addresses and identifiers", () => {
    expect(question.sender).toEqual({
      gln: gp,
      identifier: { code: "ydernummer", value: "991001" },
      organisation: "Lægehuset Åparken",
      street: "Åparken 4",
      postCode: "9990",
      district: "Nordfjord",
      phone: "90000001",
      speciality: "almen_medicin",
    });
    expect(question.receiver).toEqual({
      gln: endo,
      identifier: { code: "sygehusafdelingsnummer", value: "9901010" },
      organisation: "Regionshospitalet Nordfjord",
      department: "Endokrinologisk Afd.",
      street: "Hospitalsvej 1",
      postCode: "9990",
      district: "Nordfjord",
    });
  });

  it("has the same number for the same command, of fourteen letters and digits", () => {
    expect(question.letterId).toMatch(/^[0-9A-Z]{14}$/);
    expect(questionLetter(asked, caseId, written).letterId).toBe(question.letterId);
    expect(questionLetter(asked, caseId, { ...written, id: "command-2" }).letterId).not.toBe(
      question.letterId,
    );
  });

  it("names a patient by a replacement number just so", () => {
    const { cpr: _, ...unnumbered } = patient;
    const replaced = { ...unnumbered, alternativeId: "010736TEST" };
    const { patient: named } = questionLetter(
      AskAdvice.parse({ ...asked, patient: replaced }),
      caseId,
      written,
    );
    expect(named).toMatchObject(replaced);
    expect(named).not.toHaveProperty("cpr");
  });
});

describe("the lengths of OIOXML", () => {
  it("are kept for the longest organisations of the directory", () => {
    const [from, to] = [longest(gp), longest(endo)];
    const question = questionLetter(asked, caseId, { ...written, from, to });
    expect(Letter.safeParse(question).error).toBeUndefined();
    expect(question.sender.organisation).toBe("Æ".repeat(35));
    const reply = letterOn(question, { text: fromPlainText("Ja") }, { ...written, from: to, to: from });
    expect(Letter.safeParse(reply).error).toBeUndefined();
  });

  it.each(region.map(({ gln, name, department }) => [name, department ?? "", gln]))(
    "are kept for %s %s",
    (_name, _department, gln) => {
      const o = organisation(gln);
      expect(
        Letter.safeParse(questionLetter(asked, caseId, { ...written, from: o, to: o })).error,
      ).toBeUndefined();
    },
  );

  it("are kept by an identifier of the longest kind: a SOR code too long for a letter gives way to the address", () => {
    const bare = changed(who.region, { identifiers: { sor: "123456789012345678" } });
    const { sender } = questionLetter(asked, caseId, { ...written, from: bare });
    expect(sender.identifier).toEqual({ code: "lokationsnummer", value: who.region });
  });

  it("are kept by every letter of a whole case, whatever the parties write", () => {
    const f = happened(gp, endo);
    const directory = regionWith(longest(gp), longest(endo), longest(who.cardiology));
    const words = fc.string({ minLength: 1, maxLength: 350, unit: "binary" });
    fc.assert(
      fc.property(words, words, (said, id) => {
        const commands = [
          onCase("advice.answer", { text: said, attachments: [photo] }),
          onCase("advice.redirect", { to: { gln: who.cardiology }, reason: said }),
          onCase("advice.withdraw", { reason: said }),
        ];
        for (const c of commands) {
          const by = c.type === "advice.withdraw" ? gp : endo;
          const { decision } = given(f.asked("specialist")).when({ ...c, id }, by, { directory });
          if (decision.kind !== "record") throw new Error("It was not recorded.");
          for (const fact of decision.facts) AdviceFact.parse(fact);
        }
        const question = command(
          "advice.ask",
          { messageId: "M", to: { gln: endo }, patient, subject: "S", question: said },
          id,
        );
        const { decision } = given().when(question, gp, { directory });
        expect(decision.kind).toBe("record");
      }),
      { numRuns: 50 },
    );
  });
});

describe("a letter on a case", () => {
  it("carries the question's patient, thread and subject back, whoever writes", () => {
    const question = letter(gp, endo);
    const reply = letterOn(
      question,
      { text: fromPlainText("Ja") },
      { ...written, from: organisation(endo), to: organisation(gp) },
    );
    expect(reply).toMatchObject({
      episodeOfCareId: question.episodeOfCareId,
      subject: question.subject,
      patient: question.patient,
      sender: { gln: endo },
      receiver: { gln: gp },
      references: [],
    });
    expect(reply.receiver).not.toHaveProperty("phone");
    expect(reply.receiver).not.toHaveProperty("speciality");
  });

  it("has neither thread nor subject when the question had none", () => {
    const { episodeOfCareId: _e, subject: _s, ...bare } = letter(gp, endo);
    const reply = letterOn(bare, { text: fromPlainText("Ja") }, written);
    expect(reply).not.toHaveProperty("episodeOfCareId");
    expect(reply).not.toHaveProperty("subject");
  });

  it("is routine, however urgent the question was", () => {
    expect(letterOn(letter(gp, endo, { priority: "high" }), { text: ["Ja"] }, written).priority).toBe(
      "routine",
    );
  });
});

describe("a question that is passed on", () => {
  it("is the same letter to another receiver", () => {
    const question = letter(gp, endo);
    const passed = readdressed(question, organisation(who.cardiology));
    expect(passed).toEqual({ ...question, receiver: passed.receiver });
    expect(passed.receiver).toMatchObject({ gln: who.cardiology, department: "Kardiologisk Afd." });
  });
});

describe("a notice", () => {
  it("says what was done and why, line by line", () => {
    expect(toPlainText(notices.withdrawn("Løst\npå anden vis"))).toBe(
      "Forespørgslen er trukket tilbage.\nLøst\npå anden vis",
    );
    expect(toPlainText(notices.redirected(organisation(who.cardiology), "Hjertet"))).toBe(
      "Forespørgslen er sendt videre til Regionshospitalet Nordfjord, Kardiologisk Afd.\nHjertet",
    );
    expect(toPlainText(notices.redirected(organisation(who.acuteTeam), "Akut"))).toBe(
      "Forespørgslen er sendt videre til Akutteam Nordfjord.\nAkut",
    );
  });
});

import { describe, expect, it } from "vitest";
import { fromPlainText } from "../../../../../contracts/formatted-text.ts";
import {
  endo,
  given,
  gp,
  happened,
  letter,
  naming,
  onCase,
  photo,
  photoObject,
  scan,
} from "../../../../support/advice-given.ts";
import { changed, oioxmlTaking, regionWith, who } from "../../../../support/region-view.ts";

const f = happened(gp, endo);
const c = happened(gp, who.municipality);
const words = { text: "Tak" };

describe("a redirection", () => {
  const redirect = (gln: string, reason = "Det er hjertet") =>
    onCase("advice.redirect", { to: { gln }, reason });

  it("sends the question on, tells the asker, cancels the clock and starts one for the new unit", () => {
    const { facts } = given(f.asked("specialist"))
      .when(redirect(who.cardiology), endo)
      .thenDecides({
        facts: [
          {
            type: "AdviceRedirected",
            from: endo,
            to: who.cardiology,
            reason: "Det er hjertet",
            attachments: [],
          },
          { type: "LetterAdded", by: endo, attachments: [] },
        ],
        tell: [
          { to: who.cardiology, from: gp, fact: 0 },
          { to: gp, from: endo, fact: 1 },
        ],
        parties: [who.cardiology],
        cancelClocks: "redirected",
        owing: [{ kind: "specialist", debtor: who.cardiology, creditor: gp }],
      });
    const [question, notice] = facts;
    expect(question).toMatchObject({
      letter: {
        letterId: "BREV1",
        sender: { gln: gp },
        receiver: { gln: who.cardiology },
        texts: [["Skal dosis ned?"]],
      },
    });
    expect(notice).toMatchObject({
      letter: {
        sender: { gln: endo },
        receiver: { gln: gp },
        texts: [
          fromPlainText(
            "Forespørgslen er sendt videre til Regionshospitalet Nordfjord, Kardiologisk Afd.\nDet er hjertet",
          ),
        ],
      },
    });
  });

  it("takes along the attachments that the question brought", () => {
    const asked = f.asked("specialist", {
      letter: letter(gp, endo, naming(photo.objectId)),
      attachments: [photoObject],
    });
    expect(given(asked).when(redirect(who.cardiology), endo).decision).toMatchObject({
      facts: [{ attachments: [photoObject] }, { attachments: [] }],
    });
  });

  it("takes along those that were joined to the question, each once, and no others", () => {
    const spelled = photo.objectId.toUpperCase();
    const asked = f.asked("specialist", { letter: letter(gp, endo, naming(spelled)) });
    const forged = { ...photoObject, digest: scan.digest };
    const history = [
      asked,
      f.joined(endo, forged),
      f.joined(gp, photoObject, scan),
      f.joined(gp, photoObject),
    ];
    expect(given(...history).when(redirect(who.cardiology), endo).decision).toMatchObject({
      facts: [{ attachments: [photoObject] }, { attachments: [] }],
    });
  });

  it("with attachments needs a way in for them", () => {
    const world = { directory: regionWith(changed(who.cardiology, { channels: oioxmlTaking("XDIS91") })) };
    const asked = f.asked("specialist", {
      letter: letter(gp, endo, naming(photo.objectId)),
      attachments: [photoObject],
    });
    given(asked).when(redirect(who.cardiology), endo, world).thenRefuses("receiver-cannot-receive", "to.gln");
    expect(given(f.asked("specialist")).when(redirect(who.cardiology), endo, world).decision).toMatchObject({
      kind: "record",
    });
  });

  it("is refused to the unit itself, to the asker, and to units that cannot take it", () => {
    const from = given(f.asked("specialist"));
    from.when(redirect(endo), endo).thenRefuses("wrong-state", "to.gln");
    from.when(redirect(gp), endo).thenRefuses("wrong-state", "to.gln");
    from.when(redirect(who.nobody), endo).thenRefuses("receiver-unknown", "to.gln");
    from.when(redirect(who.hospital), endo).thenRefuses("no-unit-advises", "to.gln");
    const ended = regionWith(changed(who.cardiology, { validTo: "2026-11-22" }));
    from.when(redirect(who.cardiology), endo, { directory: ended }).thenRefuses("receiver-unknown", "to.gln");
    const deaf = regionWith(changed(who.cardiology, { channels: oioxmlTaking("XREF01") }));
    from
      .when(redirect(who.cardiology), endo, { directory: deaf })
      .thenRefuses("receiver-cannot-receive", "to.gln");
  });

  it("of correspondence needs no unit that advises", () => {
    expect(
      given(c.asked("correspondence")).when(redirect(who.acuteTeam), who.municipality).decision,
    ).toMatchObject({ facts: [{ type: "AdviceRedirected", to: who.acuteTeam }, { type: "LetterAdded" }] });
  });

  const after = given(f.asked("specialist"), f.redirectedTo(who.cardiology));
  const later = happened(gp, who.cardiology);

  it("leaves the former unit no turn, and gives it to the new one", () => {
    for (const verb of ["requestInformation", "answer", "convert", "decline"] as const) {
      after.when(onCase(`advice.${verb}`, words), endo).thenRefuses("not-your-turn", "sender");
      expect(after.when(onCase(`advice.${verb}`, words), who.cardiology).decision.kind).toBe("record");
    }
    after.when(redirect(who.cardiologyClinic), endo).thenRefuses("not-your-turn", "sender");
    after.when(onCase("advice.markHandled"), endo).thenRefuses("not-your-turn", "sender");
  });

  it("may be followed by another, also back to the first unit", () => {
    expect(after.when(redirect(endo), who.cardiology).decision).toMatchObject({
      facts: [{ from: who.cardiology, to: endo }, {}],
      owing: [{ debtor: endo }],
    });
  });

  it("while information is awaited puts the question to the new unit as asked", () => {
    const state = given(f.asked("specialist"), f.informationRequested, f.redirectedTo(who.cardiology));
    state.when(onCase("advice.giveInformation", words), gp).thenRefuses("wrong-state", "caseId");
    expect(state.when(onCase("advice.answer", words), who.cardiology).decision.kind).toBe("record");
  });

  it("lets the asker's further questions go to the new unit", () => {
    expect(
      given(f.asked("specialist"), f.redirectedTo(who.cardiology), later.answered).when(
        onCase("advice.askFollowUp", words),
        gp,
      ).decision,
    ).toMatchObject({ tell: [{ to: who.cardiology }], owing: [{ debtor: who.cardiology }] });
  });
});

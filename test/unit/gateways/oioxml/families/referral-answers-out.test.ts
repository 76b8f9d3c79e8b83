import { describe, expect, it } from "vitest";
import { oioxmlTypeOfFact } from "../../../../../contracts/codes/fact-documents.ts";
import type { ReferralLetter } from "../../../../../contracts/letters/referral-letter.ts";
import type { ToTell } from "../../../../../gateways/families/to-tell.ts";
import { xdis02 } from "../../../../support/closing-letters.ts";
import { createLetterCases, type LetterCases } from "../../../../support/letter-cases.ts";
import { oio } from "../../../../support/oioxml-region.ts";
import { call, receivers } from "../../../../support/referral-given.ts";
import { xref01, xref15, xref22 } from "../../../../support/referral-letters.ts";
import { who } from "../../../../support/region-view.ts";

import { closingIn, telling, written } from "../../../../support/told-letters.ts";

describe("a time", () => {
  const appointment = { start: "2026-12-07T08:00:00.000Z", place: "Ambulatorium 3", lengthMinutes: 30 };
  const booked = async (change: object = {}): Promise<{ hub: LetterCases; caseId: string }> => {
    const hub = createLetterCases();
    const { caseId } = await hub.sent(xref01({ receiver: { ...xref01().receiver, gln: who.cardiology } }));
    await hub.does("referral.accept", who.cardiology, { caseId });
    await hub.does("referral.book", who.cardiology, { caseId, appointment: { ...appointment, ...change } });
    return { hub, caseId };
  };
  const toSender = { from: who.cardiology, to: oio.practice };

  it("is told by booking answer, with the referral's own number and what is to be known in its one line", async () => {
    const { hub, caseId } = await booked({ instructions: "Mød fastende" });
    expect(hub.owedTo(oio.practice, caseId).at(-1)).toMatchObject({ documentType: "XDIS13" });
    expect(written(telling(hub, caseId, toSender)).letter).toMatchObject({
      type: "XDIS13",
      referral: { identifier: "HENV000000001", received: "2026-11-23T10:15" },
      appointment: "2026-12-07T09:00",
      note: "Ambulatorium 3; 30 min.; Mød fastende",
    });
    await hub.does("referral.rebook", who.cardiology, { caseId, appointment, reason: "Sygdom" });
    expect(written(telling(hub, caseId, toSender)).letter).toMatchObject({
      note: "Ambulatorium 3; 30 min.; Sygdom",
    });
  });

  it.each([
    [
      "is too long for that line",
      { instructions: "Medbring medicinliste, og mød fastende fra kl. 22 aftenen før." },
    ],
    ["has several lines", { instructions: "Mød fastende\nMedbring liste" }],
  ])("of which what is to be known %s is told in words, whole", async (_what, change) => {
    const { hub, caseId } = await booked(change);
    expect(hub.owedTo(oio.practice, caseId).at(-1)).toMatchObject({ documentType: "XDIS91" });
  });

  it("that the hub booked for both is an answer of neither", () => {
    const fact = { type: "AppointmentBooked", appointment, booking: { caseId: "c", slotId: "s" } };
    expect(oioxmlTypeOfFact(fact)).toBeUndefined();
  });

  it("of a talk is told by booking answer too, and so is a mere receipt", async () => {
    const hub = createLetterCases();
    const { caseId } = await hub.sent(
      xref15({ receiver: { ...xref15().receiver, gln: receivers.prevention.first } }),
    );
    const { first: from } = receivers.prevention;
    await hub.does("referral.receive", from, { caseId });
    expect(written(telling(hub, caseId, { from, to: oio.practice })).letter).toMatchObject({
      referral: { received: "2026-11-23T10:15" },
    });
    await hub.does("referral.invite", from, { caseId, appointment });
    expect(written(telling(hub, caseId, { from, to: oio.practice })).letter).toMatchObject({
      appointment: "2026-12-07T09:00",
    });
  });
});

describe("a typed conclusion", () => {
  const closing = {
    from: "2026-12-01T09:00",
    actionPriority: "akut",
    recommendation: "Kontrollér TSH.",
    diagnoses: { main: { code: "DE050", text: "Thyreotoksikose" }, mainAdditional: [], other: [] },
  };
  const concluded = async (
    letter: ReferralLetter,
    unit: string,
    before: [string, object][],
  ): Promise<ToTell> => {
    const hub = createLetterCases();
    const { caseId } = await hub.sent({ ...letter, receiver: { ...letter.receiver, gln: unit } });
    for (const [act, payload] of before) await hub.does(`referral.${act}`, unit, { caseId, ...payload });
    const signedBy = { name: "Overlæge Prøve", title: "Overlæge" };
    const note = { caseId, text: "Rask.", signedBy, closing, phoned: call };
    await hub.does("referral.conclude", unit, note);
    return telling(hub, caseId, { from: unit, to: oio.practice });
  };

  it("of a hospital is an out-patient letter with its diagnoses, and what is recommended on top", async () => {
    const told = await concluded(xref01(), who.cardiology, [["accept", {}]]);
    const letter = closingIn(told);
    expect(letter).toMatchObject({
      type: "XDIS02",
      from: "2026-12-01T09:00",
      actionPriority: "akut",
      recommendation: ["Kontrollér TSH."],
      diagnoses: { main: { code: "DE050" } },
      referral: { identifier: "HENV000000001", refer: { code: "DK409" } },
      copyTo: { organisation: "Lægerne Torvet" },
      texts: [{ signed: { at: "2026-11-23T10:15" } }],
    });
    const { text } = written(told);
    for (const word of ["Rask.", "Overlæge Prøve, Overlæge", "talt med Prøve Sygeplejersken"])
      expect(text).toContain(word);
  });

  it("of a municipality is a closing letter that is signed, with the rest as text under headings", async () => {
    const { first: centre } = receivers.prevention;
    const told = await concluded(xref15(), centre, [["accept", {}]]);
    const letter = closingIn(told);
    expect(letter).toMatchObject({
      type: "XDIS15",
      texts: [{ signed: { by: "Overlæge Prøve", title: "Overlæge", date: "2026-11-23" } }],
    });
    const { text } = written(told);
    for (const word of ["Rask.", "Kontrollér TSH.", "DE050 Thyreotoksikose", "akut"])
      expect(text).toContain(word);
  });

  it("of an acute team tells when it was there", async () => {
    const { first: team } = receivers["acute-team"];
    const visit = { at: "2026-11-23T08:00:00.000Z", by: "Prøve" };
    const told = await concluded(xref22(), team, [
      ["accept", {}],
      ["startVisit", visit],
      ["endVisit", { at: "2026-11-23T08:45:00.000Z" }],
    ]);
    expect(closingIn({ ...told })).toMatchObject({
      type: "XDIS22",
      from: "2026-12-01T09:00",
      texts: [{ signed: { by: "Overlæge Prøve" } }],
    });
  });

  it("that came as a letter to one who takes another form of it is written again of what it said", async () => {
    const hub = createLetterCases();
    const { caseId } = await hub.sent(xref01());
    await hub.sent(xdis02());
    const { text } = written(telling(hub, caseId, { from: oio.department, to: oio.practice }));
    for (const word of ["Operation uden problemer.", "Kontrol: heler pænt.", "Fjern agrafferne", "KJAB30"])
      expect(text).toContain(word);
  });
});

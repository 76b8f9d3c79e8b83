import { describe, expect, it } from "vitest";
import type { ReferralFact } from "../../../../../contracts/messages/referral.ts";
import { hubActor } from "../../../../../services/case/core.ts";
import { referralCore } from "../../../../../services/referral/core/decide.ts";
import { photoObject } from "../../../../support/advice-given.ts";
import {
  given,
  happened,
  historyOf,
  onCase,
  otherCaseId,
  receivers,
  sending,
  stateAfter,
} from "../../../../support/referral-given.ts";
import { payloadsOf } from "../../../../support/referral-payloads.ts";
import { who } from "../../../../support/region-view.ts";

const gp = who.practice;
const endo = who.endocrinology;
const { sent, forwarded, readdressed, ...hospital } = happened("hospital");
const conclude = (change: object = {}) =>
  onCase("referral.concludeByLetter", { ...payloadsOf("hospital")["referral.concludeByLetter"], ...change });
const book = (change: object = {}) =>
  onCase("referral.bookByLetter", { ...payloadsOf("hospital")["referral.bookByLetter"], ...change });
const correct = (change: object = {}) =>
  onCase("referral.correct", { ...payloadsOf("hospital")["referral.correct"], ...change });

describe("a closing letter of a receiver that writes nothing else", () => {
  it("concludes what it never accepted, and its sender is told", () => {
    given(sent)
      .when(conclude(), endo)
      .thenRecords({
        facts: [
          { type: "ReferralConcluded", kind: "hospital", critical: false, closing: { form: "XDIS02" } },
        ],
        tell: [{ to: gp, from: endo, fact: 0 }],
      });
  });

  it("waits for the sender to review it when it is an imaging result", () => {
    const { sent: imaging } = happened("imaging");
    const { facts } = given(imaging).when(conclude(), receivers.imaging.first).thenRecords({});
    expect(stateAfter(imaging, ...facts).status).toBe("resultReady");
  });

  it.each([
    ["one more", { status: "new" }, "ReferralClosingAdded"],
    ["its correction", { status: "corrected" }, "ReferralConclusionCorrected"],
  ])("after the conclusion is %s, and moves nothing", (_what, change, type) => {
    const before = [sent, hospital.accepted, hospital.concluded];
    const { facts } = given(...before)
      .when(conclude(change), endo)
      .thenRecords({ facts: [{ type }], tell: [{ to: gp, from: endo, fact: 0 }] });
    expect(stateAfter(...before, ...facts)).toEqual(stateAfter(...before));
  });

  it.each(["withdrawn", "expired", "returned"] as const)(
    "on a referral that was %s reaches its sender",
    (status) => {
      given(...historyOf("hospital")[status])
        .when(conclude({ status: "corrected" }), endo)
        .thenRecords({ facts: [{ type: "ReferralClosingAdded" }], tell: [{ to: gp, from: endo, fact: 0 }] });
    },
  );

  it("from a unit that passed it on is told as its own, and leaves the referral with who has it", () => {
    const before = [sent, forwarded, readdressed];
    const { facts } = given(...before)
      .when(conclude({ status: "corrected" }), endo)
      .thenRecords({ facts: [{ type: "ReferralClosingAdded" }], tell: [{ to: gp, from: endo, fact: 0 }] });
    expect(stateAfter(...before, ...facts)).toMatchObject({ status: "sent", receiver: who.cardiology });
  });

  it("from anybody else is refused", () => {
    given(sent).when(conclude(), who.otherPractice).thenRefuses("not-your-turn");
    given(sent).when(conclude(), gp).thenRefuses("not-your-turn");
  });
});

describe("a booking answer of a receiver that writes nothing else", () => {
  it.each([
    ["hospital", [sent], "AppointmentBooked", "booked"],
    ["hospital", [sent, hospital.booked], "AppointmentMoved", "booked"],
    ["hospital", [sent, hospital.booked, hospital.attended], "AppointmentBooked", "booked"],
    ["prevention", [happened("prevention").sent], "InvitedToTalk", "invited"],
    ["acute-team", [happened("acute-team").sent], "ReferralAccepted", "accepted"],
    ["acute-team", historyOf("acute-team").visiting, "ReferralBookingAdded", "visiting"],
  ] as const)("of %s (%#) says what its kind knows", (kind, before, type, status) => {
    const { facts } = given(...before)
      .when(book(), receivers[kind].first)
      .thenRecords({
        facts: [{ type, appointment: { place: "Kirurgisk Afd.", instructions: "Mød fastende" } }],
      });
    expect(stateAfter(...before, ...facts).status).toBe(status);
  });

  it("without a time says that it was received; later it is one more word", () => {
    given(sent)
      .when(book({ at: undefined }), endo)
      .thenRecords({
        facts: [{ type: "ReferralReceived", received: "2026-11-23T10:15", note: "Mød fastende" }],
      });
    given(sent, hospital.informationRequested)
      .when(book({ at: undefined }), endo)
      .thenRecords({ facts: [{ type: "ReferralBookingAdded", note: "Mød fastende" }] });
  });

  it("on a referral that has ended still reaches its sender", () => {
    given(sent, hospital.withdrawn)
      .when(book(), endo)
      .thenRecords({ facts: [{ type: "ReferralBookingAdded" }], tell: [{ to: gp, from: endo, fact: 0 }] });
  });
});

describe("a correction", () => {
  it("by which the citizen refuses consent to prevention is not passed on", () => {
    const payload = payloadsOf("prevention")["referral.correct"];
    const prevention = { topic: "smoking", consent: { given: false, by: "Borgeren", on: "2026-11-23" } };
    given(happened("prevention").sent)
      .when(onCase("referral.correct", { ...payload, prevention }), gp)
      .thenRefuses("consent-refused");
  });

  it.each([
    [{ consentWithdrawn: true }, { consentWithdrawn: true }],
    [{ consentWithdrawn: false }, {}],
    [{}, {}],
  ])("that is withdrawn with %j says of consent no more than that: %j", (said, kept) => {
    const { facts } = given(happened("prevention").sent)
      .when(onCase("referral.withdraw", { reason: "Ønsker det ikke", ...said }), gp)
      .thenRecords({});
    expect(facts).toEqual([{ type: "ReferralWithdrawn", reason: "Ønsker det ikke", ...kept }]);
  });

  const statesOpen = ["sent", "received", "accepted", "booked", "attended"] as const;
  it.each(statesOpen)("of a referral that is %s replaces what it says, and leaves it there", (status) => {
    const before = historyOf("hospital")[status];
    const { facts } = given(...before)
      .when(correct(), gp)
      .thenRecords({ tell: [{ to: endo, from: gp, fact: 0 }] });
    const after = stateAfter(...before, ...facts);
    expect(after.status).toBe(status);
    expect(after).toMatchObject({ referral: { anamnesis: ["Træt i fire måneder."] } });
  });

  it("keeps what was sent along, unless it brings its own", () => {
    const named = { ...photoObject, description: "Billede" };
    const withPhoto = { ...sent, attachments: [named] };
    const kept = given(withPhoto).when(correct(), gp).thenRecords({});
    expect(stateAfter(withPhoto, ...kept.facts)).toMatchObject({ attachments: [named] });
    const own = { ...named, objectId: "f".repeat(32) };
    const replaced = given(withPhoto)
      .when(correct({ attachments: [own] }), gp)
      .thenRecords({});
    expect(stateAfter(withPhoto, ...replaced.facts)).toMatchObject({ attachments: [own] });
  });

  it("keeps the municipality that the directory told, where it tells none", () => {
    const { facts } = given(sent)
      .when(correct({ municipality: undefined }), gp)
      .thenRecords({});
    expect(facts).toMatchObject([{ referral: { municipality: "0890" } }]);
  });

  it("with another receiver than the referral's is refused", () => {
    given(sent)
      .when(correct({ to: { gln: who.geriatrics } }), gp)
      .thenRefuses("correction-elsewhere", "to.gln");
  });

  it("is not for the receiver, and not for a referral that has ended", () => {
    given(sent).when(correct(), endo).thenRefuses("not-your-turn");
    given(sent, hospital.withdrawn).when(correct(), gp).thenRefuses("wrong-state");
  });

  it("of nothing that is known opens the referral; what it corrects says nothing new then", () => {
    const { facts } = given()
      .when(correct({ caseId: undefined }), gp)
      .thenRecords({
        facts: [{ type: "ReferralSent", asCorrection: true }],
        warnings: [{ code: "original-unknown" }],
      });
    const late = { ...sending("hospital"), standard: "oioxml" };
    const { decision } = given(...facts).when(onCaseless(late), gp);
    expect(decision).toEqual({ kind: "ignore", reason: "corrected-already" });
    given(...facts)
      .when(onCaseless(sending("hospital")), gp)
      .thenRefuses("content-differs");
  });
});

const onCaseless = (payload: object) => onCase("referral.send", { ...payload, caseId: undefined });

describe("attachments that came in a letter of their own", () => {
  const join = onCase("referral.joinAttachments", payloadsOf("hospital")["referral.joinAttachments"]);
  const description = "Billede af struma";
  const { code, extension, sizeBytes } = photoObject;
  const target = {
    kind: "bin",
    objectId: photoObject.objectId.toUpperCase(),
    code,
    extension,
    sizeBytes,
  } as const;
  const naming: ReferralFact = {
    ...sent,
    referral: { ...sent.referral, references: [{ description, target }] },
  };

  it("are the referral's from then on, by the name that it gave them; their own letter tells its receiver", () => {
    const { facts } = given(naming).when(join, hubActor).thenRecords({ tell: [] });
    expect(facts).toMatchObject([
      { type: "ReferralAttachmentsJoined", attachmentCaseId: otherCaseId, attachments: [{ description }] },
    ]);
    expect(stateAfter(naming, ...facts)).toMatchObject({ attachments: [{ ...photoObject, description }] });
  });

  it("are told to a unit that the referral was sent on to meanwhile, since their letter went to another", () => {
    given(naming, forwarded, readdressed)
      .when(join, hubActor)
      .thenRecords({ tell: [{ to: who.cardiology, from: gp, fact: 0 }] });
  });

  it("go along when it is sent on later", () => {
    const { facts } = given(naming).when(join, hubActor).thenRecords({});
    const on = onCase("referral.forward", payloadsOf("hospital")["referral.forward"]);
    const decision = given(naming, ...facts)
      .when(on, endo)
      .thenRecords({});
    expect(decision.facts[1]).toMatchObject({ type: "ReferralReaddressed", attachments: [photoObject] });
  });
});

describe("a letter that answers no referral", () => {
  const payload = (change: object = {}) => ({
    messageId: "EPI-1",
    to: { gln: gp },
    patient: { cpr: "0107560106", surname: "Prøvesen" },
    said: { kind: "closing", status: "new", text: ["Afsluttet."], closing: { form: "XDIS15" } },
    ...change,
  });
  const receive = (change: object = {}) => onCase("referral.receiveLetter", payload(change));
  const from = receivers.prevention.first;

  it("has a case of its own, and reaches its receiver", () => {
    given()
      .when(receive(), from)
      .thenRecords({
        facts: [{ type: "ReferralLetterReceived", from, to: gp, said: { kind: "closing" } }],
        tell: [{ to: gp, from, fact: 0 }],
        parties: [from, gp],
      });
  });

  it("is told again on the same case when it is corrected, and is no other's to correct", () => {
    const [first] = historyOf("prevention").letter;
    if (first === undefined) throw new Error("no letter");
    given(first)
      .when(receive(), from)
      .thenRecords({ facts: [{ type: "ReferralLetterReceived" }] });
    given(first).when(receive(), who.cardiology).thenRefuses("content-differs");
    given(first)
      .when(receive({ to: { gln: who.otherPractice } }), from)
      .thenRefuses("content-differs");
  });

  it.each([
    ["receiver-unknown", { to: { gln: who.nobody } }, from],
    ["sender-unknown", {}, who.nobody],
    ["receiver-is-sender", {}, gp],
  ])("is refused as %s", (code, change, by) => {
    given().when(receive(change), by).thenRefuses(code);
  });

  it("opens no referral by the number of one", () => {
    const [first] = historyOf("prevention").letter;
    if (first === undefined) throw new Error("no letter");
    given(first)
      .when(onCaseless(sending("prevention")), gp)
      .thenRefuses("content-differs");
    given(sent).when(receive(), gp).thenRefuses("content-differs");
    expect(referralCore.statusOf?.(stateAfter(first))).toBe("letter");
  });
});

import { describe, expect, it } from "vitest";
import { hubActor } from "../../../../../services/case/core.ts";
import {
  call,
  command,
  given,
  type kinds,
  otherCaseId,
  sending,
  units,
} from "../../../../support/referral-given.ts";
import { changed, regionWith, who } from "../../../../support/region-view.ts";

const gp = who.practice;
const send = (kind: (typeof kinds)[number], change: object = {}, by: string = gp) =>
  given().when(command("referral.send", sending(kind, change)), by);
const warningsOf = (verdict: ReturnType<typeof send>): string[] =>
  verdict.decision.kind === "record" ? (verdict.decision.warnings ?? []).map(({ code }) => code) : [];

describe("the receiver of a hospital referral", () => {
  it.each([
    [{ speciality: "kardiologi", hospital: who.hospital }, who.cardiology],
    [{ speciality: "kardiologi", hospital: who.otherHospital }, who.cardiologyClinic],
    [{ speciality: "geriatri" }, who.geriatrics],
    [{ speciality: "geriatri", hospital: who.hospital }, units.visitation],
    [{ hospital: who.otherHospital }, units.otherVisitation],
    [{ gln: who.hospital }, units.visitation],
  ])("asked for as %j is %s", (to, receiver) => {
    send("hospital", { to }).thenRecords({ parties: [gp, receiver] });
  });

  it.each([
    [{}, "no-unit-takes"],
    [{ speciality: "oftalmologi" }, "no-unit-takes"],
    [{ gln: who.municipality }, "no-unit-takes"],
    [{ gln: who.nobody }, "receiver-unknown"],
  ])("asked for as %j is nobody: %s", (to, code) => {
    send("hospital", { to }).thenRefuses(code);
  });

  it("is never the sender", () => {
    send("hospital", {}, who.endocrinology).thenRefuses("receiver-is-sender", "to");
  });

  it("is nobody when the sender is not in force", () => {
    const directory = regionWith(changed(gp, { validTo: "2026-11-22" }));
    given()
      .when(command("referral.send", sending("hospital")), gp, { directory })
      .thenRefuses("sender-unknown", "sender");
  });
});

const advised = {
  messageId: "advice:1",
  adviceCaseId: otherCaseId,
  from: gp,
  to: who.endocrinology,
  patient: { cpr: "0107364006", surname: "Prøvesen" },
  subject: "Stofskifte",
  texts: ["Hvad gør vi?", "Vi ser patienten."],
  adviser: { name: "Overlæge Prøve" },
};
const observed = {
  messageId: "observation:1",
  observationCaseId: otherCaseId,
  from: gp,
  patient: advised.patient,
  municipality: "0890",
  call,
  directNumber: "20109001",
  responsible: { name: "Test Lægesen" },
  text: "TOBS 5.",
};

describe("a referral that the hub makes", () => {
  it("of a question goes to the unit that converted it, is told to both, and warns of what lacks", () => {
    const verdict = given().when(command("referral.openFromAdvice", advised), hubActor);
    verdict.thenRecords({
      facts: [
        {
          type: "ReferralSent",
          kind: "hospital",
          sender: gp,
          receiver: who.endocrinology,
          openedFrom: { family: "advice", caseId: otherCaseId },
          adviser: { name: "Overlæge Prøve" },
        },
      ],
      tell: [
        { to: who.endocrinology, from: gp, fact: 0 },
        { to: gp, from: who.endocrinology, fact: 0 },
      ],
      parties: [gp, who.endocrinology],
    });
    expect(warningsOf(verdict)).toContain("referrer-missing");
  });

  it("of a plan goes to the acute team of the citizen's municipality", () => {
    given()
      .when(command("referral.openFromObservation", observed), hubActor)
      .thenRecords({
        facts: [
          {
            kind: "acute-team",
            receiver: who.acuteTeam,
            openedFrom: { family: "observation", caseId: otherCaseId },
          },
        ],
        owing: [{ from: call.at }],
      });
  });

  it("of a plan is refused where nobody has an acute team", () => {
    given()
      .when(command("referral.openFromObservation", { ...observed, municipality: "0101" }), hubActor)
      .thenRefuses("no-unit-takes", "to");
  });

  it.each([
    ["referral.openFromAdvice", advised],
    ["referral.openFromObservation", observed],
  ] as const)("by %s is the hub's alone", (type, payload) => {
    given().when(command(type, payload), gp).thenRefuses("not-your-turn", "sender");
  });
});

import { describe, expect, it } from "vitest";
import { local } from "../../../../support/clock-given.ts";
import {
  call,
  command,
  complete,
  given,
  kinds,
  otherCaseId,
  receivers,
  sending,
  units,
} from "../../../../support/referral-given.ts";
import { who } from "../../../../support/region-view.ts";

const gp = who.practice;
const send = (kind: (typeof kinds)[number], change: object = {}, by: string = gp) =>
  given().when(command("referral.send", sending(kind, change)), by);
const problemsOf = (verdict: ReturnType<typeof send>): string[] =>
  verdict.decision.kind === "refuse" ? verdict.decision.problems.map(({ code }) => code) : [];
const warningsOf = (verdict: ReturnType<typeof send>): string[] =>
  verdict.decision.kind === "record" ? (verdict.decision.warnings ?? []).map(({ code }) => code) : [];
const lacking = (fields: readonly string[]): object =>
  Object.fromEntries(fields.map((field) => [field, undefined] as const));

describe("a referral that lacks nothing", () => {
  it.each(kinds)("of the kind %s is recorded, told, and owed, without a warning", (kind) => {
    const receiver = receivers[kind].first;
    send(kind).thenRecords({
      facts: [{ type: "ReferralSent", kind, sender: gp, receiver, relatesTo: [] }],
      tell: [{ to: receiver, from: gp, fact: 0 }],
      parties: [gp, receiver],
      owing: [{ kind, debtor: receiver, creditor: gp }],
      warnings: [],
    });
  });

  it("may be taken up for six months, and an alarm rings when that is over", () => {
    const recorded = send("hospital").thenRecords({ facts: [{ validUntil: "2027-05-23" }] });
    expect(recorded.alarms).toEqual([{ change: "set", alarmId: "validity", at: local("2027-05-24 00:00") }]);
  });

  it("keeps the cases that it relates to", () => {
    send("hospital", { relatesTo: [otherCaseId] }).thenRecords({ facts: [{ relatesTo: [otherCaseId] }] });
  });

  it("to an acute team is owed from the telephone call", () => {
    send("acute-team").thenRecords({ owing: [{ tier: "acute", from: call.at }] });
  });
});

describe("all that is wrong is told at once", () => {
  it("of the content", () => {
    const verdict = send("imaging", {
      referrer: {},
      clinicalReason: "  ",
      priority: "akut",
      patient: { cpr: "0101105234", surname: "Prøvesen" },
      imaging: {},
    });
    verdict.thenRefuses("referral-incomplete");
    expect(problemsOf(verdict).sort()).toEqual([
      "adults-only",
      "elective-only",
      "examination-missing",
      "gp-phone-missing",
      "reason-missing",
      "referrer-missing",
    ]);
  });

  it("of sender, receiver and content", () => {
    const verdict = send("imaging", { to: { gln: who.nobody }, clinicalReason: undefined }, who.municipality);
    verdict.thenRefuses("sender-may-not-refer");
    expect(problemsOf(verdict)).toEqual(["sender-may-not-refer", "receiver-unknown", "reason-missing"]);
  });

  it("in words that repeat no value", () => {
    const verdict = send("imaging", { patient: { cpr: "0101105234", surname: "Prøvesen" } });
    expect(JSON.stringify(verdict.decision)).not.toMatch(/0101105234|Prøvesen/);
  });
});

describe("an imaging referral", () => {
  it.each([
    ["2311086008", "2026-11-23", []],
    ["2411086008", "2026-11-23", ["adults-only"]],
    ["2411086008", "2026-11-24", []],
  ])("of the CPR number %s on %s: %j", (cpr, day, codes) => {
    const asked = command("referral.send", sending("imaging", { patient: { cpr, surname: "Prøvesen" } }));
    const verdict = given().when(asked, gp, { at: local(`${day} 10:00`) });
    expect(problemsOf(verdict)).toEqual(codes);
  });

  it("of a citizen without a CPR number is taken with a warning, since no age can be read", () => {
    const patient = { alternativeId: "2411081AA1", surname: "Prøvesen", telephones: [] };
    expect(warningsOf(send("imaging", { patient }))).toContain("age-not-known");
  });

  it("needs eGFR for a CT where the receiver demands it, and nowhere else", () => {
    const imaging = { examination: "ct-abdomen", earlierTests: "Ingen." };
    expect(problemsOf(send("imaging", { imaging }))).toEqual([]);
    const there = { gln: units.otherRadiology };
    expect(problemsOf(send("imaging", { imaging, to: there }))).toEqual(["egfr-missing"]);
    const ultrasound = { ...imaging, examination: "ultrasound-abdomen" };
    expect(problemsOf(send("imaging", { imaging: ultrasound, to: there }))).toEqual([]);
  });

  it("goes to a unit that makes that examination", () => {
    const imaging = { examination: "ct-thorax" };
    expect(problemsOf(send("imaging", { imaging, to: { gln: units.otherRadiology } }))).toEqual([
      "no-unit-takes",
    ]);
    send("imaging", { imaging, to: {} }).thenRecords({ parties: [gp, units.radiology] });
  });
});

describe("a psychiatric referral", () => {
  it.each([
    [undefined, "somatic-work-up-missing"],
    [{ status: "finished" }, "somatic-result-missing"],
    [{ status: "not-finished" }, "call-back-missing"],
  ])("with the work-up %j is taken, and warned of", (somaticWorkUp, code) => {
    expect(warningsOf(send("psychiatry", { psychiatry: { somaticWorkUp } }))).toContain(code);
  });

  it("whose work-up is not finished gives a number to call", () => {
    const psychiatry = { somaticWorkUp: { status: "not-finished", callBackNumber: "90000001" } };
    expect(warningsOf(send("psychiatry", { psychiatry })).filter((c) => c.startsWith("call"))).toEqual([]);
  });

  it("of a child is warned of when nothing is said of its parents", () => {
    const patient = { cpr: "0101154008", surname: "Prøvesen", telephones: [] };
    expect(warningsOf(send("psychiatry", { patient }))).toContain("parents-missing");
    expect(warningsOf(send("psychiatry"))).not.toContain("parents-missing");
  });

  it("finds the central visitation by itself", () => {
    send("psychiatry", { to: {} }).thenRecords({ parties: [gp, units.psychiatry] });
  });
});

describe("a referral for prevention", () => {
  it.each([
    [{ topic: "smoking" }, ["consent-who-missing", "consent-when-missing"]],
    [{ topic: "smoking", consent: { by: "Borgeren" } }, ["consent-when-missing"]],
    [{ topic: "smoking", consent: { by: "Borgeren", on: "2026-11-24" } }, ["consent-not-yet"]],
    [{ consent: { by: "Borgeren", on: "2026-11-23" } }, ["topic-missing"]],
  ])("with %j lacks %j", (prevention, codes) => {
    expect(problemsOf(send("prevention", { prevention }))).toEqual(codes);
  });

  it("is not sent when the citizen refuses consent, and is told so before all else that lacks", () => {
    const refused = { given: false, by: "Borgeren", on: "2026-11-23" };
    send("prevention", { prevention: { topic: "smoking", consent: refused } }).thenRefuses("consent-refused");
    const prevention = { consent: { given: false } };
    const verdict = send("prevention", { prevention });
    verdict.thenRefuses("consent-refused");
    expect(problemsOf(verdict)).toEqual(
      expect.arrayContaining(["consent-refused", "consent-who-missing", "topic-missing"]),
    );
    const given = { topic: "smoking", consent: { ...refused, given: true } };
    send("prevention", { prevention: given }).thenRecords({ parties: [gp, units.healthCentre] });
  });

  it("stops nothing else: nursing now rests on treatment, and says what was refused", () => {
    const prevention = { consent: { given: false, by: "Borgeren", on: "2026-11-23" } };
    send("acute-team", { prevention }).thenRecords({
      facts: [{ type: "ReferralSent", referral: { prevention: { consent: { given: false } } } }],
    });
  });

  it("goes to the municipality that the citizen lives in", () => {
    send("prevention", { to: {} }).thenRecords({ parties: [gp, units.healthCentre] });
    send("prevention", { to: {}, municipality: "891" }).thenRecords({
      parties: [gp, units.otherHealthCentre],
    });
  });

  it("goes to the clarifying talk where the municipality has no offer of that topic", () => {
    const prevention = { topic: "alcohol", consent: { by: "Borgeren", on: "2026-11-23" } };
    send("prevention", { to: {}, prevention }).thenRecords({ parties: [gp, units.healthCentre] });
  });
});

describe("a request for the acute team", () => {
  const acuteTeam = { call, directNumber: "20109001", responsible: { name: "Test Lægesen" } };
  it.each([
    [{ ...acuteTeam, call: undefined }, ["call-missing", "call-missing", "call-missing", "call-missing"]],
    [{ ...acuteTeam, call: { ...call, answeredBy: undefined } }, ["call-missing"]],
    [{ ...acuteTeam, call: { ...call, at: "2026-11-23T10:00:00.000Z" } }, ["call-not-yet"]],
    [{ ...acuteTeam, directNumber: undefined }, ["direct-number-missing"]],
    [{ ...acuteTeam, responsible: undefined }, ["responsible-missing"]],
    [{ ...acuteTeam, responsible: undefined, substitute: { name: "Vikar" } }, ["substitute-end-missing"]],
    [
      { ...acuteTeam, substitute: { name: "Vikar", until: "2026-11-23T08:00:00.000Z" } },
      ["substitute-ended"],
    ],
    [{ ...acuteTeam, substitute: { name: "Vikar", until: "2026-11-23T15:00:00.000Z" } }, []],
  ])("with %j is refused for %j", (change, codes) => {
    expect(problemsOf(send("acute-team", { acuteTeam: change }))).toEqual(codes);
  });

  it("comes from a municipality under a framework delegation only", () => {
    expect(problemsOf(send("acute-team", {}, who.municipality))).toEqual(["sender-may-not-refer"]);
    const delegated = { acuteTeam: { ...acuteTeam, frameworkDelegation: true } };
    expect(problemsOf(send("acute-team", delegated, who.municipality))).toEqual([]);
  });

  it.each([
    ["2026-12-31 23:59", who.acuteTeam],
    ["2027-01-01 00:00", units.regionalTeam],
  ])("for municipality 0890 at %s goes to %s", (time, receiver) => {
    const at = local(time);
    const asked = sending("acute-team", { to: {}, acuteTeam: { ...acuteTeam, call: { ...call, at } } });
    given()
      .when(command("referral.send", asked), gp, { at })
      .thenRecords({ facts: [{ receiver }], parties: [gp, receiver] });
  });

  it("to the team of last year is refused in words that name the new one", () => {
    const at = local("2027-01-04 09:00");
    const verdict = given().when(command("referral.send", sending("acute-team")), gp, { at });
    verdict.thenRefuses("no-unit-takes", "to.gln");
    expect(JSON.stringify(verdict.decision)).toContain(units.regionalTeam);
  });
});

describe("what is only wished for", () => {
  it("is a warning, every one of them", () => {
    const bare = lacking(Object.keys(complete.hospital).filter((key) => key !== "patient"));
    const verdict = send("hospital", {
      ...bare,
      clinicalReason: "Udredning?",
      referrer: { name: "Test Lægesen" },
    });
    expect(warningsOf(verdict).sort()).toEqual([
      "cave-missing",
      "diagnosis-missing",
      "findings-missing",
      "form-missing",
      "history-missing",
      "medicine-missing",
      "priority-missing",
      "referrer-phone-missing",
    ]);
  });
});

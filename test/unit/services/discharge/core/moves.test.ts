import { describe, expect, it } from "vitest";
import { DischargeCommands } from "../../../../../contracts/messages/discharge.ts";
import { dischargeCore } from "../../../../../services/discharge/core/decide.ts";
import { moveOf, moves, openings, type Role } from "../../../../../services/discharge/core/moves.ts";
import {
  admitted,
  assess,
  cancel,
  consent,
  contextOf,
  correct,
  discharged,
  lone,
  notify,
  on,
  onCase,
  parties,
  type Run,
  run,
  summary,
} from "../../../../support/discharge-given.ts";

const { hospital, ward, practice, municipality, elsewhere } = parties;
const at = on("tue 10:00");
const actors: Record<Role, string> = { hospital, practice, municipality, hub: "hub" };
const review = onCase("discharge.review", {
  summaryId: "epi-1",
  reviewer: "D. Testgaard",
  verdict: "agrees",
});
const send = { at: on("mon 11:00"), command: summary() };

/** A history that leads to each status. */
const histories: Record<string, Run> = {
  none: run(),
  cancelled: run({ at: on("fri 09:31"), command: cancel("adv-9") }),
  acuteAmbulant: run({ at: on("fri 09:31"), command: notify("acute-ambulant", on("fri 09:30")) }),
  admitted: run(admitted),
  onLeave: run(admitted, { at: on("sat 10:00"), command: notify("leave-started", on("sat 10:00")) }),
  transferred: run(admitted, {
    at: on("sat 10:00"),
    command: notify("transferred", on("sat 10:00"), { department: elsewhere }),
  }),
  discharged: run(admitted, discharged),
  summarySent: run(admitted, discharged, send),
  reviewed: run(admitted, discharged, send, { by: practice, at: on("mon 12:00"), command: review }),
  dead: run(admitted, { at: on("sun 10:00"), command: notify("dead", on("sun 10:00")) }),
  loneSummary: run({ at: on("mon 11:00"), command: lone() }),
  loneReviewed: run(
    { at: on("mon 11:00"), command: lone() },
    { by: practice, at: on("mon 12:00"), command: review },
  ),
};

const commands = {
  "discharge.notify": notify("admitted", on("tue 09:00")),
  "discharge.correct": correct("adv-7", on("tue 09:00")),
  "discharge.cancel": cancel("adv-8"),
  "discharge.noteTransfer": onCase("discharge.noteTransfer", {
    messageId: "h",
    occurredAt: at,
    department: elsewhere,
  }),
  "discharge.plan": onCase("discharge.plan", { date: "2026-11-25" }),
  "discharge.assess": assess(),
  "discharge.requestAdmissionReport": onCase("discharge.requestAdmissionReport"),
  "discharge.answerAdmission": onCase("discharge.answerAdmission", {
    contacts: [{ names: ["Hjemmeplejen"], phone: "90000040", hours: "Hele døgnet" }],
  }),
  "discharge.receiveSummary": lone({ status: "corrected", summaryId: "epi-2" }),
  "discharge.sendAdmissionReport": onCase("discharge.sendAdmissionReport", { text: "Pleje" }),
  "discharge.tick": onCase("discharge.tick", { item: "medication", status: "done", person: "A. Testlund" }),
  "discharge.sendCarePlan": onCase("discharge.sendCarePlan", { text: "Pleje" }),
  "discharge.sendSummary": summary(),
  "discharge.correctSummary": onCase("discharge.correctSummary", {
    ...summary({ summaryId: "epi-2" }).payload,
    corrects: "epi-1",
  }),
  "discharge.cancelSummary": onCase("discharge.cancelSummary", { summaryId: "epi-1", reason: "Fejl" }),
  "discharge.review": review,
  "discharge.extendResponsibility": onCase("discharge.extendResponsibility", {
    until: on("fri2 10:00"),
    reason: "Svar",
  }),
  "discharge.suspendResponsibility": onCase("discharge.suspendResponsibility", { calledAt: at }),
  "discharge.resumeResponsibility": onCase("discharge.resumeResponsibility", { endedAt: at }),
  "discharge.askHomeVisit": onCase("discharge.askHomeVisit", { reason: "Skrøbelig", consent }),
  "discharge.askWishedVisit": onCase("discharge.askWishedVisit", { summaryId: "epi-1" }),
  "discharge.bookHomeVisit": onCase("discharge.bookHomeVisit", { startsAt: at }),
  "discharge.holdHomeVisit": onCase("discharge.holdHomeVisit", { heldAt: at, place: "home", note: "Set" }),
  "discharge.declineHomeVisit": onCase("discharge.declineHomeVisit", {
    declinedBy: "citizen",
    reason: "Nej",
  }),
  "discharge.ring": onCase("discharge.ring", { alarmId: "responsibility-end" }),
} as const;
type Type = keyof typeof commands;

/** A summary alone names no municipality: none is a party to it. */
const plays = (role: Role, status: string): boolean => role !== "municipality" || !status.startsWith("lone");

const open = Object.keys(histories).filter((status) => status !== "none");
const cells = (Object.keys(commands) as Type[]).flatMap((type) =>
  open.flatMap((status) => (Object.keys(actors) as Role[]).map((role) => ({ type, status, role }))),
);
const decide = (type: Type, status: string, actor: string) => {
  const before = histories[status];
  if (before === undefined) throw new Error(status);
  return dischargeCore.decide(before.state, commands[type], contextOf(before, { by: actor, at }));
};

const canOn = (before: Run | undefined, actor: string, now: string): readonly string[] =>
  before === undefined
    ? []
    : (dischargeCore.can?.(before.state, { actor, now, today: now.slice(0, 10) }) ?? []);

describe("the table of moves", () => {
  it("has every command, and a history that leads to each status", () => {
    expect([...Object.keys(DischargeCommands), "discharge.ring"].sort()).toEqual(
      Object.keys(commands).sort(),
    );
    for (const [status, history] of Object.entries(histories)) expect(history.state.status).toBe(status);
    const rows = new Set(Object.keys({ ...openings, ...moves }).map((key) => key.split(" ")[0] ?? ""));
    expect([...rows].sort()).toEqual(Object.keys(commands).sort());
  });

  it.each(cells)(
    "$type by the $role, while $status, is allowed as the table says",
    ({ type, status, role }) => {
      const move = moveOf(type);
      const decision = decide(type, status, actors[role]);
      const code = decision.kind === "refuse" ? decision.code : undefined;
      if (!move.by.some((by) => by === role && plays(by, status))) {
        expect(code).toBe("not-your-turn");
        return;
      }
      expect(code).not.toBe("not-your-turn");
      const isRefusedByState = !move.when.some((when) => when === status);
      if (isRefusedByState) expect(code).toBe("wrong-state");
      if (decision.kind !== "record" || move.leadsTo.length === 0) return;
      const after = decision.facts.reduce(dischargeCore.evolve, (histories[status] as Run).state);
      expect([status, ...move.leadsTo]).toContain(after.status);
    },
  );

  it.each(cells.filter(({ role }) => role !== "hub"))(
    "$type by the $role, while $status, is said to be taken if it is",
    ({ type, status, role }) => {
      expect(canOn(histories[status], actors[role], at).includes(type)).toBe(
        decide(type, status, actors[role]).kind === "record",
      );
    },
  );

  it("says what a home visit and a call-out allow, as they stand", () => {
    const asked = run(admitted, discharged, {
      at: on("mon 11:00"),
      by: practice,
      command: commands["discharge.askHomeVisit"],
    });
    const visits = (before: Run, by: string) =>
      canOn(before, by, at).filter((type) => type.endsWith("HomeVisit"));
    expect(visits(asked, municipality)).toEqual([
      "discharge.bookHomeVisit",
      "discharge.holdHomeVisit",
      "discharge.declineHomeVisit",
    ]);
    expect(visits(asked, hospital)).toEqual(["discharge.declineHomeVisit"]);
    const calls = (before: Run | undefined, when: string) =>
      canOn(before, practice, when).filter((type) => type.endsWith("Responsibility"));
    expect(calls(histories["discharged"], on("fri2 10:00"))).toEqual([]);
  });

  it.each(Object.keys(commands) as Type[])(
    "%s on no stay finds no case, unless it is a message on a stay or a summary",
    (type) => {
      const decision = decide(type, "none", hospital);
      if (Object.keys(openings).some((key) => key.split(" ")[0] === type))
        expect(decision.kind).toBe("record");
      else expect(decision).toMatchObject({ kind: "refuse", code: "case-unknown" });
    },
  );

  it("counts a ward that had the patient as the hospital, and another hospital's as nobody", () => {
    expect(decide("discharge.tick", "admitted", ward).kind).toBe("record");
    expect(decide("discharge.tick", "admitted", elsewhere)).toMatchObject({ code: "not-your-turn" });
  });
});

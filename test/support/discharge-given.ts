import { agreements } from "../../contracts/codes/agreements.ts";
import { DischargeCommand } from "../../contracts/messages/discharge.ts";
import type { DischargeFact } from "../../contracts/messages/discharge-facts.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import { type CaseState, evolveCase, noCase } from "../../services/case/case-state.ts";
import { localDateTimeOf } from "../../services/case/clock-zone.ts";
import { acceptanceRecord } from "../../services/case/compose-record.ts";
import { type DecisionContext, hubActor } from "../../services/case/core.ts";
import type { Decision } from "../../services/case/decision.ts";
import type { DirectoryView } from "../../services/case/directory-view.ts";
import { askAdmissionReport } from "../../services/coordination/core/ask-admission-report.ts";
import { askHomeVisit } from "../../services/coordination/core/ask-home-visit.ts";
import type { History } from "../../services/coordination/core/workflow.ts";
import { dischargeCore } from "../../services/discharge/core/decide.ts";
import { isOpen, type Stay, type StayState } from "../../services/discharge/core/state.ts";
import { local } from "./clock-given.ts";
import { regionView, who } from "./region-view.ts";

const caseId = "0b6f5a52-6e1c-5a44-9d0e-2f4c8f6a7b10";
export const municipality = "5790000300020";
export const patient = { cpr: "0107364006", surname: "Prøvesen", givenName: "Åse" } as const;

/** The parties of the tests: a ward of Sygehus Sønderå, a practice, the citizen's municipality. */
export const parties = {
  hospital: who.otherHospital,
  ward: who.geriatrics,
  otherWard: who.cardiologyClinic,
  elsewhere: who.endocrinology,
  practice: who.practice,
  municipality,
} as const;

/** A Danish wall-clock time on a day of the stay's week: `fri 09:30` is Friday 20 November 2026. */
const days = {
  thu: "2026-11-19",
  fri: "2026-11-20",
  sat: "2026-11-21",
  sun: "2026-11-22",
  mon: "2026-11-23",
  tue: "2026-11-24",
  wed: "2026-11-25",
  thu2: "2026-11-26",
  fri2: "2026-11-27",
};
export const on = (text: string): string => {
  const [day = "", time = ""] = text.split(" ");
  return local(`${days[day as keyof typeof days]} ${time}`);
};

const command = (type: DischargeCommand["type"], payload: object, id = "c-1"): DischargeCommand =>
  DischargeCommand.parse({ type, id, payload });
export const onCase = (type: DischargeCommand["type"], payload: object = {}): DischargeCommand =>
  command(type, { caseId, ...payload });

const base = { stayId: "ophold-1", patient, municipality, practice: parties.practice };

/** A notification: its event, when it happened, and its own id. */
export const notify = (event: string, occurredAt: string, change: object = {}): DischargeCommand =>
  command("discharge.notify", {
    ...base,
    messageId: `${event} ${occurredAt}`,
    event,
    occurredAt,
    department: parties.ward,
    ...change,
  });
export const correct = (corrects: string, occurredAt: string, change: object = {}): DischargeCommand =>
  command("discharge.correct", {
    ...base,
    messageId: `ret ${corrects} ${occurredAt}`,
    corrects,
    issuedAt: occurredAt,
    occurredAt,
    department: parties.ward,
    ...change,
  });
export const cancel = (cancels: string, change: object = {}): DischargeCommand =>
  command("discharge.cancel", { ...base, messageId: `an ${cancels}`, cancels, ...change });

export const qualifying = {
  psychiatric: false,
  treatmentFinished: true,
  municipalNursing: true,
  municipalCare: true,
  terminal: false,
  phone: "90000047",
} as const;
export const assess = (change: object = {}): DischargeCommand =>
  onCase("discharge.assess", { ...qualifying, ...change });

export const consent = { given: true, notedBy: "Sygeplejerske C. Eksempel" } as const;
export const summary = (change: object = {}): DischargeCommand =>
  onCase("discharge.sendSummary", {
    summaryId: "epi-1",
    resume: "Indlagt med hjertesvigt.",
    unit: "Geriatrisk Afd.",
    dictatedBy: "Reservelæge A. Testlund",
    ...change,
  });
export const marked = (priority = "subakut") => ({
  actionPriority: priority,
  recommendedAction: "Kontrol af kalium.",
});

/** A summary of a stay that nobody told of. */
export const lone = (change: object = {}): DischargeCommand =>
  command("discharge.receiveSummary", {
    messageId: "EPI0000000001",
    summaryId: "epi-1",
    status: "new",
    form: "XDIS01",
    patient,
    practice: parties.practice,
    resume: "Indlagt med hjertesvigt.",
    unit: "Geriatrisk Afd.",
    dictatedBy: "Reservelæge A. Testlund",
    ...change,
  });

export type Run = {
  state: StayState;
  common: CaseState;
  decision: Decision<DischargeFact>;
  facts: DischargeFact[];
  records: CaseRecord[];
};
type Step = { by?: string; at: string; command: DischargeCommand };
type Recorded = Extract<Decision<DischargeFact>, { kind: "record" }>;

const envelopeOf = (step: Step, no: number) =>
  ({
    id: `id-${String(no)}`,
    type: step.command.type,
    version: 1,
    time: step.at,
    sender: step.by ?? parties.hospital,
    payload: step.command.payload,
  }) as const;

const recorded = (run: Run, step: Step, decision: Recorded, directory: DirectoryView): Run => {
  const own = decision.facts.reduce<StayState>(dischargeCore.evolve, run.state);
  const record = acceptanceRecord(
    {
      family: "discharge",
      caseId,
      before: run.common,
      envelope: envelopeOf(step, run.common.no),
      digest: "d",
      at: step.at,
      agreements,
      directory,
    },
    decision,
    { status: own.status, card: dischargeCore.cardOf?.(own) },
  );
  return {
    state: own,
    common: evolveCase(run.common, record),
    decision,
    facts: [...run.facts, ...decision.facts],
    records: [...run.records, record],
  };
};

export const contextOf = (
  run: Pick<Run, "common">,
  { by = parties.hospital, at }: Pick<Step, "by" | "at">,
  directory: DirectoryView = regionView,
): DecisionContext => {
  const localTime = localDateTimeOf(at);
  const today = localTime.slice(0, 10);
  return { caseId, actor: by, now: at, local: localTime, today, directory, common: run.common };
};

const start = (): Run => ({
  state: dischargeCore.initial,
  common: noCase(caseId),
  decision: { kind: "ignore", reason: "nothing-yet" },
  facts: [],
  records: [],
});

/** One command after another on one stay, with the clocks and alarms that the kernel keeps. */
export const runOn = (before: Run, ...steps: readonly Step[]): Run =>
  steps.reduce<Run>((run, step) => {
    const decision = dischargeCore.decide(run.state, step.command, contextOf(run, step));
    if (decision.kind === "record") return recorded(run, step, decision, regionView);
    const { state, common, facts, records } = run;
    return { state, common, facts, records, decision };
  }, before);
export const run = (...steps: readonly Step[]): Run => runOn(start(), ...steps);

/** What the hub's rules ask of a stay after each of its records, asked now: all of it again, and whatever is new. */
export const hubAsks = (of: Run, at: string): Run => {
  const orders = of.records.flatMap((record, i) =>
    [askAdmissionReport, askHomeVisit]
      .filter((rule) => rule.concerns(record))
      .flatMap((rule) => rule.ordersOf([...of.records.slice(0, i), record] as unknown as History, [])),
  );
  return runOn(
    of,
    ...orders.map(({ type, payload }) => ({
      by: hubActor,
      at,
      command: DischargeCommand.parse({ type, id: "c-1", payload }),
    })),
  );
};
/** The same as `run`, and the hub asks at once after each step. */
export const runAsked = (...steps: readonly Step[]): Run =>
  steps.reduce<Run>((run, step) => hubAsks(runOn(run, step), step.at), start());

export const stayOf = ({ state }: Run): Stay => {
  if (!isOpen(state)) throw new Error("There is no stay.");
  return state;
};
/** Facts of the last decision, by type. */
export const factsOf = ({ decision }: Run): string[] =>
  decision.kind === "record" ? decision.facts.map(({ type }) => type) : [];
export const toldOf = ({ decision }: Run, type: string): string[] =>
  decision.kind === "record"
    ? decision.tell.filter(({ fact }) => decision.facts[fact]?.type === type).map(({ to }) => to)
    : [];
export const warningsOf = ({ decision }: Run): string[] =>
  decision.kind === "record" ? (decision.warnings ?? []).map(({ code }) => code) : [];
/** `AGREEMENT about status due`, for clocks that are open or were. */
export const clocksOf = ({ common }: Run): string[] =>
  Object.values(common.clocks)
    .filter(({ deliveryId }) => deliveryId === undefined)
    .map(({ agreement, about, status, due }) =>
      [agreement, about, status, localDateTimeOf(due)].filter((word) => word !== undefined).join(" "),
    );
export const openClocks = (of: Run, agreement: string): number =>
  clocksOf(of).filter((line) => line.startsWith(agreement) && /running/.test(line)).length;

/** Admitted on Friday morning and discharged on Monday at ten, assessed as it should be: 72 hours apply. */
export const admitted: Step = { at: on("fri 09:31"), command: notify("admitted", on("fri 09:30")) };
export const discharged: Step = { at: on("mon 10:01"), command: notify("discharged", on("mon 10:00")) };
export const underResponsibility = (): Run =>
  run(admitted, { at: on("mon 09:00"), command: assess() }, discharged);

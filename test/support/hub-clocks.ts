/** Clocks in the records of the hub: a question to endocrinology under an agreement of the test, and what is then made of it. */
import type { Agreement } from "../../contracts/agreement.ts";
import { agreements as builtIn } from "../../contracts/codes/agreements.ts";
import type { Organisation } from "../../contracts/messages/directory.ts";
import { type RecountCommand, recountCore, type Terms } from "../../services/agreement/core/recount.ts";
import { type ExplainedClock, explainClock } from "../../services/agreement/explain/explain-clock.ts";
import { createCaseHandler } from "../../services/case/case-handler.ts";
import type { ClockState } from "../../services/case/clock-book.ts";
import { localDateTimeOf } from "../../services/case/clock-zone.ts";
import { hubActor } from "../../services/case/core.ts";
import { likeAgreement } from "./agreement-sets.ts";
import { accepted, createTestCases, question, type TestCases } from "./case-given.ts";
import { region, viewOf, who } from "./region-view.ts";

export const endo = who.endocrinology;
export const gp = who.practice;

/** Monday to Friday, nine to five. */
const office: Organisation["openingHours"] = [{ days: [1, 2, 3, 4, 5], opens: "09:00", closes: "17:00" }];

export type HubClocks = {
  cases: TestCases;
  /** Puts versions beside the built-in ones; those of the same id and version are replaced. */
  agree: (...versions: Agreement[]) => void;
  /** From now on the organisation is like this. */
  change: (gln: string, change: Partial<Organisation>) => void;
  ask: (at: string, messageId?: string) => Promise<string>;
  /** A command of advice on a case, at a Danish time. */
  say: (at: string, caseId: string, what: string) => Promise<void>;
  recount: (at: string, caseId: string, recomputing?: Terms["recomputing"]) => Promise<string>;
  clock: (caseId: string, which?: number) => ClockState;
  /** `yyyy-mm-dd hh:mm`, Danish. */
  due: (caseId: string, which?: number) => string;
  explain: (caseId: string, which?: number) => ExplainedClock;
};

const byUnit = new Set(["requestInformation", "answer", "decline"]);
const texts: Readonly<Record<string, object>> = {
  answer: { text: "Svar.", outcome: "advice" },
  withdraw: { reason: "Løst." },
};

/** The agreement of the test: about specialist advice, by the unit's hours unless it says otherwise. */
export const promise = (change: Partial<Agreement> = {}): Agreement =>
  likeAgreement("ADVICE-MSG", {
    calendar: "debtorHours",
    warnAt: { kind: "elapsed", minutes: 1 },
    ...change,
  });

export const hubClocks = (...versions: Agreement[]): HubClocks => {
  // The cases look at it anew for each decision.
  const kept = [...builtIn];
  let organisations = region.map((o) =>
    o.gln === endo ? { ...o, openingHours: office, closingDays: [] } : o,
  );
  const agree = (...more: Agreement[]): void => {
    const isNew = (a: Agreement) => more.some(({ id, version }) => a.id === id && a.version === version);
    kept.splice(0, kept.length, ...kept.filter((a) => !isNew(a)), ...more);
  };
  agree(...versions);
  const directory = {
    organisation: (gln: string) => viewOf(organisations).organisation(gln),
    all: () => organisations,
  };
  const cases = createTestCases({ directory, agreements: kept });
  const recounts = createCaseHandler(recountCore, cases.ports);
  let count = 0;
  const clocksOf = (caseId: string): ClockState[] =>
    Object.values(cases.state(caseId).clocks).filter(({ deliveryId }) => deliveryId === undefined);
  const clock = (caseId: string, which = 0): ClockState => {
    const found = clocksOf(caseId)[which];
    if (found === undefined) throw new Error(`The case has no clock ${String(which)}.`);
    return found;
  };
  return {
    cases,
    agree,
    change: (gln, change) => {
      organisations = organisations.map((o) => (o.gln === gln ? { ...o, ...change } : o));
    },
    ask: async (at, messageId = `M-${String(++count)}`) => {
      cases.at(at);
      const order = { type: "advice.ask", by: gp, payload: question(messageId), id: `ask-${messageId}` };
      return accepted(await cases.send(order)).caseId;
    },
    say: async (at, caseId, what) => {
      cases.at(at);
      const payload = { caseId, text: "Nyt.", ...texts[what] };
      accepted(await cases.send({ type: `advice.${what}`, by: byUnit.has(what) ? endo : gp, payload }));
    },
    recount: async (at, caseId, recomputing = []) => {
      cases.at(at);
      const command: RecountCommand = { type: "recount", terms: { agreements: kept, recomputing } };
      const envelope = {
        id: `recount-${String(++count)}`,
        type: "agreement.recount",
        version: 1,
        time: cases.ports.now(),
        sender: hubActor,
        payload: command,
      } as const;
      return (await recounts({ caseId, opens: false, envelope, command })).status;
    },
    clock,
    due: (caseId, which) => localDateTimeOf(clock(caseId, which).due).replace("T", " "),
    explain: (caseId, which) => {
      const { clockId } = clock(caseId, which);
      const found = explainClock(cases.records(caseId), clockId, {
        agreements: kept,
        asOf: cases.ports.now(),
      });
      if (found === undefined) throw new Error(`The clock ${clockId} is not explained.`);
      return found;
    },
  };
};

import type { CaseRecord } from "../../contracts/record.ts";
import { envelopeParts, type History, type Order, type PatientIds, type Workflow } from "./core/workflow.ts";
import type { CoordinationPorts } from "./ports.ts";

/** A rule that answers itself for ever would never let the journal go on: no chain of answers is longer than this. */
const longestChain = 5;

const historyOf = (records: readonly CaseRecord[], occasion: CaseRecord): History => [
  ...records.filter(({ meta }) => meta.no < occasion.meta.no),
  occasion,
];

const casesOf = async (
  ports: CoordinationPorts,
  patient: PatientIds | undefined,
): Promise<CaseRecord[][]> => {
  if (patient === undefined) return [];
  const caseIds = await ports.casesOfPatient(patient);
  return Promise.all(caseIds.map(async (caseId) => (await ports.load(caseId)).map(({ record }) => record)));
};

/**
 * Does what a record of the journal sets off by the rules, one after the other, each answer awaited. A fault is thrown, so
 * that the same record comes again: every command has an id of its own, and sent twice it is one.
 */
export const createRuleFollower =
  (rules: readonly Workflow[], ports: CoordinationPorts) =>
  async (occasion: CaseRecord): Promise<void> => {
    const concerned = rules.filter((rule) => rule.concerns(occasion));
    if (concerned.length === 0) return;
    const history = historyOf(
      (await ports.load(occasion.caseId)).map(({ record }) => record),
      occasion,
    );
    for (const { rule, ordersOf, patientOf } of concerned) {
      const others = await casesOf(ports, patientOf?.(occasion));
      for (const [i, order] of ordersOf(history, others).entries())
        await follow(ports, { rule, occasion, i, order });
    }
  };

const follow = async (
  ports: CoordinationPorts,
  { rule, occasion, i, order }: { rule: string; occasion: CaseRecord; i: number; order: Order },
): Promise<void> => {
  let next: Order | undefined = order;
  for (let step = 0; next !== undefined && step < longestChain; step++) {
    const { type, payload, answered }: Order = next;
    const reply = await ports.send({
      ...envelopeParts(rule, occasion, `${String(i)}.${String(step)}`),
      type,
      payload,
    });
    const { caseId } = occasion;
    // What is refused here nobody sent by hand: the rule's own answer tells those who wait, and the log tells the operator.
    if (reply.status === "refused") ports.log.warn("a rule was refused", { caseId, rule, code: reply.code });
    else ports.log.info("a rule was followed", { caseId, rule, status: reply.status });
    next = answered?.(reply);
  }
};

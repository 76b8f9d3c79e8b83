import { describe, expect, it } from "vitest";
import type { CommandReply } from "../../../../contracts/envelope.ts";
import { Fault } from "../../../../contracts/errors.ts";
import type { CaseRecord } from "../../../../contracts/record.ts";
import type { Order, Workflow } from "../../../../services/coordination/core/workflow.ts";
import { createRuleFollower } from "../../../../services/coordination/follow-rules.ts";
import type { CoordinationPorts, HubCommand } from "../../../../services/coordination/ports.ts";
import { asking, createTestCases } from "../../../support/case-given.ts";

const ignored = { status: "ignored", reason: "nothing" } as const;
type Reply = Exclude<CommandReply, { status: "failed" }>;

const following = async (rules: Workflow[], answer: (command: HubCommand) => Promise<Reply>) => {
  const cases = createTestCases();
  const { caseId } = await asking(cases);
  const [record] = cases.records(caseId);
  const sent: HubCommand[] = [];
  const ports: CoordinationPorts = {
    send: (command) => {
      sent.push(command);
      return answer(command);
    },
    load: cases.ports.load,
    casesOfPatient: () => Promise.resolve([caseId]),
    index: {
      get: () => Promise.resolve(null),
      hgetall: () => Promise.resolve({}),
      highest: () => Promise.resolve([]),
    },
    digest: cases.ports.digest,
    nowMs: () => 0,
    log: { info: () => undefined, warn: () => undefined },
  };
  return { record: record as CaseRecord, caseId, sent, react: createRuleFollower(rules, ports) };
};

const rule = (orders: readonly Order[], concerns = true): Workflow => ({
  rule: "test-rule",
  facts: ["AnyFact"],
  concerns: () => concerns,
  ordersOf: () => orders,
});

describe("following the rules", () => {
  it("sends what a record sets off, each under an id of its own that a second time is the same", async () => {
    const orders = [
      { type: "a.one", payload: { n: 1 } },
      { type: "a.two", payload: { n: 2 } },
    ];
    const { react, record, sent, caseId } = await following([rule(orders)], () => Promise.resolve(ignored));
    await react(record);
    await react(record);
    const ids = [`test-rule:${caseId}:1:0.0`, `test-rule:${caseId}:1:1.0`];
    expect(sent.map(({ id }) => id)).toEqual([...ids, ...ids]);
    expect(sent[0]).toMatchObject({ type: "a.one", payload: { n: 1 }, causation: `${caseId}.1` });
  });

  it("sends what an answer sets off, and stops a rule that answers itself for ever", async () => {
    const endless: Order = { type: "a.again", payload: {}, answered: () => endless };
    const { react, record, sent } = await following([rule([endless])], () => Promise.resolve(ignored));
    await react(record);
    expect(sent.length).toBe(5);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(5);
  });

  it("does nothing for a record that concerns no rule", async () => {
    const orders = [{ type: "a.one", payload: {} }];
    const { react, record, sent } = await following([rule(orders, false)], () => Promise.resolve(ignored));
    await react(record);
    expect(sent).toEqual([]);
  });

  it("throws a fault, so that the record comes again", async () => {
    const orders = [{ type: "a.one", payload: {} }];
    const { react, record } = await following([rule(orders)], () =>
      Promise.reject(new Fault("service-unavailable")),
    );
    await expect(react(record)).rejects.toThrow(Fault);
  });

  it("goes on after a refusal: the rule's own answer tells those who wait", async () => {
    const told: Order = { type: "a.told", payload: {} };
    const order: Order = { type: "a.one", payload: {}, answered: () => told };
    const refused: Reply = { status: "refused", code: "wrong-state", problems: [], duplicate: false };
    const { react, record, sent } = await following([rule([order])], () => Promise.resolve(refused));
    await react(record);
    expect(sent.map(({ type }) => type)).toEqual(["a.one", "a.told", "a.told"].slice(0, 2));
  });
});

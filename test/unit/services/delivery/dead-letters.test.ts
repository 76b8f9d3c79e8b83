import { beforeEach, describe, expect, test } from "vitest";
import type { DeadLetterStep } from "../../../../contracts/messages/dead-letters.ts";
import type { DocumentOutcome } from "../../../../contracts/messages/document.ts";
import { operator } from "../../../../services/case/hub-actor.ts";
import type { DocumentHistory } from "../../../../services/delivery/core/dead-letter.ts";
import {
  createDeadLetterCommands,
  createDeadLetterQuery,
  type DeadLetterPorts,
} from "../../../../services/delivery/dead-letters.ts";
import { who } from "../../../support/region-view.ts";

const at = "2026-11-23T10:00:00.000Z";
const intake = "01J0000000000000000000000";
const refusedOutcome: DocumentOutcome = {
  intake,
  status: "refused",
  code: "receiver-unknown",
  duplicate: true,
  problems: [],
};

let steps: DeadLetterStep[];
let outcome: DocumentOutcome;
let asked: unknown[];
let lines: unknown[];
let refused: boolean;

const history = (): DocumentHistory => ({
  document: {
    intake,
    standard: "oioxml",
    sender: who.practice,
    mediaType: "application/xml",
    receivedAt: at,
  },
  ...(refused
    ? { refused: { intake, sender: who.practice, at, code: "receiver-unknown", problems: [] } }
    : {}),
  steps,
});

const ports: DeadLetterPorts = {
  loadCase: () => Promise.resolve([]),
  history: (id) => Promise.resolve(id === intake ? history() : undefined),
  noteStep: (id, step) => {
    expect(id).toBe(intake);
    steps.push(step);
    return Promise.resolve();
  },
  submit: (document) => {
    asked.push(document);
    return Promise.resolve({ as: "corrected", outcome });
  },
  readAgain: (of) => {
    asked.push(of);
    return Promise.resolve(outcome);
  },
  unitsOf: (gln) => (gln === who.hospital ? [who.hospital, who.cardiology] : [gln]),
  handle: (envelope) => {
    asked.push(envelope);
    return Promise.resolve({ status: "refused", code: "case-unknown", problems: [], duplicate: false });
  },
  now: () => at,
  audit: (event, fields) => {
    lines.push({ event, ...fields });
  },
};

beforeEach(() => {
  [steps, asked, lines, outcome, refused] = [[], [], [], refusedOutcome, true];
});

const command = (type: string, payload: object, { by = operator, id = "c-1" } = {}) =>
  createDeadLetterCommands(ports)({
    id,
    type: `delivery.${type}`,
    version: 1,
    time: at,
    sender: by,
    payload: { id: intake, person: "drift@example.org", ...payload },
  });
const sendAgain = (payload: object = {}, by?: { by?: string; id?: string }) =>
  command("sendDeadLetterAgain", payload, by);
const close = (payload: object = { reason: "Ringet" }, by?: { by?: string; id?: string }) =>
  command("closeDeadLetter", payload, by);
const document = { digest: `sha256-${"0".repeat(64)}`, standard: "oioxml", mediaType: "application/xml" };

describe("a document of which nothing was taken", () => {
  test("is read again, and what came of that is a step with who and why", async () => {
    expect(await sendAgain({ reason: "Rettet hos os" })).toMatchObject({
      status: "refused",
      code: "receiver-unknown",
    });
    expect(asked).toEqual([{ intake, standard: "oioxml", speaksFor: [who.practice] }]);
    expect(steps).toEqual([
      {
        step: "readAgain",
        at,
        commandId: "c-1",
        by: operator,
        person: "drift@example.org",
        reason: "Rettet hos os",
        status: "refused",
        code: "receiver-unknown",
      },
    ]);
  });

  test("is sent corrected in its sender's name, by whoever corrects it", async () => {
    outcome = { intake: "corrected", status: "accepted", duplicate: false, problems: [], caseId: "case-1" };
    expect(await sendAgain({ document })).toMatchObject({ status: "accepted", caseId: "case-1" });
    expect(asked).toEqual([
      { corrects: intake, sender: who.practice, speaksFor: [who.practice], ...document },
    ]);
    expect(steps).toMatchObject([
      { step: "sentAgain", as: "corrected", status: "accepted", caseId: "case-1" },
    ]);
  });

  test("is sent once for each command, whatever its carrier does", async () => {
    await sendAgain({ document });
    expect(await sendAgain({ document })).toMatchObject({ status: "refused", duplicate: true });
    outcome = { intake: "corrected", status: "accepted", duplicate: false, problems: [] };
    await sendAgain({ document }, { id: "c-2" });
    expect(await sendAgain({ document }, { id: "c-2" })).toMatchObject({
      status: "accepted",
      duplicate: true,
    });
    expect([asked.length, steps.length]).toEqual([2, 2]);
  });

  test("has no step for a fault, which is told as one", async () => {
    outcome = { intake, status: "failed", code: "journal-unavailable", duplicate: false, problems: [] };
    expect(await sendAgain({ document })).toEqual({
      status: "failed",
      code: "journal-unavailable",
      fate: "retry",
    });
    expect(steps).toEqual([]);
  });

  test("is closed once, with a reason", async () => {
    expect(await close()).toMatchObject({ status: "accepted", duplicate: false });
    expect(await close({ reason: "Igen" }, { id: "c-2" })).toMatchObject({
      status: "accepted",
      duplicate: true,
    });
    expect(steps).toMatchObject([{ step: "closed", reason: "Ringet" }]);
    expect(await close({}, { id: "c-3" })).toMatchObject({ code: "message-invalid" });
  });

  test("does not go to another address: it names its receiver itself", async () => {
    expect(await sendAgain({ to: { gln: who.cardiology } })).toMatchObject({
      code: "message-invalid",
      problems: [{ path: "to" }],
    });
    expect([asked, steps]).toEqual([[], []]);
  });

  test("does not exist to others, nor where a document was taken, nor under an id that none can have", async () => {
    for (const by of [who.otherPractice, who.hospital])
      expect(await sendAgain({}, { by })).toMatchObject({ code: "dead-letter-unknown" });
    expect(await sendAgain({ id: "other" })).toMatchObject({ code: "dead-letter-unknown" });
    expect(await sendAgain({ id: "a.b.>" })).toMatchObject({ code: "dead-letter-unknown" });
    refused = false;
    expect(await close()).toMatchObject({ code: "dead-letter-unknown" });
    expect([asked, steps]).toEqual([[], []]);
  });

  test("leaves a line in the log of each act: ids and codes alone", async () => {
    await close({ reason: "Patienten hedder noget" });
    expect(lines).toEqual([
      {
        event: "dead-letter",
        key: intake,
        commandType: "delivery.closeDeadLetter",
        actor: "drift@example.org",
        status: "accepted",
      },
    ]);
  });
});

describe("a document that went out", () => {
  const id = "5f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c90.1.0";
  test("is the delivery's own affair: resent, sent elsewhere or handled there", async () => {
    await sendAgain({ id, to: { gln: who.cardiology }, reason: "Flyttet" });
    await close({ id, reason: "Ringet" });
    const on = { caseId: id.slice(0, 36), deliveryId: id, person: "drift@example.org" };
    expect(asked).toMatchObject([
      { type: "delivery.resend", payload: { ...on, reason: "Flyttet", to: { gln: who.cardiology } } },
      { type: "delivery.handle", payload: { ...on, reason: "Ringet" } },
    ]);
  });
  test("that is not there, or is not the caller's, is no dead letter", async () => {
    expect(await close({ id, reason: "x" })).toMatchObject({ code: "dead-letter-unknown" });
  });
  test("is never corrected: that is a new message", async () => {
    expect(await sendAgain({ id, document })).toMatchObject({ code: "message-invalid" });
    expect(asked).toEqual([]);
  });
});

describe("asked for one", () => {
  const query = (by: string, id = intake) =>
    createDeadLetterQuery(ports)({
      id: "q",
      type: "delivery.deadLetter",
      version: 1,
      time: at,
      sender: by,
      payload: { id },
    });
  test("its sender and who runs the hub see it", async () => {
    for (const by of [operator, who.practice])
      expect(await query(by)).toMatchObject({
        status: "ok",
        value: { id: intake, kind: "refused", state: "open" },
      });
    expect(await query(who.cardiology)).toEqual({ status: "refused", code: "dead-letter-unknown" });
    expect(await query(operator, "none")).toEqual({ status: "refused", code: "dead-letter-unknown" });
  });
});

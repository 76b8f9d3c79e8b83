import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JudgedMessage } from "../../../../gateways/fhir/judge-message.ts";
import {
  acknowledgement,
  careCommunication,
  fhirParties,
  homeCareObservation,
  hospitalNotification,
} from "../../../support/fhir-bundles.ts";
import { accepted, answerOf, openFhirDoor } from "../../../support/fhir-door.ts";

const everybody = Object.values(fhirParties).map(({ gln }) => gln);
const broken = (judged: JudgedMessage): JudgedMessage => ({
  ...judged,
  typed: undefined,
  problems: [
    {
      path: "Bundle.entry[0].resource",
      severity: "error",
      code: "rule-of-tomorrow",
      text: { da: "Ny regel.", en: "A new rule." },
    },
  ],
});

const messages = [
  ["HospitalNotification", hospitalNotification],
  ["CareCommunication", careCommunication],
  ["HomeCareObservation", homeCareObservation],
] as const;

describe.each(messages)("a %s that was answered", (_, bundleFor) => {
  const own = { headerId: "M-1", bundleId: "B-1" };

  it.each(["xml", "json"] as const)("ok stays ok, when today's rules refuse it, in %s", async (format) => {
    const door = openFhirDoor(everybody);
    const first = answerOf(await door.send(bundleFor(own)));
    door.behind.judge = broken;
    const again = await door.send(bundleFor({ ...own, bundleId: "B-2" }), { format });
    expect([first?.code, answerOf(again)?.code, again.duplicate]).toEqual(["ok", "ok", true]);
    expect(answerOf(again)?.messageId).toBe(first?.messageId);
    expect(door.taken).toHaveLength(1);
  });

  it("fatal-error stays so with the same reasons, when today's rules would take it", async () => {
    const door = openFhirDoor(everybody);
    door.behind.judge = broken;
    const first = await door.send(bundleFor(own));
    door.behind = {};
    const again = await door.send(bundleFor({ ...own, bundleId: "B-2" }));
    expect(answerOf(first)).toMatchObject({ code: "fatal-error", issues: [{ text: "Ny regel." }] });
    expect(answerOf(again)).toMatchObject({ code: "fatal-error", issues: answerOf(first)?.issues ?? [] });
    expect([again.status, again.code, again.problems]).toEqual([first.status, first.code, first.problems]);
    expect([door.taken.length, door.refused.length]).toEqual([0, 1]);
  });

  it("fatal-error stays so for a corrected one under its id, and under a new id that is taken", async () => {
    const door = openFhirDoor(everybody);
    door.behind.judge = broken;
    await door.send(bundleFor({ ...own, family: "Prøve-Galt" }));
    door.behind = {};
    const corrected = await door.send(bundleFor({ ...own, bundleId: "B-2" }));
    expect([corrected.code, answerOf(corrected)?.code]).toEqual(["content-differs", "fatal-error"]);
    const renamed = await door.send(bundleFor({ ...own, headerId: "M-2", bundleId: "B-3" }));
    expect([renamed.status, answerOf(renamed)?.code]).toEqual(["accepted", "ok"]);
  });

  it("is told the same to the byte when the same copy is read again", async () => {
    const door = openFhirDoor(everybody);
    const first = await door.send(bundleFor(own), { intake: "in-a" });
    expect(await door.send(bundleFor(own), { intake: "in-a" })).toEqual(first);
  });

  it("is not remembered when the hub has a fault, and gets its answer afterwards", async () => {
    const door = openFhirDoor(everybody);
    for (const away of ["services", "memory"] as const) {
      door.behind = { away };
      expect(await door.send(bundleFor(own))).toMatchObject({ status: "failed" });
    }
    door.behind = {};
    expect(answerOf(await door.send(bundleFor({ ...own, bundleId: "B-2" })))?.code).toBe("ok");
  });
});

describe("what is remembered", () => {
  it("stands under a hash of neither name nor number of the patient", async () => {
    const door = openFhirDoor(everybody);
    await door.send(hospitalNotification({ cpr: "3102750001", family: "Prøve-Hemmelig" }));
    const text = JSON.stringify([...door.kept]);
    expect(door.kept.size).toBe(1);
    expect(text).not.toMatch(/3102750001|Hemmelig/);
  });

  it("is nothing of an answer: that goes to its delivery however often it comes, and is never answered", async () => {
    const door = openFhirDoor(everybody);
    for (const bundleId of ["B-1", "B-2"]) {
      const outcome = await door.send(acknowledgement({ headerId: "A-1", bundleId }));
      expect([outcome.status, outcome.answer]).toEqual(["accepted", undefined]);
    }
    door.behind.judge = broken;
    const refused = await door.send(acknowledgement({ headerId: "A-2", bundleId: "B-3" }));
    expect([refused.status, refused.answer]).toEqual(["refused", undefined]);
    expect(door.kept.size).toBe(0);
  });

  it("is nothing of a message whose sender the caller may not speak for", async () => {
    const door = openFhirDoor([fhirParties.municipality.gln]);
    const stranger = await door.send(hospitalNotification({ from: fhirParties.department }));
    expect([stranger.code, stranger.answer, door.kept.size]).toEqual(["sender-not-authorised", undefined, 0]);
  });
});

describe("whatever comes, in any order and how often it may", () => {
  const sent = fc.record({
    from: fc.constantFrom(fhirParties.department, fhirParties.practice),
    headerId: fc.constantFrom("M-1", "M-2", "M-3"),
    bundleId: fc.constantFrom("B-1", "B-2", "B-3", "B-4"),
    family: fc.constantFrom("Prøve-Et", "Prøve-Et", "Prøve-To"),
    format: fc.constantFrom("xml" as const, "json" as const),
    rules: fc.constantFrom("today's", "tomorrow's"),
    service: fc.constantFrom("takes", "refuses"),
    away: fc.constantFrom(undefined, undefined, "services" as const, "memory" as const),
  });

  it("no answer ever turns, and a message is taken once at most and in its first content", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(sent, { maxLength: 25 }), async (all) => {
        const door = openFhirDoor(everybody);
        const answers = new Map<string, Set<string>>();
        const contents = new Map<string, Set<string>>();
        for (const { from, headerId, bundleId, family, format, rules, service, away } of all) {
          const key = `${from.gln}:${headerId}`;
          door.behind = {
            ...(away === undefined ? {} : { away }),
            ...(rules === "today's" ? {} : { judge: broken }),
            reply: (envelope) => {
              if (service === "refuses")
                return { status: "refused", code: "receiver-unknown", problems: [], duplicate: false };
              contents.set(envelope.id, (contents.get(envelope.id) ?? new Set()).add(family));
              return accepted(envelope);
            },
          };
          const outcome = await door.send(careCommunication({ from, headerId, bundleId, family }), {
            format,
          });
          if (outcome.status === "failed") {
            expect(away).toBeDefined();
            continue;
          }
          const code = answerOf(outcome)?.code ?? "none";
          answers.set(key, (answers.get(key) ?? new Set()).add(code));
        }
        for (const codes of answers.values()) expect(codes.size).toBe(1);
        for (const taken of contents.values()) expect(taken.size).toBe(1);
        expect(new Set(door.taken).size).toBe(door.taken.length);
      }),
      { numRuns: 60 },
    );
  });
});

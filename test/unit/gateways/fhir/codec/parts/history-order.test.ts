import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { HistoryStep } from "../../../../../../contracts/fhir/parts.ts";
import { inOrder } from "../../../../../../gateways/fhir/codec/parts/history-order.ts";
import { anyCode, anyHead, anyHistory } from "../../../../../support/fhir-arbitraries.ts";
import { ownProcessorMs } from "../../../../../support/processor-time.ts";

const step = (messageId: string, earlier?: string, occurred = "2026-11-23T10:00:00+01:00"): HistoryStep => ({
  messageId,
  occurred,
  activity: "new-message",
  by: { otherIdentifiers: [] },
  ...(earlier === undefined ? {} : { earlier: { kind: "message", messageId: earlier } }),
  removes: false,
  added: [],
});
const ordered = (steps: readonly HistoryStep[], own: string): string[] =>
  inOrder(steps, own).map(({ messageId }) => messageId);

describe("the history of a message", () => {
  it("goes by what each step names as its earlier message, whatever their clocks say", () => {
    const steps = [
      step("c", "b", "2026-11-23T08:00:00+01:00"),
      step("a", undefined, "2026-11-23T12:00:00+01:00"),
      step("b", "a", "2026-11-23T11:00:00+01:00"),
    ];
    expect(ordered(steps, "c")).toEqual(["a", "b", "c"]);
  });

  it("goes by time where nothing ties the steps, in whatever zone they are told", () => {
    const steps = [
      step("c"),
      step("b", undefined, "2026-11-23T09:30:00+02:00"),
      step("a", undefined, "2026-11-23T08:00:00+01:00"),
    ];
    expect(ordered(steps, "c")).toEqual(["a", "b", "c"]);
  });

  it("ends with the message's own step, wherever it stands and whenever it happened", () => {
    expect(
      ordered([step("own", undefined, "2020-01-01T00:00:00Z"), step("a"), step("b")], "own").at(-1),
    ).toBe("own");
    expect(ordered([step("a", "own"), step("own")], "own")).toEqual(["a", "own"]);
  });

  it("is read by time when it bites its own tail, and names every step once", () => {
    const steps = [step("b", "a", "2026-11-23T11:00:00Z"), step("a", "b"), step("x", "x"), step("own", "b")];
    expect(ordered(steps, "own")).toEqual(["x", "a", "b", "own"]);
  });

  it("is the same in whatever order its steps stand in the bundle", () => {
    const shuffled = anyHistory("own", { activity: anyCode }).chain((steps) =>
      fc.tuple(fc.constant(steps), fc.shuffledSubarray(steps, { minLength: steps.length })),
    );
    fc.assert(
      fc.property(shuffled, ([steps, mixed]) => {
        expect(inOrder(mixed, "own")).toEqual(steps);
      }),
    );
  });

  it("of many steps is found quickly", () => {
    const count = 20_000;
    const steps = Array.from({ length: count }, (_, at) => step(String(at), String(at + 1)));
    const began = ownProcessorMs();
    expect(inOrder(steps, "0")).toHaveLength(count);
    expect(ownProcessorMs() - began).toBeLessThan(2000);
  });
});

describe("any head", () => {
  it("has its own message last", () => {
    fc.assert(
      fc.property(anyHead({ activity: anyCode }), ({ messageId, history }) => {
        expect(history.at(-1)?.messageId).toBe(messageId);
      }),
    );
  });
});

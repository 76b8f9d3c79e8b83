import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DeskCommand, DeskFact } from "../../../../contracts/messages/desk.ts";
import { noCase } from "../../../../services/case/case-state.ts";
import { deskCore } from "../../../../services/desk/core/decide.ts";
import { regionView, who } from "../../../support/region-view.ts";

const about = "5f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c90";
const nanna = { id: "nurse-aaparken", name: "Nanna Nørlund" };
const asta = { id: "doctor-aaparken", name: "Asta Åkjær" };
const now = "2026-11-23T09:15:00.000Z";
const context = {
  ...{ caseId: about, actor: who.practice, now, local: "2026-11-23T10:15", today: "2026-11-23" },
  ...{ directory: regionView, common: noCase(about) },
};
type Desk = typeof deskCore.initial;
const decide = (desk: Desk, command: Omit<DeskCommand, "id"> & { type: DeskCommand["type"] }) =>
  deskCore.decide(desk, { ...command, id: "c" } as DeskCommand, context);
const on = { caseId: about };
const held = { holder: nanna, readTo: 2 };
const after = (desk: Desk, ...facts: readonly DeskFact[]): Desk => facts.reduce(deskCore.evolve, desk);

describe("a case on a desk", () => {
  it("that nobody has is taken, and known to nobody but its own organisation", () => {
    const decision = decide(deskCore.initial, { type: "desk.claim", payload: { ...on, by: nanna } });
    expect(decision).toEqual({
      kind: "record",
      facts: [{ type: "CaseClaimed", about, by: nanna, desk: { holder: nanna, readTo: 0 } }],
      ...{ tell: [], parties: [who.practice] },
    });
  });

  it("that a colleague has is not taken, unless it is taken over", () => {
    expect(decide(held, { type: "desk.claim", payload: { ...on, by: asta } })).toMatchObject({
      kind: "refuse",
      code: "held-by-colleague",
    });
    const over = decide(held, { type: "desk.claim", payload: { ...on, by: asta, takeOver: true } });
    expect(over).toMatchObject({ facts: [{ desk: { holder: asta, readTo: 2 } }] });
  });

  it.each([
    ["taken again by who has it", held, { type: "desk.claim", payload: { ...on, by: nanna } }],
    ["given to who has it", held, { type: "desk.assign", payload: { ...on, by: asta, to: nanna } }],
    ["laid back when nobody has it", { readTo: 2 }, { type: "desk.release", payload: { ...on, by: asta } }],
    ["read as far as it was read", held, { type: "desk.read", payload: { ...on, by: asta, no: 2 } }],
  ] as const)("%s stands as before", (_what, desk, command) => {
    expect(decide(desk, command)).toEqual({ kind: "ignore", reason: "as-before" });
  });

  it("is given to a colleague, and laid back, whoever has it", () => {
    const given = decide(held, { type: "desk.assign", payload: { ...on, by: nanna, to: asta } });
    expect(given).toMatchObject({ facts: [{ type: "CaseAssigned", desk: { holder: asta } }] });
    const back = decide(held, { type: "desk.release", payload: { ...on, by: asta } });
    expect(back).toMatchObject({ facts: [{ type: "CaseReleased", desk: { readTo: 2 } }] });
    expect(deskCore.statusOf?.({ readTo: 2 })).toBe("free");
  });

  it("is read further and never back, whatever else is done to it, and has one holder or none", () => {
    const person = fc.constantFrom(nanna, asta);
    const step = fc.oneof(
      fc.record({ type: fc.constant("desk.claim" as const), by: person, takeOver: fc.boolean() }),
      fc.record({ type: fc.constant("desk.assign" as const), by: person, to: person }),
      fc.record({ type: fc.constant("desk.release" as const), by: person }),
      fc.record({ type: fc.constant("desk.read" as const), by: person, no: fc.integer({ min: 1, max: 9 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        let desk = deskCore.initial;
        for (const { type, ...payload } of steps) {
          const decision = decide(desk, { type, payload: { ...on, ...payload } });
          const next = decision.kind === "record" ? after(desk, ...decision.facts) : desk;
          expect(next.readTo).toBeGreaterThanOrEqual(desk.readTo);
          if (type === "desk.claim" && desk.holder !== undefined && next.holder?.id !== desk.holder.id)
            expect(payload).toMatchObject({ takeOver: true });
          desk = next;
        }
      }),
    );
  });
});

import { describe, expect, it } from "vitest";
import { drawMoves, type Move, notAllowed } from "../../../../services/case/moves.ts";

type Role = "asker" | "unit";
type Status = "none" | "asked" | "answered" | "reopened";
const answer: Move<Role, Status> = { by: ["unit"], when: ["asked", "reopened"], leadsTo: ["answered"] };
const as = (role: Role) => (held: Role) => held === role;

describe("a move", () => {
  it("is allowed to its role in its states", () => {
    expect(notAllowed(answer, { status: "asked", holds: as("unit") })).toBeUndefined();
  });

  it("is refused to another role first, whatever the state", () => {
    for (const status of ["asked", "answered"] as const)
      expect(notAllowed(answer, { status, holds: as("asker") })).toMatchObject({
        kind: "refuse",
        code: "not-your-turn",
        problems: [{ path: "sender", message: "Only the unit may do this." }],
      });
  });

  it("is refused in another state, with the states in which it is possible", () => {
    expect(notAllowed(answer, { status: "answered", holds: as("unit") })).toMatchObject({
      code: "wrong-state",
      problems: [{ message: "The case is answered; this is possible while it is asked or reopened." }],
    });
  });
});

describe("the drawing of moves", () => {
  it("has an arrow for each state that a move begins and ends in, each once", () => {
    const ask: Move<Role, Status> = { by: ["asker"], when: ["none"], leadsTo: ["asked"] };
    expect(
      drawMoves({ "advice.ask": ask, "advice.answer": answer, again: answer }, "none").split("\n"),
    ).toEqual([
      "stateDiagram-v2",
      "  [*] --> asked: ask (asker)",
      "  asked --> answered: answer (unit)",
      "  reopened --> answered: answer (unit)",
      "  asked --> answered: again (unit)",
      "  reopened --> answered: again (unit)",
    ]);
  });
});

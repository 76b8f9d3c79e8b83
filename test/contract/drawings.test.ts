import { describe, expect, it } from "vitest";
import * as advice from "../../services/advice/core/moves.ts";
import * as booking from "../../services/booking/core/moves.ts";
import { drawMoves, type Moves } from "../../services/case/moves.ts";
import * as discharge from "../../services/discharge/core/moves.ts";
import * as observation from "../../services/observation/core/moves.ts";
import * as referral from "../../services/referral/core/moves.ts";

const families: Record<string, { openings: Moves<string, string>; moves: Moves<string, string> }> = {
  advice,
  booking,
  discharge,
  observation,
  referral,
};

/** Run vitest with `-u` to draw anew after a change of the moves. */
describe.each(Object.entries(families))("the drawing of %s", (family, { openings, moves }) => {
  it("is what its moves say", async () => {
    const drawing = drawMoves({ ...openings, ...moves }, "none");
    const page = [
      `# How a case of ${family} moves`,
      "",
      "Drawn from `core/moves.ts`: who may do what, in which state, and where it leads.",
      "",
      "```mermaid",
      drawing,
      "```",
      "",
    ].join("\n");
    await expect(page).toMatchFileSnapshot(`../../services/${family}/STATES.md`);
  });
});

import type { Moves } from "../../case/moves.ts";
import type { AdviceState } from "./state.ts";

export type Role = "asker" | "unit";
type Status = AdviceState["status"];

const awaiting = ["asked", "reopened", "informationRequested"] as const;

/** Who may do what, and when: only the asker withdraws, only the present unit moves the question. */
export const moves = {
  "advice.requestInformation": {
    by: ["unit"],
    when: ["asked", "reopened"],
    leadsTo: ["informationRequested"],
  },
  "advice.giveInformation": { by: ["asker"], when: ["informationRequested"], leadsTo: ["asked"] },
  "advice.answer": { by: ["unit"], when: awaiting, leadsTo: ["answered"] },
  "advice.convert": { by: ["unit"], when: awaiting, leadsTo: ["converted"] },
  "advice.redirect": { by: ["unit"], when: awaiting, leadsTo: ["asked"] },
  "advice.decline": { by: ["unit"], when: awaiting, leadsTo: ["declined"] },
  "advice.withdraw": { by: ["asker"], when: awaiting, leadsTo: ["withdrawn"] },
  "advice.askFollowUp": { by: ["asker"], when: ["answered", "declined", "handled"], leadsTo: ["reopened"] },
  "advice.markHandled": { by: ["unit"], when: awaiting, leadsTo: ["handled"] },
} as const satisfies Moves<Role, Status>;
export type Turn = keyof typeof moves;

/** How a question begins: a typed question, or a letter that belongs to no thread. */
export const openings = {
  "advice.ask": { by: ["asker"], when: ["none"], leadsTo: ["asked"] },
  "advice.receiveLetter": { by: ["asker"], when: ["none"], leadsTo: ["asked"] },
} as const satisfies Moves<Role, Status>;

import type { StoredObject } from "../../../contracts/letter.ts";
import type { CommandOf } from "../../../contracts/messages/discharge.ts";
import type { DischargeFact } from "../../../contracts/messages/discharge-facts.ts";
import type { DecisionContext } from "../../case/core.ts";
import { refuse } from "../../case/decision.ts";
import { conclude, type DischargeDecision } from "./conclude.ts";
import { reportWanted } from "./report-wanted.ts";
import type { Stay } from "./state.ts";

/** What is kept of attachments that a caller named. */
export const storedObjects = (
  attachments: readonly (StoredObject & { description: string })[],
): StoredObject[] => attachments.map(({ description: _, ...object }) => object);

const whatWasAssessed = (
  payload: CommandOf<"discharge.assess">["payload"],
): Extract<DischargeFact, { type: "StayAssessed" }>["assessment"] => {
  const { caseId: _, ...assessment } = payload;
  return assessment;
};

type Preparing = CommandOf<
  | "discharge.plan"
  | "discharge.assess"
  | "discharge.requestAdmissionReport"
  | "discharge.answerAdmission"
  | "discharge.sendAdmissionReport"
  | "discharge.tick"
  | "discharge.sendCarePlan"
>;

const tick = (
  stay: Stay,
  { payload }: CommandOf<"discharge.tick">,
  context: DecisionContext,
): DischargeDecision => {
  const { item, status, person, note } = payload;
  if (status === "done" && (item === "summary" || item === "care-plan"))
    return refuse("wrong-state", "item", "That item is done by sending it.");
  const { actor: by, now: at } = context;
  const said = note === undefined ? {} : { note };
  const fact: DischargeFact = { type: "ChecklistItemNoted", by, person, item, status, at, ...said };
  return conclude(stay, [fact], { context });
};

/** The hub asks after every message on the stay, and perhaps late or twice: what is needed now decides. */
const requestReport = (stay: Stay, context: DecisionContext): DischargeDecision => {
  if (stay.owed.report) return { kind: "ignore", reason: "asked-before" };
  if (!reportWanted(stay)) return { kind: "ignore", reason: "not-needed" };
  const since = stay.reportSince ?? context.now;
  return conclude(stay, [{ type: "AdmissionReportRequested", since }], { context });
};

/** What is done for a stay until the patient leaves, and soon after. */
export const prepare = (stay: Stay, command: Preparing, context: DecisionContext): DischargeDecision => {
  const { actor: by, now: at } = context;
  switch (command.type) {
    case "discharge.plan":
      return conclude(stay, [{ type: "DischargePlanned", by, date: command.payload.date }], { context });
    case "discharge.assess": {
      const assessment = whatWasAssessed(command.payload);
      return conclude(stay, [{ type: "StayAssessed", by, assessment }], { context });
    }
    case "discharge.requestAdmissionReport":
      return requestReport(stay, context);
    case "discharge.answerAdmission":
      return conclude(stay, [{ type: "AdmissionAnswered", by, contacts: command.payload.contacts }], {
        context,
      });
    case "discharge.sendAdmissionReport": {
      const { text, contact, attachments } = command.payload;
      const named = contact === undefined ? {} : { contact };
      const brought = storedObjects(attachments);
      return conclude(stay, [{ type: "AdmissionReportSent", by, text, ...named, attachments: brought }], {
        context,
      });
    }
    case "discharge.tick":
      return tick(stay, command, context);
    case "discharge.sendCarePlan": {
      const { text, attachments } = command.payload;
      const update = stay.carePlans > 0;
      const brought = storedObjects(attachments);
      return conclude(stay, [{ type: "CarePlanSent", by, text, at, update, attachments: brought }], {
        context,
      });
    }
  }
};

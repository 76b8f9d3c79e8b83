import { z } from "zod";
import { checklistItems } from "../codes/discharge-rules.ts";
import { TextInput } from "../formatted-text.ts";
import { Instant } from "../time.ts";
import { Attachments, onCase } from "./discharge-stay.ts";
import { Consent } from "./discharge-summary.ts";

const name = z.string().min(1).max(70);
const reason = z.string().min(1).max(350);

export const ChecklistItem = z.enum(checklistItems);

/** Note an item of the discharge checklist. The summary and the care plan are done by being sent. */
export const TickChecklist = z
  .object({
    ...onCase,
    item: ChecklistItem,
    status: z.enum(["needed", "not-needed", "done"]),
    /** The person who saw to it. */
    person: name,
    note: z.string().min(1).max(350).optional(),
  })
  .meta({ id: "TickChecklist" });

/** Care pathway plan (plejeforløbsplan, XDIS21) to the municipality. A later one is an update of the first ("NYT"). */
export const SendCarePlan = z
  .object({ ...onCase, text: TextInput, attachments: Attachments })
  .meta({ id: "SendCarePlan" });

/** The hospital keeps its extended responsibility longer. */
export const ExtendResponsibility = z
  .object({ ...onCase, until: Instant, reason })
  .meta({ id: "ExtendResponsibility" });

/** A call to 112: the emergency service has the patient for as long as the call-out lasts. */
export const SuspendResponsibility = z
  .object({ ...onCase, calledAt: Instant })
  .meta({ id: "SuspendResponsibility" });
export const ResumeResponsibility = z
  .object({ ...onCase, endedAt: Instant })
  .meta({ id: "ResumeResponsibility" });

/** Ask for a follow-up home visit (opfølgende hjemmebesøg). There is no age rule (Praksisplan Midtjylland 5.1). */
export const AskHomeVisit = z
  .object({ ...onCase, reason: TextInput, consent: Consent })
  .meta({ id: "AskHomeVisit" });
export const BookHomeVisit = z
  .object({ ...onCase, startsAt: Instant, visitor: name.optional() })
  .meta({ id: "BookHomeVisit" });
/** A contact was held; the first is the visit, up to two more follow in the home or at the practice. */
export const HoldHomeVisit = z
  .object({ ...onCase, heldAt: Instant, place: z.enum(["home", "practice", "video"]), note: TextInput })
  .meta({ id: "HoldHomeVisit" });
export const DeclineHomeVisit = z
  .object({ ...onCase, declinedBy: z.enum(["citizen", "practice", "municipality", "hospital"]), reason })
  .meta({ id: "DeclineHomeVisit" });

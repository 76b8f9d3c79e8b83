import { askAdmissionReport } from "./ask-admission-report.ts";
import { askHomeVisit } from "./ask-home-visit.ts";
import { bookForReferral } from "./book-for-referral.ts";
import { callAcuteTeam } from "./call-acute-team.ts";
import { concludeElsewhere } from "./conclude-elsewhere.ts";
import { convertAdvice } from "./convert-advice.ts";
import { endOtherStays } from "./end-other-stays.ts";
import { noteBooking } from "./note-booking.ts";
import { notePassedOn } from "./note-passed-on.ts";
import { tellUndelivered } from "./tell-undelivered.ts";
import type { Workflow } from "./workflow.ts";

/** Everything that one case sets off in another or in itself, but for attachments, which find their letter by the index. */
export const rules: readonly Workflow[] = [
  convertAdvice,
  callAcuteTeam,
  bookForReferral,
  noteBooking,
  notePassedOn,
  tellUndelivered,
  concludeElsewhere,
  askAdmissionReport,
  askHomeVisit,
  endOtherStays,
];

import {
  dateTime,
  type ElementSpec,
  formatted,
  type Group,
  group,
  groupOf,
  list,
  optional,
  repeated,
  text,
} from "../../../tables/element-table.ts";
import {
  contact,
  copyReceiver,
  described,
  descriptions2005,
  diagnosis,
  diagnosisCode,
  diagnosisText,
  episodeStatus,
  letterHead,
  letterPatient,
  objects2005,
  parties2005,
  receiver,
  references,
  relations2005,
  relatives,
  sender,
} from "./shared.ts";

/** The three kinds differ in their codes and in what they call the first and the last day. */
interface Kind {
  readonly version: string;
  readonly type: string;
  readonly days: readonly [string, string];
}

const referral = optional(
  group(
    "Referral",
    optional(text("Identifier", 35)),
    optional(dateTime("Received")),
    optional(group("Refer", ...diagnosis())),
    // The standard's own spelling.
    repeated(group("ReferalAdditional", ...diagnosis()), 0, 5),
  ),
);

const coded: readonly ElementSpec[] = [diagnosisCode, diagnosisText];
const diagnoses = optional(
  group(
    "Diagnose",
    optional(group("Main", ...coded)),
    repeated(group("MainAdditional", ...coded), 0, 5),
    repeated(
      group("Other", described(descriptions2005), ...diagnosis(), optional(dateTime("DiagnoseDateTime"))),
      0,
      50,
    ),
  ),
);

/** From 2018/08/06 the letter says on top how soon to act, and what is recommended. */
interface Edition {
  readonly priority: readonly ElementSpec[];
  readonly recommended: readonly ElementSpec[];
  readonly texts: number;
}
const edition2005: Edition = { priority: [], recommended: [], texts: 10 };
const edition2018: Edition = {
  priority: [optional(group("ActionPriority", list("ActionPriorityCode", ["Akut", "Subakut", "Rutine"])))],
  recommended: [optional(group("RecommendedAction", formatted("Recommendation", "formatted")))],
  texts: 9,
};

const dischargeLetter = ({ days, ...codes }: Kind, edition: Edition): Group =>
  groupOf(
    letterHead(codes),
    sender(parties2005, contact(parties2005)),
    receiver(parties2005),
    copyReceiver("CCReceiver", parties2005),
    letterPatient(0, episodeStatus),
    relatives(2, relations2005, { address: true }),
    referral,
    ...days.map((name) => optional(dateTime(name))),
    ...edition.priority,
    diagnoses,
    ...edition.recommended,
    repeated(
      group("ClinicalInformation", optional(dateTime("Signed")), formatted("Text01", "formatted")),
      0,
      edition.texts,
    ),
    references(objects2005),
  );

const stay = ["Admission", "Discharge"] as const;
const visits = ["OutPatientFirstVisit", "OutPatientLastVisit"] as const;
const casualty = ["CasualtyWardFirstVisit", "CasualtyWardLastVisit"] as const;

/** XDIS01, XD0133L (MedCom DischargeLetter.xsd 2005/08/07) and XD0134L (2018/08/06). */
export const dischargeLetter2005 = dischargeLetter(
  { version: "XD0133L", type: "XDIS01", days: stay },
  edition2005,
);
export const dischargeLetter2018 = dischargeLetter(
  { version: "XD0134L", type: "XDIS01", days: stay },
  edition2018,
);
/** XDIS02, XD0233L (MedCom OutPatientDischargeLetter.xsd 2005/08/07) and XD0234L (2018/08/06). */
export const outPatientLetter2005 = dischargeLetter(
  { version: "XD0233L", type: "XDIS02", days: visits },
  edition2005,
);
export const outPatientLetter2018 = dischargeLetter(
  { version: "XD0234L", type: "XDIS02", days: visits },
  edition2018,
);
/** XDIS03, XD0333L (MedCom CasualtyWardLetter.xsd 2005/08/07) and XD0334L (2018/08/06). */
export const casualtyLetter2005 = dischargeLetter(
  { version: "XD0333L", type: "XDIS03", days: casualty },
  edition2005,
);
export const casualtyLetter2018 = dischargeLetter(
  { version: "XD0334L", type: "XDIS03", days: casualty },
  edition2018,
);

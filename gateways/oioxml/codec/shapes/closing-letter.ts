import type { FullShape, Part, Shape } from "../shape.ts";
import {
  code,
  contact,
  diagnosis,
  full,
  group,
  groups,
  head,
  letterPatient,
  lift,
  namedParty,
  party,
  references,
  relatives,
  runs,
  same,
  text,
  time,
} from "./parts.ts";

/** What each type calls the first and the last day. */
const days: Readonly<Record<string, readonly [string, string]>> = {
  XDIS02: ["OutPatientFirstVisit", "OutPatientLastVisit"],
  XDIS03: ["CasualtyWardFirstVisit", "CasualtyWardLastVisit"],
};
const priorities = { akut: "Akut", subakut: "Subakut", rutine: "Rutine" } as const;
const coded: Shape = { code: text("DiagnoseCode"), text: text("DiagnoseText") };

const diagnoses = group("Diagnose", {
  main: group("Main", coded),
  mainAdditional: groups("MainAdditional", coded),
  other: groups("Other", { ...diagnosis, at: time("DiagnoseDateTime") }),
});

const sender = full({
  sender: { is: "nest", always: true, shape: party },
  specialityName: text("SpecialityName"),
  contact,
});

/**
 * Hospitals sign with a date and a time, municipalities with a date, a name and a title. Each is given what the other has
 * too, so that the printer tells what it cannot carry.
 */
const signer: Shape = { date: text("Date"), by: text("SignedBy"), title: text("JobTitle") };
const signed = (byTime: boolean): Part =>
  byTime
    ? { is: "nest", always: false, shape: { ...signer, at: time("Signed") } }
    : group("Signed", { ...signer, at: time("Time") });

/** contracts/letters/closing-letter.ts. The hospitals' tables spell their additional diagnoses `ReferalAdditional`. */
export const closingShape = (type: string, version: string): FullShape => {
  const hospital = type !== "XDIS15" && type !== "XDIS22";
  const [from, until] = days[type] ?? ["Admission", "Discharge"];
  return full(
    {
      receiver: group("Receiver", party),
      copyTo: group("CCReceiver", namedParty),
      patient: letterPatient,
      relatives,
      referral: group("Referral", {
        identifier: text("Identifier"),
        received: time("Received"),
        refer: group("Refer", diagnosis),
        additional: groups(hospital ? "ReferalAdditional" : "ReferralAdditional", diagnosis),
      }),
      from: time(from),
      until: time(until),
      diagnoses,
      texts: groups("ClinicalInformation", {
        category: same("CategoryCode"),
        signed: signed(hospital),
        text: runs("Text01"),
      }),
      references,
    },
    [
      head(type, version),
      lift("Sender", sender, true),
      lift("ActionPriority", full({ actionPriority: code("ActionPriorityCode", priorities) })),
      lift("RecommendedAction", full({ recommendation: runs("Recommendation") })),
    ],
  );
};

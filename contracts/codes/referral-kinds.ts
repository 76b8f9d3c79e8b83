import type { ClosingLetter } from "../letters/closing-letter.ts";
import type { ReferralKind } from "../messages/referral-content.ts";

/** What goes to a hospital, and may get a time there. */
export const hospitalKinds = [
  "hospital",
  "imaging",
  "psychiatry",
  "cancer",
] as const satisfies readonly ReferralKind[];

/** The referrals that each closing letter may answer. */
export const answeredBy: Readonly<Record<ClosingLetter["type"], readonly ReferralKind[]>> = {
  XDIS01: hospitalKinds,
  XDIS02: hospitalKinds,
  XDIS03: hospitalKinds,
  XDIS15: ["prevention"],
  XDIS22: ["acute-team"],
};

/** What each of MedCom's referrals refers to. XREF01 is the hospitals' letter for all that they take. */
export const kindOfReferralLetter = {
  XREF01: "hospital",
  XREF02: "imaging",
  XREF15: "prevention",
  XREF22: "acute-team",
} as const satisfies Readonly<Record<string, ReferralKind>>;

/** Diagnoses that tell a kind of its own, by how their SKS code begins. A region adds its own. */
export const kindsByDiagnosis: readonly {
  prefix: string;
  kind: ReferralKind;
  source: string;
  basis: "sourced" | "default";
}[] = [
  {
    prefix: "DZ031",
    kind: "cancer",
    source: "SKS DZ031, after ICD-10 Z03.1: observation for suspected malignant neoplasm",
    basis: "sourced",
  },
];

import { issueDetails, responseCodes } from "../../../../contracts/codes/fhir-acknowledgement.ts";
import { acknowledgementRules } from "./checks/acknowledgement.ts";
import { sharedRules } from "./checks/shared.ts";
import type { MessageRules, Profile } from "./rule.ts";
import { described, noCopies, sharedProfiles } from "./shared.ts";

const release = "acknowledgement 2.0.3";

const header: Profile = {
  name: "medcom-messaging-acknowledgementHeader",
  release,
  rows: [
    noCopies,
    { at: "response", min: 1 },
    { at: "response.identifier", min: 1 },
    { at: "response.code", min: 1, in: responseCodes },
    { at: "response.details", to: ["OperationOutcome"] },
    // An answer is never answered (governance 040, KR2), so what it says beyond its outcome is not worth refusing it for.
    { at: "focus", max: 0, severity: "warning" },
  ],
};

const outcome: Profile = {
  name: "medcom-acknowledgement-operationoutcome",
  release,
  rows: [
    ...described,
    { at: "issue", min: 1 },
    { at: "issue.severity", min: 1 },
    { at: "issue.code", min: 1 },
    { at: "issue.details.coding", in: issueDetails },
  ],
};

/** Acknowledgement 2.0 (guide to MedCom FHIR, section 6). */
export const acknowledgement2: MessageRules = {
  kind: "Acknowledgement",
  version: "2.0",
  profiles: [...sharedProfiles, ["header", header], [{ type: "OperationOutcome" }, outcome]],
  rules: [...sharedRules, ...acknowledgementRules],
  resources: new Set(["MessageHeader", "Provenance", "Organization", "OperationOutcome"]),
};

import type { AskResponsible } from "../../contracts/messages/discharge-query.ts";
import type { CasePorts } from "../case/case-handler.ts";

/** What the discharge service needs from the world. */
export type DischargePorts = CasePorts & {
  /** The case that a message of this sender opens, for ever (UUIDv5). */
  caseIdFor: (senderGln: string, messageId: string) => string;
};

/** What the question who is responsible needs. */
export type ResponsiblePorts = Pick<CasePorts, "load" | "now" | "directory"> & {
  /** The cases of a citizen, of any family. @throws Fault when the index is away. */
  casesOfPatient: (patient: AskResponsible["patient"]) => Promise<readonly string[]>;
};

import type { Problem } from "../../../contracts/problem.ts";
import { warningOf } from "../../tables/problem-texts.ts";
import { glnOf, headerPath, type Sbdh, scopeOf } from "./sbdh.ts";

/** What the message in an envelope tells of itself; what it does not tell is compared with nothing. */
export interface MessageSays {
  readonly senderGln?: string | undefined;
  readonly receiverGln?: string | undefined;
  readonly senderSor?: string | undefined;
  readonly receiverSor?: string | undefined;
  readonly patientId?: string | undefined;
  readonly messageId?: string | undefined;
  readonly bundleId?: string | undefined;
  /** The message's event code. */
  readonly event?: string | undefined;
}

const scopes = [
  ["PATIENTID", "patientId"],
  ["SENDERID", "senderSor"],
  ["RECEIVERID", "receiverSor"],
  ["MESSAGEIDENTIFIER", "messageId"],
  ["MESSAGEENVELOPEIDENTIFIER", "bundleId"],
] as const satisfies readonly (readonly [string, keyof MessageSays])[];

const differs = (told: string | undefined, said: string | undefined): boolean =>
  told !== undefined && told !== "" && said !== undefined && told.toLowerCase() !== said.toLowerCase();

/**
 * Where an envelope's header says something else than the message in it. The message is believed: of MedCom's own samples most differ
 * (guide to MedCom FHIR, section 10.2). A warning names the place and no value.
 */
export const compareHeader = (sbdh: Sbdh, says: MessageSays): Problem[] => {
  const own: [path: string, told: string | undefined, said: string | undefined][] = [
    ["Sender/Identifier", glnOf(sbdh.sender), says.senderGln],
    ["Receiver/Identifier", glnOf(sbdh.receiver), says.receiverGln],
    ["DocumentIdentification/Standard", sbdh.standard, says.event],
    ...scopes.map(([type, name]): [string, string | undefined, string | undefined] => [
      `BusinessScope/Scope[${type}]/InstanceIdentifier`,
      scopeOf(sbdh, type),
      says[name],
    ]),
  ];
  return own
    .filter(([, told, said]) => differs(told, said))
    .map(([path]) => warningOf("header-differs", `${headerPath}/${path}`));
};

import type { Acknowledgement } from "../../../contracts/fhir/acknowledgement.ts";
import type { MessageEnds } from "./look-message.ts";

const errorCodes = "http://medcomfhir.dk/ig/terminology/CodeSystem/medcom-acknowledgement-error-codes";

export type Acknowledging = MessageEnds & {
  about: string;
  /** Of MedCom's acknowledgement error codes; absent: all is well. */
  refuseCode: string | undefined;
  newId: () => string;
  at: string;
};

/** An Acknowledgement as the hub's own codec writes it: `ok`, or `fatal-error` with its reason (guide to FHIR, section 6). */
export const acknowledgementOf = (given: Acknowledging): Acknowledgement => {
  const { about, refuseCode, newId, at, activity } = given;
  const otherIdentifiers: [] = [];
  const by = { ...given.receiver, otherIdentifiers };
  const messageId = newId();
  const step = { occurred: at, by, removes: false, added: [] };
  return {
    kind: "Acknowledgement",
    version: "2.0",
    bundleId: newId(),
    created: at,
    messageId,
    sender: by,
    receiver: { ...given.sender, otherIdentifiers },
    history: [
      { ...step, messageId: about, activity },
      { ...step, messageId, activity: "acknowledgement", earlier: { kind: "message", messageId: about } },
    ],
    about,
    code: refuseCode === undefined ? "ok" : "fatal-error",
    issues:
      refuseCode === undefined
        ? []
        : [
            {
              severity: "error",
              code: "value",
              details: { system: errorCodes, code: refuseCode },
              expression: [],
            },
          ],
  };
};

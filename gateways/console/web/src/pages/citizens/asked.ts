import { cprState } from "../../forms/cpr.ts";

/** What was typed into the search: a citizen's number, the id of a case, or what a sender called a message. */
export type Asked =
  | { kind: "patient"; patient: { cpr: string } | { alternativeId: string } }
  | { kind: "ids"; ids: { caseId: string } | { messageId: string } };

const caseId = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const askedFor = (typed: string): Asked | undefined => {
  const text = typed.trim();
  if (text === "") return undefined;
  if (caseId.test(text)) return { kind: "ids", ids: { caseId: text.toLowerCase() } };
  // Ten characters that begin with a date are a citizen's, with a hyphen or without.
  const found = /^\d{6}-?[0-9a-zA-Z]{4}$/.test(text) ? cprState(text) : undefined;
  if (found?.state === "number") return { kind: "patient", patient: { cpr: found.cpr } };
  if (found?.state === "replacement")
    return { kind: "patient", patient: { alternativeId: found.alternativeId } };
  return { kind: "ids", ids: { messageId: text } };
};

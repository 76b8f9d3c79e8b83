import { createHash } from "node:crypto";
import type { Answer } from "./evidence.ts";

const hash = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 24);

const textIn = (body: unknown, name: string): string => {
  if (typeof body !== "object" || body === null) return "";
  const value = (body as Record<string, unknown>)[name];
  return typeof value === "string" ? value : "";
};

const refuseText = /<RefuseText>([\s\S]+?)<\/RefuseText>/;
const issueDetails = /"OperationOutcome"[\s\S]*?"(?:text|code|diagnostics)":\s*"([^"]+)"/;

type Bundle = {
  entry?: { resource?: { resourceType?: string; id?: string; response?: unknown; issue?: unknown } }[];
};

/**
 * What an Acknowledgement says: which one it is, of what, and why. The bundle around it is of this copy alone (guide to MedCom
 * FHIR, section 3.1, "resent acknowledgement").
 */
const acknowledged = (text: string): string => {
  const resources = ((JSON.parse(text) as Bundle).entry ?? []).flatMap(({ resource }) => resource ?? []);
  const told = resources.filter(({ resourceType }) =>
    /^(MessageHeader|OperationOutcome)$/.test(resourceType ?? ""),
  );
  return JSON.stringify(told.map(({ id, response, issue }) => ({ id, response, issue })));
};

/** Differs between two tellings of the same: a new number for each request, and that it was told before. */
const ofThisTelling = { duplicate: undefined, requestId: undefined };

type Said = { body: string; json: unknown; reason: string };

const saidIn = (text: string, mediaType: string): Said => {
  if (mediaType.includes("fhir"))
    return { body: acknowledged(text), json: undefined, reason: issueDetails.exec(text)?.[1] ?? "" };
  if (!mediaType.includes("json"))
    return { body: text, json: undefined, reason: refuseText.exec(text)?.[1] ?? "" };
  const json = JSON.parse(text) as object;
  return { body: JSON.stringify({ ...json, ...ofThisTelling }), json, reason: textIn(json, "code") };
};

/** What an HTTP answer comes to. A receipt is compared to the byte, JSON but for what is of this telling. */
export const answerOf = async (response: Response): Promise<Answer> => {
  const { headers } = response;
  const said = saidIn(await response.text(), headers.get("content-type") ?? "");
  const yes = response.ok;
  return {
    yes,
    // A second yes is 200 where the first was 201: that is how it says that nothing was opened.
    status: yes ? 200 : response.status,
    caseId: headers.get("sektorbro-case") ?? textIn(said.json, "caseId"),
    due: headers.get("sektorbro-due") ?? textIn(said.json, "due"),
    digest: hash(said.body),
    reason: yes ? "" : said.reason,
  };
};

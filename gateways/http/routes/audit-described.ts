import { z } from "zod";
import {
  AskCitizenLooks,
  AuditPage,
  AuditSearch,
  CitizenLooks,
  OddUseAnswer,
} from "../../../contracts/messages/audit.ts";
import { Instant } from "../../../contracts/time.ts";
import type { RouteDescription } from "../route.ts";

export const OddAddress = z.object({
  from: Instant.optional().describe("From then on; a week ago if it is not said."),
  to: Instant.optional().describe("Before then; now if it is not said."),
});

const whose =
  "For those who control look-ups, of their own organisation and its units; for those who run the hub, of everybody.";

export const auditDescribed = {
  search: {
    id: "searchAudit",
    tag: "operation",
    summary: "Who looked at what / Hvem har set hvad",
    detail: `By citizen, case, organisation, person and time; a citizen's number is in the body and kept as a keyed hash alone. ${whose} Oldest first.`,
    body: { types: ["application/json"], schema: AuditSearch },
    answers: { 200: { text: "A page.", schema: AuditPage } },
    problems: [400, 403, 413, 415, 503],
  },
  odd: {
    id: "listOddUse",
    tag: "operation",
    summary: "Looks for a sample check / Opslag til stikprøvekontrol",
    detail:
      "Many cases or many refusals in an hour, emergency access, looks while the organisation is closed, a citizen whom the organisation has no " +
      `case of. None of it is wrong by itself. ${whose}`,
    query: OddAddress,
    answers: { 200: { text: "In the order of time; of many alike one line.", schema: OddUseAnswer } },
    problems: [400, 403, 503],
  },
  export: {
    id: "exportCitizenLooks",
    tag: "operation",
    summary: "A citizen's looks, for the citizen / Borgerens egen logudskrift",
    detail:
      "When, why, what and which organisation; not which employee (GDPR art. 15, Datatilsynet 2024-32-0283). In the language of " +
      `\`accept-language\`; with \`accept: text/plain\` to read. ${whose}`,
    body: { types: ["application/json"], schema: AskCitizenLooks },
    answers: {
      200: {
        text: "Oldest first.",
        schema: CitizenLooks,
        types: ["application/json", "text/plain"],
        shown: { "text/plain": { file: "answers/export-citizen-looks.txt" } },
      },
    },
    problems: [400, 403, 413, 415, 503],
  },
} as const satisfies Readonly<Record<string, RouteDescription>>;

import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { localTimeOf } from "../../../contracts/danish-time.ts";
import { Address } from "../../../contracts/identifiers.ts";
import { Indicators } from "../../../contracts/messages/indicators.ts";
import { problemsOf } from "../../../contracts/problem.ts";
import { asViewer } from "../caller.ts";
import { type Language, languageOf } from "../negotiation.ts";
import { sendPageIn } from "../page-response.ts";
import { ReportAnswers, reportNames, reportQuestions } from "../pages/report/answers.ts";
import { monthBefore } from "../pages/report/numbers.ts";
import { reportPage } from "../pages/report/report.ts";
import type { HttpPorts } from "../ports.ts";
import { sendProblem } from "../problem-response.ts";
import { type Queried, readQuery } from "../query-answer.ts";
import type { Route, RouteDescription, Shown } from "../route.ts";
import { ActingQuery } from "./command-routes.ts";

const ReportAddress = ActingQuery.extend({
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/, "A month is yyyy-mm.")
    .optional()
    .describe("`yyyy-mm`. Absent: the last month that has ended in Denmark."),
  organisation: Address.optional().describe("Only what it, or a unit of it, owed the answer to."),
  language: z.enum(["da", "en"]).optional().describe("Absent: as `accept-language` asks, else Danish."),
});

type Asked = { viewer: string; month: string; organisation: string | undefined };

const lastEnded = (now: string): string => monthBefore(localTimeOf(now).slice(0, 7), 1);

/** All that a report is made of, asked together; the first that is refused is why there is none. */
const ask = async (ports: HttpPorts, asked: Asked): Promise<Queried<ReportAnswers>> => {
  const { viewer, month, organisation } = asked;
  const questions = reportQuestions(month, organisation);
  const entries = await Promise.all(
    reportNames.map(async (name) => {
      const reply = await ports.query("agreement.indicators", viewer, questions[name]);
      return [name, readQuery(reply, Indicators)] as const;
    }),
  );
  for (const [, answer] of entries) if ("missing" in answer) return answer;
  const read = ReportAnswers.safeParse(
    Object.fromEntries(entries.map(([name, answer]) => [name, "found" in answer ? answer.found : undefined])),
  );
  return read.success ? { found: read.data } : { missing: "internal-error" };
};

/** Whom the report is about, as people call it. */
const aboutOf = (ports: HttpPorts, asked: Asked): string | undefined => {
  const gln = asked.organisation ?? (asked.viewer === "operator" ? undefined : asked.viewer);
  if (gln === undefined) return undefined;
  const known = ports.organisation(gln);
  return known === undefined
    ? gln
    : [known.name, known.department].filter((part) => part !== undefined).join(", ");
};

const encoder = new TextEncoder();

const showReport =
  (ports: HttpPorts) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const address = ReportAddress.safeParse(request.query);
    if (!address.success)
      return sendProblem(request, reply, { code: "message-invalid", problems: problemsOf(address.error) });
    const viewer = asViewer(ports, request);
    if (viewer === undefined) return sendProblem(request, reply, { code: "sender-not-authorised" });
    const { month = lastEnded(ports.now()), organisation } = address.data;
    const language: Language = address.data.language ?? languageOf(request.headers["accept-language"]);
    const asked = { viewer, month, organisation };
    const answers = await ask(ports, asked);
    if ("missing" in answers) return sendProblem(request, reply, { code: answers.missing });
    const page = reportPage({ answers: answers.found, language, about: aboutOf(ports, asked) });
    return sendPageIn(reply.header("vary", "accept-language"), encoder.encode(page), language);
  };

/** How it begins, for the API description. */
const reportShown: Shown = {
  made: () =>
    [
      "<!DOCTYPE html>",
      '<html lang="da">',
      "<head><title>Månedsrapport: Svartider og overgange, oktober 2026</title></head>",
      "<body><main><h1>Svartider og overgange</h1></main></body>",
      "</html>",
    ].join("\n"),
};

const description: RouteDescription = {
  id: "showIndicatorsReport",
  tag: "agreements",
  summary: "The monthly report, to read and to print / Månedsrapport",
  detail:
    "One page of HTML that prints on A4: answers in time against the targets, with the month before and twelve months; how long answers " +
    "took; each party; why times were missed; the families' own figures; how it was counted, and where each agreement is written. " +
    "Charts are drawn in it, nothing is fetched and nothing runs. The figures are those of `GET /v1/indicators`, for the same callers.",
  query: ReportAddress,
  answers: { 200: { text: "HTML.", types: ["text/html"], shown: { "text/html": reportShown } } },
  problems: [400, 403, 422, 503],
};

export const reportRoutes = (ports: HttpPorts): Route[] => [
  {
    method: "GET",
    path: "/v1/indicators/report",
    access: "caller",
    reads: "json",
    describe: description,
    handle: showReport(ports),
  },
];

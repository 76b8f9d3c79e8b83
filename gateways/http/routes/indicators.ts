import type { FastifyReply } from "fastify";
import { z } from "zod";
import { Indicators, IndicatorsQuery } from "../../../contracts/messages/indicators.ts";
import { type Problem, problemsOf } from "../../../contracts/problem.ts";
import { asViewer } from "../caller.ts";
import { type CsvLanguage, clocksCsv, figuresCsv } from "../indicators-csv.ts";
import { prefersCsv } from "../negotiation.ts";
import type { ContractExample, HttpPorts } from "../ports.ts";
import { sendProblem } from "../problem-response.ts";
import { readQuery } from "../query-answer.ts";
import type { Route, RouteDescription } from "../route.ts";
import { ActingQuery } from "./command-routes.ts";

const csvType = "text/csv";

const { groupBy: _groupBy, from: _from, to: _to, ...filters } = IndicatorsQuery.shape;

/** The period is `month`, or `from` and `to`. */
const IndicatorsAddress = ActingQuery.extend({
  month: z.string().optional().describe("One month, yyyy-mm; else `from` and `to`."),
  from: z.string().optional().describe("First month, yyyy-mm."),
  to: z.string().optional().describe("Last month, yyyy-mm."),
  groupBy: z
    .string()
    .optional()
    .describe(
      "Up to four of agreement, organisation, creditor, municipality, hospital, region, speciality, family, kind, priority, tier, month, by commas.",
    ),
  ...filters,
});

const CsvAddress = IndicatorsAddress.extend({
  part: z.enum(["clocks", "figures"]).optional().describe("Absent: `clocks`."),
  language: z
    .enum(["da", "en"])
    .optional()
    .describe("`da`: Danish headings, semicolons, decimal commas. Absent: `en`, as JSON names them."),
});

type Address = z.infer<typeof CsvAddress>;
type Asked = { query: IndicatorsQuery; address: Address } | { problems: Problem[] };

/** The question that an address asks. Exported for other answers to the same question. */
const askedOf = (values: unknown): Asked => {
  const address = CsvAddress.safeParse(values);
  if (!address.success) return { problems: problemsOf(address.error) };
  const {
    month,
    from,
    to,
    groupBy = "",
    for: _for,
    part: _part,
    language: _language,
    ...rest
  } = address.data;
  const query = IndicatorsQuery.safeParse({
    ...rest,
    from: from ?? month,
    to: to ?? from ?? month,
    groupBy: groupBy.split(",").filter((word) => word !== ""),
  });
  return query.success ? { query: query.data, address: address.data } : { problems: problemsOf(query.error) };
};

const sendCsv = (
  reply: FastifyReply,
  found: Indicators,
  { part = "clocks", language = "en" }: Address,
): FastifyReply => {
  const spoken: CsvLanguage = language;
  const name = `indicators-${found.from}-${found.to}-${part}.csv`;
  return reply
    .type(`${csvType}; charset=utf-8`)
    .header("content-disposition", `attachment; filename="${name}"`)
    .send(part === "clocks" ? clocksCsv(found, spoken) : figuresCsv(found, spoken));
};

const answer =
  (ports: HttpPorts, always: "csv" | undefined): Route["handle"] =>
  async (request, reply) => {
    const asked = askedOf(request.query);
    if ("problems" in asked)
      return sendProblem(request, reply, { code: "message-invalid", problems: asked.problems });
    const viewer = asViewer(ports, request);
    if (viewer === undefined) return sendProblem(request, reply, { code: "sender-not-authorised" });
    const found = readQuery(await ports.query("agreement.indicators", viewer, asked.query), Indicators);
    if ("missing" in found) return sendProblem(request, reply, { code: found.missing });
    reply.header("vary", "accept");
    return always === "csv" || prefersCsv(request.headers.accept)
      ? sendCsv(reply, found.found, asked.address)
      : reply.send(found.found);
  };

/** The example of the JSON, as a table. */
const shownCsv = (examples: readonly ContractExample[]): string | undefined => {
  const example = examples.find(({ file }) => file === "indicators/valid/month.json");
  const found = Indicators.safeParse(example?.message);
  return found.success ? clocksCsv(found.data, "en") : undefined;
};

const detail =
  "Of the clocks that started in the period: how many were answered in time, median and 90th percentile, longest open, why others were " +
  "late, how much was pause; and the families' own figures. An organisation sees what it or its units owed or were promised, an " +
  "operator everything. No group of fewer than five cases is told, nor one that a total would give away. Answers take minutes of the " +
  "clock on the wall, and working days without public holidays, both less the pauses.";

const jsonDescription: RouteDescription = {
  id: "showIndicators",
  tag: "agreements",
  summary: "How well agreements were kept / Indikatorer",
  detail,
  query: CsvAddress,
  answers: {
    200: {
      text: "Rows in the order of their codes; as a table when `accept` prefers `text/csv`.",
      schema: Indicators,
      types: ["application/json", csvType],
      shown: { [csvType]: { made: shownCsv } },
    },
  },
  problems: [400, 403, 503],
};

const csvDescription: RouteDescription = {
  id: "downloadIndicators",
  tag: "agreements",
  summary: "The same as a table for a spreadsheet / Indikatorer som regneark",
  detail:
    "The first line is all together; what is hidden says so. `part=figures`: the families' own figures.",
  query: CsvAddress,
  answers: {
    200: {
      text: "RFC 4180; names that begin like a formula are quoted.",
      types: [csvType],
      shown: { [csvType]: { made: shownCsv } },
    },
  },
  problems: [400, 403, 503],
};

export const indicatorRoutes = (ports: HttpPorts): Route[] => [
  {
    method: "GET",
    path: "/v1/indicators",
    access: "caller",
    reads: "json",
    describe: jsonDescription,
    handle: answer(ports, undefined),
  },
  {
    method: "GET",
    path: "/v1/indicators.csv",
    access: "caller",
    reads: "json",
    describe: csvDescription,
    handle: answer(ports, "csv"),
  },
];

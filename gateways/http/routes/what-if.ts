import type { FastifyReply, FastifyRequest } from "fastify";
import type { AgreementProblem } from "../../../contracts/agreement-problem.ts";
import { WhatIf, WhatIfAnswer, WhatIfProgress, WhatIfResult } from "../../../contracts/messages/what-if.ts";
import { type Problem, problem, problemsOf } from "../../../contracts/problem.ts";
import { callerOf } from "../caller.ts";
import type { HttpOptions, HttpPorts } from "../ports.ts";
import { retryAfterSeconds, sendProblem } from "../problem-response.ts";
import { readQuery } from "../query-answer.ts";
import type { Route, RouteDescription } from "../route.ts";

/** Both languages: who agrees on times reads Danish, and who sends JSON perhaps does not. */
const asProblem = ({ file, path, code, da, en }: AgreementProblem): Problem =>
  problem(`${file}.${path}`, code, `${en} / ${da}`);

const sendAnswer = (request: FastifyRequest, reply: FastifyReply, answer: WhatIfAnswer): FastifyReply => {
  switch (answer.status) {
    case "done":
      return reply.send(answer.result);
    case "working":
      return reply.code(202).header("retry-after", retryAfterSeconds).send(answer.progress);
    case "refused": {
      const problems = answer.problems.map(asProblem);
      return sendProblem(request, reply, { code: "message-invalid", asked: "command", problems });
    }
  }
};

const askWhatIf =
  (ports: HttpPorts): Route["handle"] =>
  async (request, reply) => {
    if (Buffer.isBuffer(request.body)) return sendProblem(request, reply, { code: "media-type-unknown" });
    const parsed = WhatIf.safeParse(request.body);
    if (!parsed.success)
      return sendProblem(request, reply, { code: "message-invalid", problems: problemsOf(parsed.error) });
    const { gln, role } = callerOf(request);
    const viewer = role === "operator" ? "operator" : gln;
    const answer = readQuery(await ports.query("agreement.whatIf", viewer, parsed.data), WhatIfAnswer);
    return "missing" in answer
      ? sendProblem(request, reply, { code: answer.missing })
      : sendAnswer(request, reply, answer.found);
  };

const description: RouteDescription = {
  id: "tryAgreements",
  tag: "agreements",
  summary: "What other agreements would have meant in a past period / Hvad nu hvis",
  detail:
    "Lives the cases of the period through once more, from the journal: under `sets`, or with `changes` to what is in force, and with other " +
    "opening hours by `calendars`. Tells what would have been in time, late and warned of, by promise and by who owes the answer, beside what " +
    "was. Nothing is put in force. An organisation is told of the clocks that it and its units owe or were promised; operators of all, without " +
    "cases and with groups of fewer than 5 clocks as `null`. A long journal takes its time: 202 tells how far it is; ask the same again for the result.",
  body: { types: ["application/json"], schema: WhatIf },
  answers: {
    200: { text: "What would have been.", schema: WhatIfResult },
    202: { text: "Not done: ask the same again after `Retry-After` seconds.", schema: WhatIfProgress },
  },
  problems: [400, 413, 415, 422, 503],
};

export const whatIfRoutes = (ports: HttpPorts, options: HttpOptions): Route[] => [
  {
    method: "POST",
    path: "/v1/agreements/what-if",
    access: "caller",
    reads: "json",
    maxBytes: options.maxJsonBytes,
    describe: description,
    handle: askWhatIf(ports),
  },
];

import {
  CaseList,
  caseFilter,
  cursorHasSort,
  cursorOfAnotherSort,
  deskHolder,
  type ListName,
  listOrder,
  usualSorts,
} from "../../../contracts/messages/case-list.ts";
import type { HttpPorts } from "../ports.ts";
import type { Route } from "../route.ts";
import { answerList, PageQuery, yesNo } from "./list-answer.ts";

const queryOf = (list: ListName) =>
  PageQuery.extend({
    ...caseFilter,
    overdue: yesNo.optional(),
    holder: deskHolder,
    unread: yesNo.optional(),
    ...listOrder(usualSorts[list]),
  });

type List = { path: string; id: string; type: ListName; summary: string; detail: string };

const shared =
  "Cases of the caller and of its units, or with `for` of one unit. Ids and words alone: no name, no CPR number, no text. " +
  "With a filter a page may be short and still have a `next`. `sort` chooses another order; a `cursor` goes on in its own alone.";

const lists: readonly List[] = [
  {
    path: "/v1/worklist",
    id: "listExpected",
    type: "worklist.expected",
    summary: "What is expected of the caller, by when / Arbejdslisten",
    detail: `What is due first comes first; what has no due time comes last. ${shared}`,
  },
  {
    path: "/v1/sent",
    id: "listSent",
    type: "worklist.sent",
    summary: "What the caller waits for, and of whom / Sendt",
    detail: `Open cases in which somebody else is to act, by when. ${shared}`,
  },
  {
    path: "/v1/overdue",
    id: "listOverdue",
    type: "worklist.overdue",
    summary: "What is late, of the caller and of others / Overskredet",
    detail: `What fell due longest ago comes first; in another order a page may be short, as with a filter. ${shared}`,
  },
  {
    path: "/v1/cases",
    id: "listCases",
    type: "worklist.cases",
    summary: "Every case of the caller, the latest change first / Sager",
    detail: `Closed ones as well. A case that changes while it is paged moves to the first page. ${shared}`,
  },
];

const listRoute = (ports: HttpPorts, { path, id, type, summary, detail }: List): Route => {
  const query = queryOf(type);
  const schema = query.omit({ for: true }).refine(cursorHasSort, cursorOfAnotherSort);
  return {
    method: "GET",
    path,
    access: "caller",
    reads: "json",
    describe: {
      id,
      tag: "worklists",
      summary,
      detail,
      query,
      answers: { 200: { text: "A page.", schema: CaseList } },
      problems: [400, 403, 503],
    },
    handle: (request, reply) => answerList(ports, { request, reply }, { type, schema, input: request.query }),
  };
};

export const worklistRoutes = (ports: HttpPorts): Route[] => lists.map((list) => listRoute(ports, list));

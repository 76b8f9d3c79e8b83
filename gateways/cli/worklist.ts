import { CaseList, type CaseListItem } from "../../contracts/messages/case-list.ts";
import { danishTimeNow } from "./danish-time.ts";
import { type Caller, findHub, type HubClient, readAnswer, type Where } from "./hub-client.ts";
import { columns, print, printJson } from "./say.ts";

export type WorklistOptions = Where & {
  for?: string;
  sent?: boolean;
  overdue?: boolean;
  family?: string;
  sort?: string;
  json?: boolean;
};

const pageSize = "200";

/** Every line of a list, page by page. */
const readList = async (
  hub: HubClient,
  as: Caller,
  { path, query }: { path: string; query: URLSearchParams },
): Promise<CaseListItem[]> => {
  const items: CaseListItem[] = [];
  for (;;) {
    const page = readAnswer(await hub.call({ path: `${path}?${query.toString()}`, as }), CaseList);
    items.push(...page.items);
    if (page.next === undefined) return items;
    query.set("cursor", page.next);
  }
};

const row = (item: CaseListItem): string[][] =>
  (item.awaits.length === 0 ? [undefined] : item.awaits).map((one) => [
    item.caseId,
    item.family,
    item.status,
    one === undefined ? "nobody" : one.name,
    one?.act ?? "",
    one?.due === undefined ? "" : danishTimeNow(one.due),
    one?.overdue === true ? "OVERDUE" : "",
  ]);

/** A list as a table for a person: no name and no number of a patient is in it. */
const worklistText = (items: readonly CaseListItem[]): string =>
  columns([["case", "family", "status", "who", "is to", "by", ""], ...items.flatMap(row)]);

const pathOf = ({ sent, overdue }: WorklistOptions): string => {
  if (overdue === true) return "/v1/overdue";
  return sent === true ? "/v1/sent" : "/v1/worklist";
};

/** What is expected of an organisation and its units, what they wait for, or what is late. @throws CommandFailed */
export const worklist = async (gln: string, options: WorklistOptions): Promise<void> => {
  const hub = await findHub(options);
  const query = new URLSearchParams({ limit: pageSize });
  if (options.for !== undefined) query.set("for", options.for);
  if (options.family !== undefined) query.set("family", options.family);
  if (options.sort !== undefined) query.set("sort", options.sort);
  const as: Caller = { gln, role: "organisation" };
  const items = await readList(hub, as, { path: pathOf(options), query });
  if (options.json === true) printJson(items);
  else print(items.length === 0 ? "Nothing stands here." : worklistText(items));
};

import { colleaguesKey, deskKey } from "../../contracts/index-keys.ts";
import type { IndexedCase } from "../../contracts/messages/case-list.ts";
import { type Colleagues, Desk, deskMessageId, isDeskFact } from "../../contracts/messages/desk.ts";
import type { WorklistPorts } from "./ports.ts";

const readDesk = (text: string | null): Desk | undefined =>
  text === null ? undefined : Desk.parse(JSON.parse(text));

/** How an organisation's desks of some cases stand, as the lists know them. */
export const desksOf = async (
  ports: Pick<WorklistPorts, "mget">,
  viewer: string,
  caseIds: readonly string[],
): Promise<(Desk | undefined)[]> =>
  caseIds.length === 0 ? [] : (await ports.mget(caseIds.map((id) => deskKey(viewer, id)))).map(readDesk);

/** The same of one case from the journal: whoever was refused a moment ago is told who has it. */
export const deskNow = async (
  ports: Pick<WorklistPorts, "load" | "caseIdFor">,
  viewer: string,
  caseId: string,
): Promise<Desk | undefined> => {
  const records = await ports.load(ports.caseIdFor(viewer, deskMessageId(caseId)), "desk");
  return records.flatMap(({ record }) => record.facts).findLast(isDeskFact)?.desk;
};

/** Something happened that others did, and nobody here has seen it. A receipt, a warning or what we did ourselves is no news. */
export const isUnread = ({ news }: IndexedCase, desk: Desk | undefined, ours: ReadonlySet<string>): boolean =>
  news !== undefined && news.no > (desk?.readTo ?? 0) && !ours.has(news.by);

/** By name. */
export const colleaguesOf = async (
  ports: Pick<WorklistPorts, "hgetall">,
  viewer: string,
): Promise<Colleagues> => {
  const found = Object.entries(await ports.hgetall(colleaguesKey(viewer)));
  const colleagues = found
    .map(([id, name]) => ({ id, name }))
    .toSorted((a, b) => a.name.localeCompare(b.name, "da"));
  return { colleagues };
};

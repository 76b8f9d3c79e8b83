import { z } from "zod";
import { InboxItem } from "../../contracts/messages/worklist.ts";
import { danishTimeNow } from "./danish-time.ts";
import { CommandFailed } from "./failure.ts";
import { type Caller, findHub, type HubClient, readAnswer, refusalText, type Where } from "./hub-client.ts";
import { type NameOf, readNames } from "./organisation-names.ts";
import { columns, note, print, printBytes, printJson } from "./say.ts";

export type InboxOptions = Where & { all?: boolean; fetch?: string; json?: boolean };

export const InboxPage = z.object({ items: z.array(InboxItem), next: z.string().optional() });
const pageSize = 500;

/** Every item, page by page, oldest first. */
const readInbox = async (hub: HubClient, as: Caller, show: "open" | "all"): Promise<InboxItem[]> => {
  const items: InboxItem[] = [];
  const query = new URLSearchParams({ show, limit: String(pageSize) });
  for (;;) {
    const page = readAnswer(await hub.call({ path: `/v1/inbox?${query.toString()}`, as }), InboxPage);
    items.push(...page.items);
    if (page.next === undefined) return items;
    query.set("after", page.next);
  }
};

/** Items as a table for a person: no name and no number of a patient is in it. */
const inboxText = (items: readonly InboxItem[], nameOf: NameOf): string =>
  columns([
    ["delivery", "type", "from", "arrived", "status"],
    ...items.map((item) => [
      item.deliveryId,
      item.documentType,
      nameOf(item.from),
      danishTimeNow(item.at),
      item.status,
    ]),
  ]);

const fetchDelivery = async (hub: HubClient, as: Caller, deliveryId: string): Promise<void> => {
  const answer = await hub.call({
    path: `/v1/inbox/${encodeURIComponent(deliveryId)}`,
    as,
    accept: "application/xml, application/json",
  });
  if (answer.status >= 400) throw new CommandFailed(refusalText(answer));
  printBytes(answer.bytes);
  note(`\nFetched, which is recorded. Case ${answer.header("sektorbro-case") ?? ""}`);
};

const list = async (hub: HubClient, as: Caller, options: InboxOptions): Promise<void> => {
  const names = await readNames(hub, as);
  if (!names.has(as.gln))
    throw new CommandFailed(`${as.gln} is not in the hub's directory, so nothing can be sent to it.`);
  const items = await readInbox(hub, as, options.all === true ? "all" : "open");
  if (options.json === true) {
    printJson(items);
    return;
  }
  const empty =
    options.all === true ? "Nothing has come." : "Nothing waits. (--all also shows what was settled.)";
  print(items.length === 0 ? empty : inboxText(items, names.nameOf));
};

/** What waits for an organisation, or one document of it. @throws CommandFailed */
export const inbox = async (gln: string, options: InboxOptions): Promise<void> => {
  const hub = await findHub(options);
  const as: Caller = { gln, role: "organisation" };
  await (options.fetch === undefined ? list(hub, as, options) : fetchDelivery(hub, as, options.fetch));
};

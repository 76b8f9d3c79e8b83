import { type InboxItem, InboxPage } from "../../contracts/messages/worklist.ts";
import { danishTimeNow } from "./danish-time.ts";
import { CommandFailed } from "./failure.ts";
import { type Caller, findHub, type HubClient, readAnswer, refusalText, type Where } from "./hub-client.ts";
import { type NameOf, readNames } from "./organisation-names.ts";
import { columns, note, print, printBytes, printJson } from "./say.ts";

export type InboxOptions = Where & { for?: string; all?: boolean; fetch?: string; json?: boolean };

const pageSize = 500;

/** The unit that the organisation acts as, as an address tells it. */
const unitOf = ({ for: unit }: InboxOptions): { for?: string } => (unit === undefined ? {} : { for: unit });

/** Every item, page by page, oldest first. */
const readInbox = async (hub: HubClient, as: Caller, options: InboxOptions): Promise<InboxItem[]> => {
  const items: InboxItem[] = [];
  const show = options.all === true ? "all" : "open";
  const query = new URLSearchParams({ show, limit: String(pageSize), ...unitOf(options) });
  for (;;) {
    const page = readAnswer(await hub.call({ path: `/v1/inbox?${query.toString()}`, as }), InboxPage);
    items.push(...page.items);
    if (page.next === undefined) return items;
    query.set("cursor", page.next);
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

const fetchDelivery = async (
  hub: HubClient,
  as: Caller,
  { fetch: deliveryId = "", ...options }: InboxOptions,
): Promise<void> => {
  const query = new URLSearchParams(unitOf(options)).toString();
  const answer = await hub.call({
    path: `/v1/inbox/${encodeURIComponent(deliveryId)}${query === "" ? "" : `?${query}`}`,
    as,
    accept: "application/xml, application/json",
  });
  if (answer.status >= 400) throw new CommandFailed(refusalText(answer));
  printBytes(answer.bytes);
  note(`\nFetched, which is recorded. Case ${answer.header("sektorbro-case") ?? ""}`);
};

const list = async (hub: HubClient, as: Caller, options: InboxOptions): Promise<void> => {
  const names = await readNames(hub, as);
  const owner = options.for ?? as.gln;
  if (!names.has(owner))
    throw new CommandFailed(`${owner} is not in the hub's directory, so nothing can be sent to it.`);
  const items = await readInbox(hub, as, options);
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
  await (options.fetch === undefined ? list(hub, as, options) : fetchDelivery(hub, as, options));
};

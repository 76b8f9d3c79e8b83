import { type LoggedMessage, MessagePage, MessageView } from "../../contracts/messages/message-log.ts";
import { exportToEds } from "./export-messages.ts";
import { type Caller, findHub, type HubClient, readAnswer, type Where } from "./hub-client.ts";
import { type Language, messagesText, messageText } from "./messages-text.ts";
import { readCitizen } from "./read-citizen.ts";
import { print, printJson } from "./say.ts";

/** Filters whose flags are called as the fields of a search, and are passed on as they are. */
const searchFlags = [
  "messageId",
  "envelopeId",
  "caseId",
  "intakeId",
  "direction",
  "status",
  "sender",
  "receiver",
  "type",
  "from",
  "to",
] as const;
export type MessagesOptions = Where &
  Partial<Record<(typeof searchFlags)[number], string>> & {
    as?: string;
    for?: string;
    patient?: boolean;
    limit: number;
    export?: "eds";
    out?: string;
    language: Language;
    json?: boolean;
  };

/** The largest page that the hub gives. */
const pageSize = 500;

const callerOf = ({ as }: MessagesOptions): Caller =>
  as === undefined ? { gln: "operator", role: "operator" } : { gln: as, role: "organisation" };

const queryOf = async (options: MessagesOptions): Promise<object> => ({
  ...Object.fromEntries(
    searchFlags.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])),
  ),
  ...(options.patient === true ? { patient: await readCitizen() } : {}),
});

const list = async (hub: HubClient, options: MessagesOptions): Promise<LoggedMessage[]> => {
  const query = await queryOf(options);
  const path = `/v1/messages/search${options.for === undefined ? "" : `?for=${options.for}`}`;
  const items: LoggedMessage[] = [];
  let cursor: string | undefined;
  do {
    const limit = Math.min(pageSize, options.limit - items.length);
    const body = JSON.stringify({ ...query, limit, ...(cursor === undefined ? {} : { cursor }) });
    const call = { method: "POST", path, as: callerOf(options), type: "application/json", body } as const;
    const page = readAnswer(await hub.call(call), MessagePage);
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined && items.length < options.limit);
  return items;
};

/** The message log: what fits, one message with its way, or all hops for EHMI's delivery status. @throws CommandFailed */
export const messages = async (id: string | undefined, options: MessagesOptions): Promise<void> => {
  const hub = await findHub(options);
  if (options.export !== undefined) return exportToEds(hub, options);
  const { language, json } = options;
  if (id === undefined) {
    const items = await list(hub, options);
    if (json === true) printJson(items);
    else print(messagesText(items, language));
    return;
  }
  const unit = options.for === undefined ? "" : `?for=${options.for}`;
  const path = `/v1/messages/${encodeURIComponent(id)}${unit}`;
  const view = readAnswer(await hub.call({ path, as: callerOf(options) }), MessageView);
  if (json === true) printJson(view);
  else print(messageText(view, language));
};

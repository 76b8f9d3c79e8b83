import { DeadLetter, type DeadLetterItem, SentAgainMany } from "../../contracts/messages/dead-letters.ts";
import { DeadLetterPage } from "../../contracts/messages/message-log.ts";
import { danishTimeNow } from "./danish-time.ts";
import { deadLettersText, deadLetterText, sentAgainText } from "./dead-letters-text.ts";
import { CommandFailed, exitCodes } from "./failure.ts";
import { type Caller, findHub, type HubClient, readAnswer, type Where } from "./hub-client.ts";
import { readNames } from "./organisation-names.ts";
import { readInput } from "./read-input.ts";
import { print, printBytes, printJson } from "./say.ts";

type Options = Where & { as?: string; json?: boolean; language: "da" | "en" };

const callerOf = ({ as }: Options): Caller =>
  as === undefined ? { gln: "operator", role: "operator" } : { gln: as, role: "organisation" };

const filters = ["kind", "state", "sender", "receiver", "type", "code", "from", "to"] as const;
type ListOptions = Options & Partial<Record<(typeof filters)[number], string>>;

const pageSize = "500";

const readAll = async (hub: HubClient, as: Caller, query: URLSearchParams): Promise<DeadLetterItem[]> => {
  const items: DeadLetterItem[] = [];
  for (;;) {
    const answer = await hub.call({ path: `/v1/dead-letters?${query.toString()}`, as });
    const page = readAnswer(answer, DeadLetterPage);
    items.push(...page.items);
    if (page.next === undefined) return items;
    query.set("cursor", page.next);
  }
};

/** What was refused, failed, could not be read, or did not surely arrive. @throws CommandFailed */
export const listDeadLetters = async (options: ListOptions): Promise<void> => {
  const hub = await findHub(options);
  const as = callerOf(options);
  const query = new URLSearchParams({ limit: pageSize });
  for (const name of filters) {
    const value = options[name];
    if (value !== undefined) query.set(name, value);
  }
  const items = await readAll(hub, as, query);
  if (options.json === true) {
    printJson(items);
    return;
  }
  const { nameOf } = await readNames(hub, as);
  print(deadLettersText(items, { language: options.language, nameOf, time: danishTimeNow }));
};

const say = async (hub: HubClient, letter: DeadLetter, options: Options): Promise<void> => {
  if (options.json === true) {
    printJson(letter);
    return;
  }
  const { nameOf } = await readNames(hub, callerOf(options));
  print(deadLetterText(letter, { language: options.language, nameOf, time: danishTimeNow }));
};

const pathOf = (id: string): string => `/v1/dead-letters/${encodeURIComponent(id)}`;

/** One of them with all that is known, or its bytes as they came. @throws CommandFailed */
export const showDeadLetter = async (
  id: string,
  options: Options & { original?: boolean },
): Promise<void> => {
  const hub = await findHub(options);
  const as = callerOf(options);
  if (options.original !== true) {
    await say(hub, readAnswer(await hub.call({ path: pathOf(id), as }), DeadLetter), options);
    return;
  }
  const original = await hub.call({ path: `${pathOf(id)}/original`, as });
  if (original.status !== 200) readAnswer(original, DeadLetter);
  printBytes(original.bytes);
};

type SendAgainOptions = Options & {
  document?: string;
  to?: string;
  standard?: string;
  transport?: string;
  reason?: string;
};

const json = "application/json";

const bodyOf = async (options: SendAgainOptions): Promise<{ type: string; body: Uint8Array | string }> => {
  const { document, to, standard, transport, reason } = options;
  if (document !== undefined) {
    const body = await readInput(document);
    return {
      type: document.toLowerCase().endsWith(".json") ? "application/fhir+json" : "application/xml",
      body,
    };
  }
  const address = to === undefined ? {} : { to: { gln: to, standard, transport } };
  return { type: json, body: JSON.stringify({ ...address, reason }) };
};

const sendMany = async (ids: readonly string[], options: SendAgainOptions): Promise<void> => {
  if (options.document !== undefined || options.to !== undefined)
    throw new CommandFailed(
      "A corrected document, or another address, is for one of them at a time.",
      exitCodes.usage,
    );
  const hub = await findHub(options);
  const body = JSON.stringify({ ids, reason: options.reason });
  const path = "/v1/dead-letters/send-again";
  const answer = await hub.call({ method: "POST", path, as: callerOf(options), type: json, body });
  const came = readAnswer(answer, SentAgainMany);
  if (options.json === true) printJson(came);
  else print(sentAgainText(came, options.language));
  const left = came.results.filter(({ status }) => status === "refused" || status === "failed").length;
  if (left > 0) throw new CommandFailed(`Not sent again: ${String(left)} of ${String(ids.length)}.`);
};

/** Has them sent again: one, corrected or to another address; or many as they are. @throws CommandFailed */
export const sendDeadLettersAgain = async (ids: string[], options: SendAgainOptions): Promise<void> => {
  const [id] = ids;
  if (ids.length !== 1 || id === undefined) {
    await sendMany(ids, options);
    return;
  }
  const hub = await findHub(options);
  const sending = { method: "POST", path: `${pathOf(id)}/send-again`, as: callerOf(options) } as const;
  const answer = await hub.call({ ...sending, ...(await bodyOf(options)) });
  await say(hub, readAnswer(answer, DeadLetter), options);
};

/** Says that somebody has seen to it. @throws CommandFailed */
export const closeDeadLetter = async (id: string, options: Options & { reason: string }): Promise<void> => {
  const hub = await findHub(options);
  const body = JSON.stringify({ reason: options.reason });
  const path = `${pathOf(id)}/close`;
  const answer = await hub.call({ method: "POST", path, as: callerOf(options), type: json, body });
  await say(hub, readAnswer(answer, DeadLetter), options);
};

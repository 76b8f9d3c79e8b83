import { type Command, Option } from "commander";
import { MessagePage, MessageView } from "../../contracts/messages/message-log.ts";
import { glnArgument } from "./arguments.ts";
import { CommandFailed } from "./failure.ts";
import { type Caller, findHub, type HubClient, readAnswer, type Where } from "./hub-client.ts";
import { print, printJson } from "./say.ts";
import { type Trace, type TraceLanguage, traceText } from "./trace-text.ts";

type TraceOptions = Where & { as?: string; for?: string; language: TraceLanguage; json?: boolean };
type Asking = { hub: HubClient; as: Caller; unit: string };

const notFound = 404;
const mostFound = 20;

const show = async ({ hub, as, unit }: Asking, id: string): Promise<MessageView | undefined> => {
  const answer = await hub.call({ path: `/v1/messages/${encodeURIComponent(id)}${unit}`, as });
  return answer.status === notFound ? undefined : readAnswer(answer, MessageView);
};

const search = async ({ hub, as, unit }: Asking, query: object): Promise<string[]> => {
  const body = JSON.stringify({ ...query, limit: mostFound });
  const path = `/v1/messages/search${unit}`;
  const answer = await hub.call({ method: "POST", path, as, type: "application/json", body });
  return readAnswer(answer, MessagePage).items.map(({ id }) => id);
};

/** Whatever it is called: by the hub, by its sender, by the envelope that it went in. */
const idsFor = async (asking: Asking, id: string): Promise<string[]> => {
  if ((await show(asking, id)) !== undefined) return [id];
  for (const key of ["messageId", "envelopeId"]) {
    const found = await search(asking, { [key]: id });
    if (found.length > 0) return found;
  }
  throw new CommandFailed(
    "No message is called that, or it is not yours to see. Ids are those of the hub, of a letter or a FHIR message, and of an envelope.",
  );
};

/** `<caseId>.<recordNo>` of a message that came in, and of one that went out, which has one number more. */
const recordOf = (id: string): string | undefined => /^(.{36}\.\d+)(?:\.\d+)?$/.exec(id)?.[1];

const seen = async (asking: Asking, ids: readonly string[]): Promise<MessageView[]> => {
  const views: MessageView[] = [];
  for (const id of ids) {
    const view = await show(asking, id);
    if (view !== undefined) views.push(view);
  }
  return views;
};

/** What came in as a record, and every document that the same record owes. */
const around = async (asking: Asking, id: string): Promise<Trace> => {
  const found = await show(asking, id);
  const record = recordOf(found?.id ?? id);
  if (found?.caseId === undefined || record === undefined) return { came: found, went: [] };
  const ofCase = await search(asking, { caseId: found.caseId });
  const [came] = await seen(asking, [record]);
  return { came, went: await seen(asking, ofCase.filter((one) => one.startsWith(`${record}.`)).toSorted()) };
};

/** Everything that happened to one message. @throws CommandFailed when there is none, or no hub answers */
const trace = async (id: string, options: TraceOptions): Promise<void> => {
  const hub = await findHub(options);
  const as: Caller =
    options.as === undefined
      ? { gln: "operator", role: "operator" }
      : { gln: options.as, role: "organisation" };
  const asking = { hub, as, unit: options.for === undefined ? "" : `?for=${options.for}` };
  const ids = await idsFor(asking, id);
  const records = [...new Set(ids.map((one) => recordOf(one) ?? one))];
  const traces: Trace[] = [];
  for (const one of records) {
    const [first = one] = ids.filter((each) => (recordOf(each) ?? each) === one);
    traces.push(await around(asking, first));
  }
  const { language, json } = options;
  if (json === true) printJson(traces);
  else print(traces.map((each) => traceText(each, { language, nowMs: Date.now() })).join("\n\n"));
};

/** `sektorbro trace`. */
export const addTrace = (program: Command): void => {
  program
    .command("trace")
    .summary("tell what happened to one message, in words")
    .description(
      "Tells everything that happened to one message, from the hand of its sender to the receipt of each receiver, in order and with the time between, and where it stands now. As somebody who runs the hub, or with --as as an organisation. No name, no number and no text of a patient is in it.",
    )
    .argument("<id>", "what the message is called: by the hub, by its sender, or by its envelope")
    .option("--as <gln>", "as this organisation", glnArgument)
    .option("--for <gln>", "act as this unit of the organisation", glnArgument)
    .addOption(
      new Option("--language <language>", "language of the words").choices(["da", "en"]).default("da"),
    )
    .option("--json", "print JSON, for a program")
    .option("--url <address>", "address of the hub (SEKTORBRO_URL; else that of the hub on the data folder)")
    .option("--data <folder>", "data folder of the hub (SEKTORBRO_DATA; else .sektorbro)")
    .action(trace);
};

import { CommandReply } from "../../contracts/envelope.ts";
import { PushedReceivers } from "../../contracts/messages/receivers.ts";
import { danishTimeNow } from "./danish-time.ts";
import { type Caller, findHub, readAnswer, type Where } from "./hub-client.ts";
import { readNames } from "./organisation-names.ts";
import { receiversText } from "./receivers-text.ts";
import { print, printJson } from "./say.ts";

type ReceiversOptions = Where & { json?: boolean; english?: boolean };
type PauseOptions = ReceiversOptions & { reason?: string };

const operator: Caller = { gln: "operator", role: "operator" };
const Accepted = CommandReply.options[0];

/** Shows how each receiver fares that the hub brings documents to. @throws CommandFailed */
export const listReceivers = async (options: ReceiversOptions): Promise<void> => {
  const hub = await findHub(options);
  const found = readAnswer(await hub.call({ path: "/v1/receivers", as: operator }), PushedReceivers);
  if (options.json === true) {
    printJson(found);
    return;
  }
  const { nameOf } = await readNames(hub, operator);
  const language = options.english === true ? "en" : "da";
  print(receiversText(found, { language, nameOf, time: danishTimeNow }));
};

const done = {
  pause: { da: ["Sat på pause.", "Var på pause allerede."], en: ["Paused.", "Was paused already."] },
  resume: { da: ["Genoptaget.", "Var ikke på pause."], en: ["Resumed.", "Was not paused."] },
} as const;

const steer = async (act: "pause" | "resume", gln: string, options: PauseOptions): Promise<void> => {
  const hub = await findHub(options);
  const body = JSON.stringify(options.reason === undefined ? {} : { reason: options.reason });
  const path = `/v1/receivers/${gln}/${act}`;
  const answer = await hub.call({ method: "POST", path, as: operator, type: "application/json", body });
  const accepted = readAnswer(answer, Accepted);
  if (options.json === true) {
    printJson(accepted);
    return;
  }
  const [now, before] = done[act][options.english === true ? "en" : "da"];
  print(accepted.duplicate ? before : now);
};

/** Has the hub bring a receiver nothing until it is resumed. @throws CommandFailed */
export const pauseReceiver = (gln: string, options: PauseOptions): Promise<void> =>
  steer("pause", gln, options);
/** Has the hub bring a receiver its documents again. @throws CommandFailed */
export const resumeReceiver = (gln: string, options: ReceiversOptions): Promise<void> =>
  steer("resume", gln, options);

import { setTimeout as sleep } from "node:timers/promises";
import type { z } from "zod";
import { CommandReply } from "../../contracts/envelope.ts";
import { CaseList, type CaseListItem } from "../../contracts/messages/case-list.ts";
import { CaseView } from "../../contracts/messages/worklist.ts";
import { danishTimeNow } from "./danish-time.ts";
import type { Teller } from "./demo-teller.ts";
import { CommandFailed } from "./failure.ts";
import { type Answer, type HubClient, readAnswer, refusalText } from "./hub-client.ts";
import type { NameOf } from "./organisation-names.ts";

/** What the scenes of the chain share: the hub, who tells, and the ids that earlier scenes left for later ones. */
export type ChainStage = {
  hub: HubClient;
  teller: Teller;
  nameOf: NameOf;
  /** Names the whole chain in every command (`correlation-id`). */
  chain: string;
  now: () => number;
};

export const chainParties = {
  PRACTICE: "5790000100019",
  TEAM: "5790000310012",
  CARDIOLOGY: "5790000200023",
  VISITATION: "5790000211012",
  HOSPITAL: "5790000210015",
  MUNICIPALITY: "5790000300013",
  HEALTH_CENTRE: "5790000311033",
} as const;
export type ChainParty = keyof typeof chainParties;

/** One command of one party: what it is called in the story, and what is sent. `by` may be a GLN that the hub chose. */
export type Act = { by: ChainParty | { gln: string }; path: string; body: object };
export type Done = Extract<CommandReply, { status: "accepted" }>;

const glnOf = (by: Act["by"]): string => (typeof by === "string" ? chainParties[by] : by.gln);
const variableOf = (by: Act["by"]): string => (typeof by === "string" ? by : "DOCTOR");

export const hourMs = 3_600_000;

/** The made-up citizen of the whole story, and the municipality that she lives in. */
export const patient = { cpr: "1105650000", surname: "Demosen", givenName: "Ægidia Prøve" };
export const municipality = "0890";

/** So long after now, as an instant. */
export const at = ({ now }: ChainStage, offsetMs: number): string => new Date(now() + offsetMs).toISOString();

const failed = (stage: ChainStage, why: string): CommandFailed =>
  new CommandFailed(`The demo failed in step ${String(stage.teller.steps())}. ${why}`);

const call = (stage: ChainStage, act: Act): Promise<Answer> =>
  stage.hub.call({
    method: "POST",
    path: act.path,
    as: { gln: glnOf(act.by), role: "organisation" },
    type: "application/json",
    correlation: stage.chain,
    body: JSON.stringify(act.body),
  });

const outcomeLines = ({ facts, due, warnings }: Done): string[] => [
  `on disk: ${facts.join(", ")}`,
  ...(due === undefined ? [] : [`due ${danishTimeNow(due)}`]),
  ...(warnings ?? []).map(({ path, message }) => `warning, ${path}: ${message}`),
];

const lineWidth = 92;

/** JSON on as few lines as fit a terminal; a shell takes it as it stands. */
const jsonLines = (body: object): string => {
  const lines = [""];
  for (const part of JSON.stringify(body, null, 1)
    .split("\n")
    .map((line) => line.trim())) {
    const last = lines.at(-1) ?? "";
    if (last === "" || last.length + part.length < lineWidth)
      lines[lines.length - 1] = `${last} ${part}`.trim();
    else lines.push(part);
  }
  return lines.join("\n     ");
};

/** Sends a command, shows it and what came of it. @throws CommandFailed when it was not accepted */
export const doAct = async (stage: ChainStage, act: Act): Promise<Done> => {
  stage.teller.curl(
    `$HUB${act.path} -H "authorization: Bearer $${variableOf(act.by)}"`,
    `-H "content-type: application/json" -d`,
    `'${jsonLines(act.body)}'`,
  );
  const answer = await call(stage, act);
  if (answer.status >= 300) throw failed(stage, refusalText(answer));
  const done = readAnswer(answer, CommandReply.options[0]);
  stage.teller.result(...outcomeLines(done));
  return done;
};

const waitMs = 10_000;

/** Asks until there is an answer: what the hub does by itself takes a moment. @throws CommandFailed after ten seconds */
export const waitFor = async <T>(
  stage: ChainStage,
  what: string,
  look: () => Promise<T | undefined>,
): Promise<T> => {
  const end = Date.now() + waitMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw failed(stage, `${what} did not come in ten seconds.`);
    await sleep(50);
  }
};

const getAs = (stage: ChainStage, by: Act["by"], path: string): Promise<Answer> =>
  stage.hub.call({ path, as: { gln: glnOf(by), role: "organisation" } });

export const readCaseAs = async (stage: ChainStage, by: Act["by"], caseId: string): Promise<CaseView> =>
  readAnswer(await getAs(stage, by, `/v1/cases/${caseId}`), CaseView);

/** What a party is expected to do in a case, when its worklist shows it. */
export const onWorklist = (
  stage: ChainStage,
  by: ChainParty,
  wanted: (item: CaseListItem) => boolean,
): Promise<CaseListItem> =>
  waitFor(stage, `A line on the worklist of ${by}`, async () => {
    const list = readAnswer(await getAs(stage, by, "/v1/worklist"), CaseList);
    return list.items.find(wanted);
  });

export const showWorklistLine = (stage: ChainStage, by: ChainParty, item: CaseListItem): void => {
  stage.teller.curl(`$HUB/v1/worklist -H "authorization: Bearer $${by}"`);
  for (const { name, act, due } of item.awaits)
    stage.teller.result(
      `${item.family} (${item.kind}), ${item.status}: ${name} is to ${act}${due === undefined ? "" : `, by ${danishTimeNow(due)}`}`,
    );
};

/** Asks by a body: what is about a citizen never stands in an address. Again until the answer has what was just written. */
export const askAs = async <T>(
  stage: ChainStage,
  act: Act,
  { schema, isWhole }: { schema: z.ZodType<T>; isWhole: (found: T) => boolean },
): Promise<T> => {
  stage.teller.curl(
    `$HUB${act.path} -H "authorization: Bearer $${variableOf(act.by)}"`,
    `-H "content-type: application/json" -d '${JSON.stringify(act.body)}'`,
  );
  return waitFor(stage, "The whole answer", async () => {
    const found = readAnswer(await call(stage, act), schema);
    return isWhole(found) ? found : undefined;
  });
};

/** A page of another resource, as its own schema reads it. */
export const readAs = async <T>(
  stage: ChainStage,
  { by, path }: { by: ChainParty; path: string },
  schema: z.ZodType<T>,
): Promise<T> => {
  stage.teller.curl(`"$HUB${path}" -H "authorization: Bearer $${by}"`);
  return readAnswer(await getAs(stage, by, path), schema);
};

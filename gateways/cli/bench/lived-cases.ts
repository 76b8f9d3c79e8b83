import { agreements } from "../../../contracts/codes/agreements.ts";
import { commandReplyFrom } from "../../../contracts/envelope.ts";
import { configFrom } from "../../../infra/config/config.ts";
import { createLog } from "../../../infra/observability/logger.ts";
import { openAsking } from "../compose.ts";
import { CommandFailed } from "../failure.ts";
import { forEachOf } from "./clock-questions.ts";
import { asker, askPayload, unit } from "./messages.ts";

type Asking = Awaited<ReturnType<typeof openAsking>>;

const dayMs = 24 * 3_600_000;

/** What is said in a case, one after the other: its records are a question, asked back, told, answered, followed up, answered. */
const said = [
  ["advice.requestInformation", unit],
  ["advice.giveInformation", asker],
  ["advice.answer", unit],
  ["advice.askFollowUp", asker],
  ["advice.answer", unit],
] as const;
export const recordsACase = 1 + said.length;

/** Lives the nth case through as the service decides it, half a day between two records. */
const liveCase = async ({ at }: Asking, n: number, begunMs: number): Promise<void> => {
  const messageId = `rebuild-${String(n)}`;
  const tell = async (
    step: number,
    type: string,
    of: { sender: string; payload: unknown },
  ): Promise<string> => {
    const time = new Date(begunMs + (step * dayMs) / 2).toISOString();
    const message = { id: `${messageId}-${String(step)}`, type, version: 1, time, ...of };
    const reply = commandReplyFrom(await at(time, agreements)(message));
    if (reply.status !== "accepted")
      throw new CommandFailed(`${type} was ${reply.status}, so there is nothing to rebuild.`);
    return reply.caseId;
  };
  const caseId = await tell(0, "advice.ask", { sender: asker, payload: askPayload(messageId) });
  for (const [i, [type, sender]] of said.entries())
    await tell(i + 1, type, { sender, payload: { caseId, text: "Gentag prøverne om seks uger." } });
};

/** Writes the records of so many cases to the journal of a hub that is not there yet. */
export const writeCases = async (dataDir: string, cases: number): Promise<void> => {
  const asking = await openAsking(configFrom(process.env, { data: dataDir }), createLog({ level: "silent" }));
  const begunMs = Date.now() - 30 * dayMs;
  try {
    await forEachOf({ from: 0, to: cases }, (n) => liveCase(asking, n, begunMs));
  } finally {
    await asking.stop();
  }
};

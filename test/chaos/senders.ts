import { setTimeout as sleep } from "node:timers/promises";
import { type Random, seededRandom } from "../support/load.ts";
import type { Answer, Sent } from "./evidence.ts";
import { ask, care, letter, type Message, type Step, step } from "./messages.ts";
import { jsonUnits, letterUnit, nobody, practiceGln } from "./parties.ts";
import { answerOf } from "./read-answer.ts";

export type SendersOptions = {
  /** Where the hubs listen; whoever sends tries any of them. */
  hubs: () => readonly string[];
  /** What a caller shows at one of the hubs. */
  token: (hub: number, gln: string) => string;
  /** What each conversation says comes from it and from the number of the conversation, whichever hub hears it when. */
  seed: number;
  senders: number;
  /** Letters and digits that are no other run's. */
  tag: string;
};

export type Senders = {
  sent: ReadonlyMap<string, Sent>;
  /** How often each status was answered; `none`: the connection broke, or nothing came in time. */
  statuses: ReadonlyMap<string, number>;
  /** What no sender should ever see: a status that is none of the agreed ones, a 503 without retry-after. */
  oddities: readonly string[];
  waiting: () => number;
  /** Each sender finishes its conversation, and ends. */
  stop: () => Promise<void>;
  /** They end as they are: nobody is to hear of them. */
  abandon: () => void;
};

const tryTimeoutMs = 4_000;
const rememberedForLater = 3_000;
const definite = (status: number): boolean =>
  status < 300 || (status >= 400 && status < 500 && status !== 429);

const sameAnswer = (a: Answer | undefined, b: Answer): boolean => JSON.stringify(a) === JSON.stringify(b);

/** A sample of everything that was said so far, each as likely as the other, to be said once more at any time later. */
const createMemory = (
  random: Random,
): { keep: (message: Message) => void; any: () => Message | undefined } => {
  const kept: Message[] = [];
  let seen = 0;
  return {
    keep: (message) => {
      seen += 1;
      const place = kept.length < rememberedForLater ? kept.length : Math.floor(random() * seen);
      if (place < rememberedForLater) kept[place] = message;
    },
    any: () => kept[Math.floor(random() * kept.length)],
  };
};

/** The messages of one conversation, in order; the next is sent when the one before has its answer. */
type Turn = (caseId: string) => Message;

const talk = (name: string, unit: string, random: Random): Turn[] => {
  const turns: Turn[] = [];
  const say = (what: Step, by: string): void => {
    const key = `${name}-${String(turns.length)}`;
    turns.push((caseId) => step(what, { caseId, key, by }));
  };
  const rounds = Math.floor(random() * 3);
  for (let i = 0; i < rounds; i++) {
    if (i > 0) say("follow-up", practiceGln);
    if (random() < 0.4) {
      say("request-information", unit);
      say("give-information", practiceGln);
    }
    say("answer", unit);
  }
  return turns;
};

/** What a conversation begins with, and how it goes on. */
const conversation = (n: number, tag: string, random: Random): { first: Message; next: Turn[] } => {
  const name = `${tag}${String(n)}`;
  const drawn = random();
  if (drawn < 0.45) {
    const unit = jsonUnits[n % jsonUnits.length] ?? letterUnit;
    return { first: ask(n, name, unit), next: talk(name, unit, random) };
  }
  if (drawn < 0.55) return { first: ask(n, name, letterUnit), next: talk(name, letterUnit, random) };
  if (drawn < 0.75) {
    const answered: Turn[] = random() < 0.5 ? [() => letter(n, `${name}R`, "answer")] : [];
    return { first: letter(n, name, "question"), next: answered };
  }
  if (drawn < 0.9) return { first: care(n, tag, "question"), next: [] };
  if (drawn < 0.94) return { first: ask(n, name, nobody), next: [] };
  if (drawn < 0.97) return { first: letter(n, name, "misdirected"), next: [] };
  return { first: care(n, tag, "broken"), next: [] };
};

/** Senders that go on sending whatever happens, each a message until it has a definite answer, and old ones in between. */
export const startSenders = (options: SendersOptions): Senders => {
  const { hubs, token, seed, tag } = options;
  /** Where and when something is sent, which depends on how long the hub takes: no two runs are alike in that. */
  const random = seededRandom(seed);
  const sent = new Map<string, Sent>();
  const statuses = new Map<string, number>();
  const oddities: string[] = [];
  const waiting = new Set<string>();
  const memory = createMemory(random);
  const [ending, abandoned] = [new AbortController(), new AbortController()];
  const count = (status: string): void => void statuses.set(status, (statuses.get(status) ?? 0) + 1);

  const tryOnce = async ({
    path,
    body,
    mediaType,
    headers,
    by,
    id,
  }: Message): Promise<Answer | undefined> => {
    const urls = hubs();
    const hub = Math.floor(random() * urls.length);
    const response = await fetch((urls[hub] ?? "") + path, {
      method: "POST",
      body: Buffer.from(body),
      headers: { ...headers, authorization: `Bearer ${token(hub, by)}`, "content-type": mediaType },
      signal: AbortSignal.timeout(tryTimeoutMs),
    });
    count(String(response.status));
    const answer = await answerOf(response);
    if (definite(response.status)) return answer;
    const asked = response.status === 503 && response.headers.get("retry-after") !== null;
    if (!asked) oddities.push(`${id}: ${String(response.status)} ${answer.reason}`);
    return undefined;
  };

  const untilAnswered = async (message: Message): Promise<Answer> => {
    const known = sent.get(message.id) ?? { id: message.id, kind: message.kind, sends: 0, answers: [] };
    sent.set(message.id, known);
    for (;;) {
      known.sends += 1;
      waiting.add(message.id);
      const answer = await tryOnce(message).catch(() => {
        count("none");
        return undefined;
      });
      if (answer !== undefined) {
        waiting.delete(message.id);
        if (!known.answers.some((before) => sameAnswer(before, answer))) known.answers.push(answer);
        if (answer.yes !== message.good)
          oddities.push(`${message.id}: ${String(answer.status)} ${answer.reason}`);
        return answer;
      }
      await sleep(50 + random() * 250, undefined, { signal: abandoned.signal });
    }
  };

  const say = async (message: Message, again: boolean): Promise<Answer> => {
    const answer = await untilAnswered(message);
    if (again) await untilAnswered(message);
    memory.keep(message);
    return answer;
  };

  const converse = async (n: number): Promise<void> => {
    const drawn = seededRandom(seed * 1_000_003 + n);
    const again = (): boolean => drawn() < 0.1;
    const { first, next: turns } = conversation(n, tag, drawn);
    const { caseId, yes } = await say(first, again());
    if (!yes) return;
    for (const turn of turns) await say(turn(caseId), again());
    const old = random() < 0.15 ? memory.any() : undefined;
    if (old !== undefined) await untilAnswered(old);
  };

  let next = 0;
  const sender = async (): Promise<void> => {
    while (!ending.signal.aborted) await converse(next++);
  };
  const senders = Array.from({ length: options.senders }, () =>
    sender().catch((error: unknown) => {
      if (!abandoned.signal.aborted) throw error;
    }),
  );
  return {
    sent,
    statuses,
    oddities,
    waiting: () => waiting.size,
    stop: async () => {
      ending.abort();
      await Promise.all(senders);
    },
    abandon: () => {
      ending.abort();
      abandoned.abort();
    },
  };
};

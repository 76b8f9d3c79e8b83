import { look } from "../documents/look.ts";
import type { Check, Conversation, Step } from "./conversation.ts";
import { type HubSide, type Story, sayToPartner } from "./hub-side.ts";
import { type Heard, judge } from "./judge.ts";
import type { Line } from "./line.ts";
import { changed, repeated, type Shown } from "./shown.ts";

type CheckResult = Check & {
  verdict: "passed" | "failed" | "skipped";
  about: string;
  found?: string | undefined;
};
export type ConversationResult = Pick<Conversation, "id" | "title"> & {
  passed: boolean;
  checks: CheckResult[];
};

export type Conforming = {
  side: HubSide;
  line: Line;
  /** So long a thing is waited for. */
  withinMs: number;
  /** So long nothing is heard before nothing is thought to be on its way. */
  quietMs: number;
  /** What is waited for, while it is waited for. */
  waiting: (conversation: Conversation, check: Check) => void;
};

type Course = { shown: Shown[]; story: Story; since: number; began: number };

const lookMs = 50;

const put = (conforming: Conforming, course: Course, shown: Shown): void => {
  course.shown.push(shown);
  course.since = conforming.line.heard().length;
  conforming.line.show(shown);
};

/** Awaits one check, as long as it may still come out well. */
const awaitCheck = async (
  { line, side, withinMs, quietMs }: Conforming,
  check: Check,
  { course, shown }: { course: Course; shown: Shown },
): Promise<Pick<CheckResult, "verdict" | "found">> => {
  const endMs = side.nowMs() + withinMs;
  const startedMs = side.nowMs();
  for (;;) {
    const heard: readonly Heard[] = line.heard();
    const quiet = side.nowMs() - Math.max(line.lastMs(), startedMs) > quietMs;
    const heardSince = heard.slice(course.since);
    const heardInAll = heard.slice(course.began);
    const { verdict, found } = judge(check, { shown, heard: heardSince, heardInAll, quiet });
    if (verdict !== "waiting") return { verdict, found };
    if (side.nowMs() > endMs) return { verdict: "failed", found };
    await side.wait(lookMs);
  }
};

const expectAll = async (
  conforming: Conforming,
  conversation: Conversation,
  { course, checks, shown }: { course: Course; checks: readonly Check[]; shown: Shown },
): Promise<CheckResult[]> => {
  const results: CheckResult[] = [];
  for (const check of checks) {
    const about = shown.documentType;
    // What is said of a receipt that never came is the same fault once more.
    if (
      results.some(
        ({ verdict, check: name }) => verdict === "failed" && ["fetched", "receipt", "answer"].includes(name),
      )
    ) {
      results.push({ ...check, about, verdict: "skipped" });
      continue;
    }
    conforming.waiting(conversation, check);
    results.push({ ...check, about, ...(await awaitCheck(conforming, check, { course, shown })) });
  }
  return results;
};

/** What the partner is shown next; of several documents the ones after the first come when the first has been judged. */
const nextDocuments = async (
  { side }: Conforming,
  course: Course,
  step: Exclude<Step, { does: "expect" }>,
): Promise<Shown[]> => {
  const last = course.shown.at(-1);
  if (step.does === "repeat") {
    if (last === undefined) return [];
    const bytes = repeated(last, side.newId);
    const seen = look(bytes, last.mediaType, side.inFormat);
    return [{ ...last, deliveryId: `${last.deliveryId}_2`, bytes, seen, real: false }];
  }
  const { what, change } = step;
  const said = await sayToPartner(side, { what, aside: change !== undefined }, course.story);
  course.story = said.story;
  if (change === undefined) return said.shown;
  return said.shown.map((one) => {
    const bytes = changed(one.bytes, change);
    const seen = look(bytes, one.mediaType, side.inFormat);
    return { ...one, bytes, seen, real: false };
  });
};

/** Holds one conversation with the partner. */
export const converse = async (
  conforming: Conforming,
  conversation: Conversation,
): Promise<ConversationResult> => {
  const { line, side } = conforming;
  const began = line.heard().length;
  const occurredAt = new Date(side.nowMs() - 300_000).toISOString();
  const story = { stayId: `conform-${side.newId()}`.slice(0, 35), messageId: undefined, occurredAt };
  const course: Course = { shown: [], story, since: began, began };
  const checks: CheckResult[] = [];
  let waiting: Shown[] = [];
  for (const step of conversation.steps) {
    if (step.does !== "expect") {
      waiting = await nextDocuments(conforming, course, step);
      continue;
    }
    for (const shown of waiting) {
      put(conforming, course, shown);
      checks.push(...(await expectAll(conforming, conversation, { course, checks: step.checks, shown })));
    }
    if (checks.some(({ verdict }) => verdict === "failed")) break;
  }
  const { id, title } = conversation;
  return {
    id,
    title,
    passed: checks.length > 0 && checks.every(({ verdict }) => verdict === "passed"),
    checks,
  };
};

import type { CaseEvent } from "../../contracts/messages/case-list.ts";
import type { Placed } from "../case/projector.ts";
import { caseEvent } from "./core/case-event.ts";

/** Nobody waits for news of this age: it is an index that is made anew, and whoever listens reads its lists at hello. */
const newsMs = 10 * 60_000;
/** So many of a stream may be in an index made beside, and not yet in the one that answers, when they change places. */
const mostKept = 1_000;

export type ChangesTold = {
  /** Tells of records that the index holds, each once, and not of those that it holds again. */
  tell: (stream: string, run: readonly Placed[]) => void;
  /** Keeps the newest of an index that nobody reads yet. */
  keep: (stream: string, run: readonly Placed[]) => void;
  /** That index answers now: what of it was not told yet is. */
  tellKept: () => void;
};

/** Tells whoever listens which cases changed, once the lists show it. */
export const createChangesTold = (publish: (event: CaseEvent) => void, nowMs: () => number): ChangesTold => {
  const told = new Map<string, number>();
  const kept = new Map<string, { news: readonly Placed[]; last: number }>();
  const isNews = ({ value }: Placed): boolean => nowMs() - Date.parse(value.meta.at) < newsMs;
  const tellTo = (stream: string, run: readonly Placed[], last: number): void => {
    const before = told.get(stream) ?? 0;
    for (const one of run) if (one.seq > before && isNews(one)) publish(caseEvent(one.value));
    told.set(stream, Math.max(before, last));
  };
  const tell = (stream: string, run: readonly Placed[]): void => {
    tellTo(stream, run, run.at(-1)?.seq ?? 0);
  };
  return {
    tell,
    keep: (stream, run) => {
      const { news, last } = kept.get(stream) ?? { news: [], last: 0 };
      // What is old now is older then: records that outlive their run cost the collector of garbage more than the run itself.
      kept.set(stream, {
        news: [...news, ...run.filter(isNews)].slice(-mostKept),
        last: run.at(-1)?.seq ?? last,
      });
    },
    tellKept: () => {
      for (const [stream, { news, last }] of kept) tellTo(stream, news, last);
      kept.clear();
    },
  };
};

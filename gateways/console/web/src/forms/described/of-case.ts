/** What a form takes from the case it is opened on. */
import { localOf } from "../../time/danish.ts";
import { measurementsOf, summaryIdOf } from "../facts.ts";
import { both, type Option, type Seen } from "./form.ts";

export const summaryIn = ({ view }: Seen): string => summaryIdOf(view);

/** An id of its own for each summary that is written here; it says nothing of anybody. */
export const newSummaryId = ({ view, nowMs }: Seen): Record<string, string> => ({
  summaryId: `${(view?.caseId ?? "").slice(0, 8)}-${nowMs.toString(36)}`,
});

/** The measurements that count, latest first. */
export const measurementsIn = ({ view }: Seen): Option[] =>
  measurementsOf(view)
    .toReversed()
    .map(({ no, measuredAt, score }) => {
      const { date, time } = localOf(Date.parse(measuredAt));
      const total = score.total === undefined ? "–" : String(score.total);
      const said = `${String(no)}, ${date} ${time}: ${total}`;
      return { value: String(no), label: both(`Nr. ${said}`, `No. ${said}`) };
    });

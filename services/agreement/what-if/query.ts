import { isClock } from "../../../contracts/agreement.ts";
import { type AgreementBook, entriesOf } from "../../../contracts/agreement-book.ts";
import { Envelope, type QueryReply } from "../../../contracts/envelope.ts";
import { WhatIf, type WhatIfAnswer } from "../../../contracts/messages/what-if.ts";
import { withUnits } from "../../../contracts/units.ts";
import type { DirectoryView } from "../../case/directory-view.ts";
import { operator } from "../../case/hub-actor.ts";
import { grounded } from "../core/book.ts";
import { lookupIn } from "../handler.ts";
import type { Trial } from "./core/compare.ts";
import { triedSet } from "./core/tried-set.ts";
import { createJobs, type JobPorts } from "./jobs.ts";
import { type RunPorts, runTrial } from "./run.ts";

export type WhatIfPorts = JobPorts &
  Omit<RunPorts, "onProgress"> & {
    book: () => AgreementBook;
    directory: DirectoryView;
    now: () => string;
    /** Today's date in Denmark, `yyyy-mm-dd`. */
    today: () => string;
    digest: (text: string) => string;
  };

const ownOf = (viewer: string, directory: DirectoryView): Trial["own"] =>
  viewer === operator ? undefined : new Set(withUnits(viewer, directory.all()));

/** Whether it is this question, and none of those that are answered at once. */
export const isWhatIf = (message: unknown): boolean =>
  Envelope.safeParse(message).data?.type === "agreement.whatIf";

type Reply = QueryReply<WhatIfAnswer>;

/** What a set would have meant: read from the journal in slices, while the hub goes on with everything else. */
export const createWhatIf = (ports: WhatIfPorts): ((message: unknown) => Promise<Reply>) => {
  const { directory, digest, now, today } = ports;
  const jobs = createJobs(ports);
  return async (message) => {
    const envelope = Envelope.safeParse(message);
    const asked = WhatIf.safeParse(envelope.data?.payload);
    if (!envelope.success || !asked.success) return { status: "refused", code: "message-invalid" };
    const book = grounded(ports.book());
    const set = triedSet(asked.data, { book, today: today(), organisation: lookupIn(directory) });
    if (!set.ok) return { status: "ok", value: { status: "refused", problems: set.problems } };
    const { sender } = envelope.data;
    const { from, to, calendars } = asked.data;
    const key = digest(JSON.stringify([sender, asked.data, set.on]));
    const answer = await jobs(key, (onProgress) => {
      const trial: Trial = {
        known: entriesOf(book).filter(isClock),
        tried: set.entries,
        on: set.on,
        ...{ calendars, from, to, directory },
        asOf: now(),
        own: ownOf(sender, directory),
      };
      return runTrial(trial, { ...ports, onProgress });
    });
    return { status: "ok", value: answer };
  };
};

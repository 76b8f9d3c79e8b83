import { askerOf, mayI } from "../../../contracts/access/may-i.ts";
import type { Agreement } from "../../../contracts/agreement.ts";
import { Envelope, type QueryReply } from "../../../contracts/envelope.ts";
import { ExplainClock, type ExplainedClock } from "../../../contracts/messages/explained-clock.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import { keptHours } from "../../case/clock-book.ts";
import { hoursOf } from "../../case/clock-world.ts";
import { type DirectoryView, isOrIsPartOf } from "../../case/directory-view.ts";
import { seenBy } from "../../case/standing.ts";
import { explainClock } from "./explain-clock.ts";
import { toldClock } from "./told-clock.ts";

export type ExplainPorts = {
  load: (caseId: string) => Promise<{ record: CaseRecord }[]>;
  /** All versions that ever counted. */
  agreements: () => readonly Agreement[];
  directory: DirectoryView;
  now: () => string;
};

type Reply = QueryReply<ExplainedClock>;
const refused = (code: string): Reply => ({ status: "refused", code });

export const isExplainClock = (message: unknown): boolean =>
  Envelope.safeParse(message).data?.type === "agreement.explainClock";

/** A clock is explained to the parties of its case, and to the organisations that they are units of; to others it does not exist. */
export const createExplainQuery =
  ({ load, agreements, directory, now }: ExplainPorts) =>
  async (message: unknown): Promise<Reply> => {
    const envelope = Envelope.safeParse(message);
    const asked = ExplainClock.safeParse(envelope.data?.payload);
    if (!envelope.success || !asked.success) return refused("message-invalid");
    const { caseId, clockId, language } = asked.data;
    const records = (await load(caseId)).map(({ record }) => record);
    const viewer = envelope.data.sender;
    const isOurs = (gln: string): boolean => isOrIsPartOf(directory, gln, viewer);
    const seen = seenBy(records, { isOurs, isOfOurHouse: isOurs });
    if (seen === undefined || !mayI(askerOf(viewer), { resource: "clock", relation: seen.relation }).yes)
      return refused("case-unknown");
    const found = explainClock(seen.records, clockId, {
      agreements: agreements(),
      hoursOf: (gln) => keptHours(hoursOf(directory, gln)),
      asOf: now(),
    });
    return found === undefined
      ? refused("clock-unknown")
      : { status: "ok", value: toldClock(found, { caseId, language }) };
  };

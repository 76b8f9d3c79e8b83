import type { JetStreamManager } from "@nats-io/jetstream";
import { Fault } from "../../contracts/errors.ts";
import { isConflict, journalFault } from "./faults.ts";
import type { Link } from "./link.ts";
import type { Publish } from "./publish.ts";

type Needs = { publish: Publish; jsm: JetStreamManager; link: Link };
type Place = { stream: string; subject: string };

const encoder = new TextEncoder();

/** What is kept under a subject that only one message is ever written to. @throws Fault */
export const keptAt = async (
  { jsm, link }: Pick<Needs, "jsm" | "link">,
  { stream, subject }: Place,
): Promise<string | undefined> => {
  const asking = link.hold(() => jsm.direct.getMessage(stream, { last_by_subj: subject }));
  const found = await asking.catch((error: unknown) => {
    throw journalFault(error);
  });
  return found?.string();
};

/** Keeps a value under a subject, durably, unless there is one already; tells which stands. @throws Fault */
export const keepOnce = async (
  needs: Needs,
  at: Place,
  value: string,
): Promise<{ kept: string; first: boolean }> => {
  try {
    await needs.publish(at.subject, encoder.encode(value), { lastSubjectSequence: 0 });
    return { kept: value, first: true };
  } catch (error) {
    if (!isConflict(error)) throw journalFault(error);
  }
  const kept = await keptAt(needs, at);
  // Its time ran out just now, or the stream has lost it: the next try tells.
  if (kept === undefined) throw new Fault("journal-unavailable");
  return { kept, first: false };
};

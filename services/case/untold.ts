import type { Problem } from "../../contracts/problem.ts";
import { problem, warning } from "../../contracts/problem.ts";
import type { CaseCard } from "../../contracts/record.ts";
import type { Written } from "../../contracts/written.ts";
import type { CardDraft } from "./card.ts";
import type { Decision, Telling } from "./decision.ts";
import type { DirectoryView } from "./directory-view.ts";
import { untoldOf } from "./tell.ts";

type Recorded<Fact> = Extract<Decision<Fact>, { kind: "record" }>;
type Refused = Extract<Decision<never>, { kind: "refuse" }>;

/** What a decision is told in: who is expected to do what before and after it, and whether the hub itself rang. */
export type Telltale = {
  directory: DirectoryView;
  written: Written | undefined;
  before: CaseCard | undefined;
  after: CardDraft | undefined;
  /** An alarm of the case rang: nobody has sent anything that could be refused. */
  rang: boolean;
};

const names = (fact: unknown, gln: string): boolean =>
  typeof fact === "object" &&
  fact !== null &&
  "letter" in fact &&
  typeof fact.letter === "object" &&
  fact.letter !== null &&
  "receiver" in fact.letter &&
  typeof fact.letter.receiver === "object" &&
  fact.letter.receiver !== null &&
  "gln" in fact.letter.receiver &&
  fact.letter.receiver.gln === gln;

const isNewlyAwaited = (gln: string, { before, after }: Telltale): boolean =>
  after?.awaits.some(
    ({ who, act }) =>
      who === gln && before?.awaits.some((one) => one.who === who && one.act === act) !== true,
  ) === true;

/** Whether it is for that party: it is written to it, or something is expected of it from now on. Anybody else is merely informed. */
const isFor = <Fact>(
  { to, fact }: Telling,
  { facts, owing = [] }: Recorded<Fact>,
  telltale: Telltale,
): boolean =>
  telltale.written?.receiver.gln === to ||
  names(facts[fact], to) ||
  owing.some(({ debtor }) => debtor === to) ||
  isNewlyAwaited(to, telltale);

const notTold = (gln: string, name: string | undefined, lack: string): Problem =>
  warning("tell", "not-told", `${name ?? gln} (${gln}) is not told of this. ${lack}`);

/** Who of those that are merely informed is not told, as warnings of the record. */
export const lostOf = (telling: Parameters<typeof untoldOf>[0], directory: DirectoryView): Problem[] =>
  untoldOf(telling, directory).map(({ telling: { to }, lack }) =>
    notTold(to, directory.organisation(to)?.name, lack),
  );

/**
 * A decision as it can be told. Somebody whom it is for must have a way in, or the command is refused: what cannot be told may not
 * become a record. Who is merely informed, beside others who are told, does not hold them up: that it was not told is a warning of
 * the record. What rang at the hub nobody sent, and nobody could be refused it.
 */
export const asTold = <Fact extends { type: string }>(
  decision: Recorded<Fact>,
  telltale: Telltale,
): Recorded<Fact> | Refused => {
  const { directory, written, rang } = telltale;
  const untold = untoldOf({ ...decision, written }, directory);
  if (untold.length === 0) return decision;
  const none = untold.length === decision.tell.length;
  const missed = rang ? [] : untold.filter(({ telling }) => none || isFor(telling, decision, telltale));
  if (missed.length > 0) {
    const code = "receiver-cannot-receive";
    const problems = missed.map(({ lack }) =>
      problem("receiver.gln", code, `The other party has no channel for this. ${lack}`),
    );
    return { kind: "refuse", code, problems };
  }
  const lost = untold.map(({ telling: { to }, lack }) => notTold(to, directory.organisation(to)?.name, lack));
  return {
    ...decision,
    tell: decision.tell.filter((one) => untold.every(({ telling }) => telling !== one)),
    warnings: [...(decision.warnings ?? []), ...lost],
  };
};

import { askerOf, mayI } from "../../../contracts/access/may-i.ts";
import type { AgreementBook } from "../../../contracts/agreement-book.ts";
import { Envelope, type QueryReply } from "../../../contracts/envelope.ts";
import { type Indicators, IndicatorsQuery } from "../../../contracts/messages/indicators.ts";
import type { Instant } from "../../../contracts/time.ts";
import type { DirectoryView } from "../../case/directory-view.ts";
import { grounded } from "../core/book.ts";
import { type CountedAgreement, indicatorSteps, type Tallied } from "../core/indicators/answer.ts";
import {
  clockRowsIn,
  figureRowsIn,
  figuresKey,
  monthsKey,
  openKey,
  rowsKey,
} from "../core/indicators/cells.ts";
import { monthsOf } from "../core/indicators/groups.ts";
import type { Steps } from "../core/indicators/steps.ts";
import { inSlices, type SlicePorts } from "../slices.ts";

/** What is counted, read at one moment. */
export type Read = (asked: {
  streams: readonly string[];
  set: string;
  hashes: readonly string[];
}) => Promise<{
  positions: number[];
  members: string[];
  hashes: Record<string, string>[];
}>;

export type IndicatorPorts = SlicePorts & {
  read: Read;
  /** Waits until all is counted that the journal holds now. @throws Fault `index-unavailable` when it takes too long */
  caughtUp: () => Promise<void>;
  book: () => AgreementBook;
  directory: DirectoryView;
  now: () => Instant;
};

/** Months of hashes: of each its ended clocks, its open ones, its figures. */
const hashesOf = (months: readonly string[]): string[] =>
  months.flatMap((month) => [rowsKey(month), openKey(month), figuresKey(month)]);

/** What the hashes of some months hold. */
export function* tallySteps(
  months: readonly string[],
  hashes: readonly Record<string, string>[],
  asOf: Instant,
): Steps<Tallied> {
  const clocks: Tallied["clocks"][] = [];
  const figuresOfAll: Tallied["figures"][] = [];
  for (const [i, month] of months.entries()) {
    const [rows = {}, open = {}, figures = {}] = hashes.slice(3 * i, 3 * i + 3);
    clocks.push(yield* clockRowsIn({ rows, open, figures }, { month, asOf }));
    figuresOfAll.push(yield* figureRowsIn({ rows, open, figures }, month));
  }
  return { asOf, clocks: clocks.flat(), figures: figuresOfAll.flat() };
}

/** Everything that is counted in some months, and how far each stream was in it. */
export const readMonths = async (
  { read }: Pick<IndicatorPorts, "read">,
  { streams, months }: { streams: readonly string[]; months: readonly string[] },
): ReturnType<Read> => read({ streams, set: monthsKey, hashes: hashesOf(months) });

/** An agreement as it is at the end of a month: the newest version that had begun by then. */
export const agreementIn =
  (book: AgreementBook) =>
  (id: string, month: string): CountedAgreement | undefined => {
    const found = grounded(book)
      .kept.map(({ agreement }) => agreement)
      .filter((one) => one.id === id)
      .toSorted((a, b) => b.version - a.version);
    const entry = found.find(({ validFrom }) => validFrom.slice(0, 7) <= month) ?? found.at(-1);
    if (entry?.kind !== "clock") return undefined;
    const { version, name, targetShare, basis, source } = entry;
    return { id, version, name, ...(targetShare === undefined ? {} : { targetShare }), basis, source };
  };

/** Whether it is this question, and none of the agreements themselves. */
export const isIndicators = (message: unknown): boolean =>
  Envelope.safeParse(message).data?.type === "agreement.indicators";

/** Figures of what was promised: to an organisation its own and its units', to operators everybody's. */
export const createIndicatorQueries =
  (ports: IndicatorPorts) =>
  async (message: unknown): Promise<QueryReply<Indicators>> => {
    const envelope = Envelope.safeParse(message);
    const query = IndicatorsQuery.safeParse(envelope.data?.payload);
    if (!envelope.success || !query.success) return { status: "refused", code: "message-invalid" };
    const { sender } = envelope.data;
    await ports.caughtUp();
    const months = monthsOf(query.data);
    const { hashes } = await readMonths(ports, { streams: [], months });
    const context = {
      directory: ports.directory,
      viewer: mayI(askerOf(sender), { resource: "figures", relation: "everybody" }).yes ? undefined : sender,
      agreement: agreementIn(ports.book()),
    };
    const tallied = await inSlices(tallySteps(months, hashes, ports.now()), ports);
    return { status: "ok", value: await inSlices(indicatorSteps(tallied, query.data, context), ports) };
  };

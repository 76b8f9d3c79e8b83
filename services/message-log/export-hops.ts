import {
  type ExportedHop,
  type HopsPage,
  type HopsQuery,
  readExportCursor,
} from "../../contracts/messages/message-log.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import { type Hop, hopsIn, hopsOfRefusal } from "./core/exported.ts";
import { type Sent, sentIn } from "./core/hops.ts";
import type { LogPorts, StreamPage } from "./ports.ts";
import { shown } from "./read-messages.ts";

/** Records that a page is made of. */
const pageLength = 200;
/** What two hubs wrote at the same time may stand in a stream in the order of either's clock. */
const slackMs = 5 * 60_000;

/** The documents of the case that a record goes on with: most records owe what they tell of themselves. */
const sentBy = async ({ load }: LogPorts, record: CaseRecord): Promise<ReadonlyMap<string, Sent>> => {
  const goesOn = record.deliveries.some(({ change }) => change !== "owed");
  return sentIn(goesOn ? (await load(record.caseId)).map((one) => one.record) : [record]);
};

const isIn = ({ from, to }: HopsQuery, at: string): boolean => at >= from && at < to;

const hopsOf = async (
  ports: LogPorts,
  { records, refusals }: StreamPage,
  query: HopsQuery,
): Promise<Hop[]> => {
  const hops: Hop[] = [];
  for (const record of records)
    if (isIn(query, record.meta.at)) hops.push(...hopsIn(record, await sentBy(ports, record)));
  return [...hops, ...refusals.filter(({ at }) => isIn(query, at)).flatMap(hopsOfRefusal)];
};

const exported = (ports: LogPorts, { patient: withPatient }: HopsQuery, hop: Hop): ExportedHop => {
  const { message, patient, ...rest } = hop;
  return {
    ...rest,
    message: shown(ports, message),
    ...(withPatient && patient !== undefined ? { patient } : {}),
  };
};

/** Whether all that is left of a stream is later than what is asked for. */
const isPast = ({ records, refusals }: StreamPage, { to }: HopsQuery): boolean => {
  const last = records.at(-1)?.meta.at ?? refusals.at(-1)?.at;
  return last !== undefined && Date.parse(last) > Date.parse(to) + slackMs;
};

/** Every hop of a span of time, page by page, from the journal and INTAKE alone. @throws Fault `journal-unavailable` */
export const exportHops = async (ports: LogPorts, query: HopsQuery): Promise<HopsPage> => {
  const at = query.cursor === undefined ? undefined : readExportCursor(query.cursor);
  const { stream, seq } = at ?? { stream: 0, seq: 0 };
  const page = await ports.read(stream, { from: query.from, seq, limit: pageLength });
  if (page === undefined) return { items: [] };
  const items = (await hopsOf(ports, page, query)).map((hop) => exported(ports, query, hop));
  const goesOn = page.next !== undefined && !isPast(page, query);
  return { items, next: goesOn ? `${String(stream)}.${String(page.next)}` : `${String(stream + 1)}.0` };
};

import { legalBases } from "../../contracts/access/law.ts";
import type { AuditEntry } from "../../contracts/messages/audit.ts";
import { createFollower } from "../../infra/audit/chain.ts";
import { readAuditKey } from "../../infra/audit/key-file.ts";
import { readAudit } from "../../infra/nats/read-audit.ts";
import { withHubNats } from "./ask-hub.ts";
import { danishTimeNow } from "./danish-time.ts";
import { CommandFailed, exitCodes } from "./failure.ts";
import { columns, print, printJson } from "./say.ts";

type AuditOptions = { data?: string; json?: boolean };
type SearchOptions = AuditOptions & {
  case?: string;
  organisation?: string;
  person?: string;
  from?: string;
  to?: string;
  refused?: boolean;
};
type VerifyOptions = AuditOptions & { head?: string };

const name = "sektorbro-audit";

/** Conditions that were not given fit everything. */
const fits = <Value>(wanted: Value | undefined, found: readonly (Value | undefined)[]): boolean =>
  wanted === undefined || found.includes(wanted);

const isWithin = ({ at }: AuditEntry, { from = "", to = "9999" }: SearchOptions): boolean =>
  at >= from && at < to;

const isWanted = (entry: AuditEntry, wanted: SearchOptions): boolean =>
  fits(wanted.case, entry.cases) &&
  fits(wanted.organisation, [entry.gln, entry.acting]) &&
  fits(wanted.person, [entry.person]) &&
  isWithin(entry, wanted) &&
  (wanted.refused !== true || entry.outcome === "refused");

const isBasis = (code: string): code is keyof typeof legalBases => Object.hasOwn(legalBases, code);
const basisText = ({ basis = "", code = "" }: AuditEntry): string =>
  isBasis(basis) ? legalBases[basis].en : code;

const row = (entry: AuditEntry): string[] => [
  danishTimeNow(entry.at),
  entry.outcome,
  entry.gln,
  entry.person ?? "a system",
  entry.role ?? "",
  entry.resource,
  entry.cases.length > 2 ? `${String(entry.cases.length)} cases` : entry.cases.join(" "),
  entry.outcome === "refused" ? (entry.code ?? "") : basisText(entry),
];

/** Who looked at what, by case, organisation, person and time. @throws CommandFailed, Fault */
export const searchAudit = (options: SearchOptions): Promise<void> =>
  withHubNats({ data: options.data, name }, async (nc) => {
    const found: AuditEntry[] = [];
    for await (const { entry } of await readAudit(nc)) if (isWanted(entry, options)) found.push(entry);
    if (options.json === true) printJson(found);
    else if (found.length === 0) print("Nobody looked.");
    else
      print(
        columns([
          ["when", "outcome", "organisation", "who", "role", "what", "cases", "why"],
          ...found.map(row),
        ]),
      );
  });

const headIn = (text: string): { no: number; hash: string } => {
  const [, no, hash] = /^(\d+):([0-9a-f]{64})$/.exec(text) ?? [];
  if (no === undefined || hash === undefined)
    throw new CommandFailed("A head is <number>:<hash>, as verify printed it before.", exitCodes.usage);
  return { no: Number(no), hash };
};

/** Follows the chain from its first entry to its last. @throws CommandFailed when it does not hold */
export const verifyAudit = (options: VerifyOptions): Promise<void> =>
  withHubNats({ data: options.data, name }, async (nc, config) => {
    const key = config.auditKey ?? (await readAuditKey(config.dataDir));
    if (key === undefined)
      throw new CommandFailed(
        "There is no audit.key in the data folder, and no SEKTORBRO_AUDIT_KEY.",
        exitCodes.usage,
      );
    const known = options.head === undefined ? undefined : headIn(options.head);
    const follower = createFollower(key, known);
    for await (const sealed of await readAudit(nc)) follower.take(sealed);
    const { first, head, broken } = follower.end();
    const told = {
      entries: head.no === 0 ? 0 : head.no - first + 1,
      first,
      head: `${String(head.no)}:${head.hash}`,
      broken,
    };
    if (options.json === true) printJson(told);
    else {
      for (const { no, what } of broken) print(`entry ${String(no)}: ${what}`);
      print(`${String(told.entries)} entries from number ${String(first)}; the head is ${told.head}`);
    }
    if (broken.length > 0) throw new CommandFailed("The chain of looks does not hold.", exitCodes.refused);
  });

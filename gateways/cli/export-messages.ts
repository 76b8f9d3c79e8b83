import { open, rename } from "node:fs/promises";
import { FhirInstant } from "../../contracts/fhir/parts.ts";
import { CommandFailed, exitCodes } from "./failure.ts";
import { type HubClient, refusalText } from "./hub-client.ts";
import { printBytes } from "./say.ts";

type Span = { from?: string; to?: string; patient?: boolean; out?: string };
type Write = (bytes: Uint8Array) => Promise<void> | void;

/** A span is asked for in pieces, so that nobody holds a year of it. */
const pieceMs = 3_600_000;

const instantOf = (name: string, text: string | undefined): number => {
  if (text !== undefined && FhirInstant.safeParse(text).success) return Date.parse(text);
  throw new CommandFailed(
    `Say the time with --${name}, e.g. --${name} 2026-11-23T00:00:00+01:00.`,
    exitCodes.usage,
  );
};

const readPiece = async (
  hub: HubClient,
  { fromMs, toMs, patient }: { fromMs: number; toMs: number; patient: boolean },
): Promise<Uint8Array> => {
  const query = new URLSearchParams({
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    patient: String(patient),
  });
  const answer = await hub.call({
    path: `/v1/messages/export?${query.toString()}`,
    as: { gln: "operator", role: "operator" },
    accept: "application/fhir+ndjson",
  });
  if (answer.status !== 200) throw new CommandFailed(refusalText(answer));
  return answer.bytes;
};

const writeAll = async (hub: HubClient, { from, to, patient = false }: Span, write: Write): Promise<void> => {
  const [begin, end] = [instantOf("from", from), instantOf("to", to)];
  for (let fromMs = begin; fromMs < end; fromMs += pieceMs)
    await write(await readPiece(hub, { fromMs, toMs: Math.min(end, fromMs + pieceMs), patient }));
};

/**
 * Writes every hop of a span as an AuditEvent of EHMI's delivery status, one a line: to a file, which has its name only once it is
 * whole, else to standard output. @throws CommandFailed
 */
export const exportToEds = async (hub: HubClient, span: Span): Promise<void> => {
  const { out } = span;
  if (out === undefined) return writeAll(hub, span, printBytes);
  const file = await open(`${out}.part`, "w", 0o600);
  try {
    await writeAll(hub, span, async (bytes) => {
      await file.write(bytes);
    });
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${out}.part`, out);
};

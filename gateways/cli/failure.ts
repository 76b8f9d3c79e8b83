import { Fault } from "../../contracts/errors.ts";
import { ArchiveMissing } from "../../infra/archive/needed.ts";
import { ArchiveDamaged } from "../../infra/archive/segment-file.ts";
import { BackupUnusable } from "../../infra/backup/backup-unusable.ts";
import { ConfigError } from "../../infra/config/config.ts";
import { unsafeAdvice } from "../../infra/embedded/doctor.ts";
import { EmbeddedError } from "../../infra/embedded/embedded-error.ts";
import { StoreNewer, StreamMissing } from "../../infra/nats/streams.ts";
import { StreamsDiffer } from "../../infra/platform.ts";
import { agreementProblemLines } from "./agreement-text.ts";
import { UnsafeServer } from "./check-durability.ts";
import { UnsafeSettings } from "./check-settings.ts";
import { AgreementsRefused, TrustUnusable } from "./compose.ts";

/** What a script can tell from how the CLI ended. */
export const exitCodes = { ok: 0, refused: 1, usage: 2, notRunning: 3, late: 4 } as const;
type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Why a command did not do what it was asked, in words for the person who asked. */
export class CommandFailed extends Error {
  override readonly name = "CommandFailed";
  readonly exitCode: ExitCode;
  constructor(message: string, exitCode: ExitCode = exitCodes.refused) {
    super(message);
    this.exitCode = exitCode;
  }
}

export type Explained = { text: string; exitCode: ExitCode };
const failed = (text: string): Explained => ({ text, exitCode: exitCodes.refused });

const unsafe = ({ durability }: UnsafeServer): string => {
  const reason = durability.kind === "unsafe" ? durability.reason : "fsync-off";
  return [
    `The NATS server does not promise that what it acknowledges survives a power cut (${reason}), so the hub does not start on it.`,
    unsafeAdvice[reason],
    "To start all the same, and accept that acknowledged messages can be lost, add --unsafe-fsync; /health then says unsafe.",
  ].join("\n");
};

const streamAdvice =
  "Another program made or changed them. Set them back, or give the hub a NATS server of its own. --unsafe-fsync starts all the same.";

const faultTexts: Partial<Record<Fault["code"], string>> = {
  "journal-unavailable":
    "The NATS server does not answer. See that NATS_URL and NATS_MONITOR_URL name a server that runs.",
};

const systemTexts: Readonly<Record<string, string>> = {
  EADDRINUSE:
    "The port is in use by another program. Stop that one, or choose another port with --port or SEKTORBRO_PORT (0: any free one).",
  EADDRNOTAVAIL:
    "This machine has no such address to listen on. Mend --host or SEKTORBRO_HOST (127.0.0.1: this machine alone).",
  ENOTFOUND: "The host is not known. Mend --host or SEKTORBRO_HOST, or the addresses of your own servers.",
  EACCES: "This user may not do that here. Choose a port above 1023, and a data folder that you may write.",
  ENOSPC: "The disk is full. Free some space; the hub keeps nothing that it cannot put on disk.",
};

const systemCode = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";

/** Where it broke, without the message: that may repeat what was sent. */
const unexpected = (error: unknown): string => {
  const name = error instanceof Error ? error.name : "error";
  const place = error instanceof Error ? (/\n\s+at (.*)/.exec(error.stack ?? "")?.[1] ?? "") : "";
  return `Something broke in the program itself: ${name} at ${place}`;
};

const sayThemselves = [
  EmbeddedError,
  StreamMissing,
  StoreNewer,
  BackupUnusable,
  ArchiveDamaged,
  ArchiveMissing,
  TrustUnusable,
  UnsafeSettings,
];

/** Of errors that say in their own words what is wrong. */
const ownWords = (error: unknown): string | undefined => {
  if (sayThemselves.some((kind) => error instanceof kind)) return error instanceof Error ? error.message : "";
  return error instanceof AgreementsRefused
    ? [error.message, ...agreementProblemLines(error.problems)].join("\n")
    : undefined;
};

/** Any error as the words and the exit code that a person gets. */
export const explain = (error: unknown): Explained => {
  if (error instanceof CommandFailed) return { text: error.message, exitCode: error.exitCode };
  if (error instanceof ConfigError) return { text: error.message, exitCode: exitCodes.usage };
  if (error instanceof UnsafeServer) return failed(unsafe(error));
  const own = ownWords(error);
  if (own !== undefined) return failed(own);
  if (error instanceof StreamsDiffer) return failed(`${error.message}\n${streamAdvice}`);
  if (error instanceof Fault) return failed(faultTexts[error.code] ?? error.message);
  return failed(systemTexts[systemCode(error)] ?? unexpected(error));
};

import { type DestinationStream, destination, pino, stdTimeFunctions } from "pino";
import { allowedFields } from "./allowed-fields.ts";
import { maskCpr } from "./mask.ts";

/** One line of log: an event in kebab-case and the fields of the allow-list that belong to it. */
type Write = (event: string, fields?: Readonly<Record<string, unknown>>) => void;
export type Log = {
  readonly debug: Write;
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
};
type LogLevel = keyof Log | "silent";

export type LogOptions = {
  readonly level: LogLevel;
  /** Where the JSON lines go; standard error when absent, so that a command's own output stays clean. */
  readonly to?: DestinationStream;
};

const levels = (write: (level: keyof Log) => Write): Log => ({
  debug: write("debug"),
  info: write("info"),
  warn: write("warn"),
  error: write("error"),
});

/** A pino log of JSON lines. Whatever is not on the allow-list never reaches it (see allowed-fields.ts). */
export const createLog = (options: LogOptions): Log => {
  const logger = pino(
    {
      level: options.level,
      base: null,
      messageKey: "event",
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    options.to ?? destination({ dest: 2, sync: true }),
  );
  return levels((level) => (event, fields = {}) => {
    if (logger.isLevelEnabled(level)) logger[level](allowedFields(fields), maskCpr(event));
  });
};

export const noLog: Log = levels(() => () => undefined);

export type LogLine = {
  readonly level: keyof Log;
  readonly event: string;
  readonly fields: Readonly<Record<string, unknown>>;
};

/** A log that keeps its lines, after the same allow-list as the real one. */
export const collectingLog = (): { readonly log: Log; readonly lines: readonly LogLine[] } => {
  const lines: LogLine[] = [];
  const log = levels((level) => (event, fields = {}) => {
    lines.push({ level, event: maskCpr(event), fields: allowedFields(fields) });
  });
  return { log, lines };
};

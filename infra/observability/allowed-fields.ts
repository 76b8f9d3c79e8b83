import { Fault } from "../../contracts/errors.ts";
import { maskCpr } from "./mask.ts";

/**
 * The fields that a log line may carry, and of which kind: ids, codes, sizes, hashes, durations, counts. A field that is not
 * here, or whose value is of another kind, is dropped: a forgotten field is a gap in the log, never a patient's data in it.
 */
const tokens = [
  "caseId commandId commandType correlation causation deliveryId intakeId intake messageId letterId envelopeId objectId",
  "queryType family factType documentType standard transport channel outcome status state reason code fate kind type",
  "sender receiver actor gln from to organisation unit clockId agreement digest sha256 hash etag",
  "subject stream consumer durable queue shard bucket key server service gateway component adapter",
  "method route requestId traceId host version nodeVersion signal due at since startedAt mediaType encoding direction",
  "durability phase step check rule",
].flatMap((line) => line.split(" "));

const places = "dataDir storeDir path".split(" ");

const quantities = [
  "port pid exitCode statusCode httpStatus seq streamSeq lastSeq firstSeq expectedSeq recordNo attempt attempts",
  "deliveryCount redelivered pending ackPending count counts total size sizeBytes bytes maxBytes freeBytes",
  "durationMs timeoutMs delayMs lagMs ageMs waitMs startMs shards streams replicas records cases facts deliveries clocks",
  "problems warnings errors open late limit restarts restartsInARow batch concurrency",
].flatMap((line) => line.split(" "));

const flags = "duplicate accepted ready connected syncAlways unsafeFsync rebuilt empty final".split(" ");
const lists = "codes streamsFound problemCodes types services gateways".split(" ");

/** One word: an id, a code, a hash. Free text has blanks, and free text may be a clinician's. */
const token = (value: unknown): string | undefined =>
  typeof value === "string" && /^\S{1,300}$/.test(value) ? maskCpr(value) : undefined;
const place = (value: unknown): string | undefined =>
  typeof value === "string" ? maskCpr(value).slice(0, 300) : undefined;
const quantity = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isFinite(value) ? value : undefined;
const flag = (value: unknown): boolean | undefined => (typeof value === "boolean" ? value : undefined);
const list = (value: unknown): string[] | undefined =>
  Array.isArray(value) ? value.flatMap((item: unknown) => token(item) ?? []).slice(0, 50) : undefined;

type LoggedError = {
  readonly name: string;
  readonly code?: string;
  readonly message?: string;
  readonly stack: readonly string[];
  readonly cause?: LoggedError;
};

const codeOf = (error: Error): string | undefined => {
  if (!("code" in error)) return undefined;
  const code = String(error.code);
  return /^[\w-]{1,60}$/.test(code) ? maskCpr(code) : undefined;
};

const framesOf = (error: Error): string[] =>
  (error.stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .map((line) => maskCpr(line.trim()))
    .slice(0, 12);

/**
 * An error's name, code and stack frames. Its message stays out, for it may quote what was parsed; a `Fault`'s message is
 * fixed text from contracts/errors.ts and is kept. At most three causes deep.
 */
const loggedError = (value: unknown, depth = 0): LoggedError => {
  if (!(value instanceof Error)) return { name: typeof value, stack: [] };
  const code = codeOf(value);
  return {
    name: maskCpr(value.name).slice(0, 60),
    ...(code === undefined ? {} : { code }),
    ...(value instanceof Fault ? { message: value.message } : {}),
    stack: framesOf(value),
    ...(value.cause === undefined || depth >= 3 ? {} : { cause: loggedError(value.cause, depth + 1) }),
  };
};

const kinds: ReadonlyMap<string, (value: unknown) => unknown> = new Map<string, (value: unknown) => unknown>([
  ...tokens.map((field) => [field, token] as const),
  ...places.map((field) => [field, place] as const),
  ...quantities.map((field) => [field, quantity] as const),
  ...flags.map((field) => [field, flag] as const),
  ...lists.map((field) => [field, list] as const),
  ["error", (value) => loggedError(value)],
]);

/** The fields that may be logged; `droppedFields` counts the others, so that a developer notices. */
export const allowedFields = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> => {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  const kept = given.flatMap(([field, value]) => {
    const allowed = kinds.get(field)?.(value);
    return allowed === undefined ? [] : [[field, allowed] as const];
  });
  const dropped = given.length - kept.length;
  return { ...Object.fromEntries(kept), ...(dropped === 0 ? {} : { droppedFields: dropped }) };
};

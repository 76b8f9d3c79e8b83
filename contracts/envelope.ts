import { z } from "zod";
import { Fault, isErrorCode } from "./errors.ts";
import { Problem } from "./problem.ts";
import { Instant } from "./time.ts";
import { Written } from "./written.ts";

/**
 * What every command and query on the bus is wrapped in.
 * `id` is the command's identity at any distance in time: the same id is the same command, whoever carries it.
 * `sender` is the GLN of the organisation that the caller was authenticated as; the payload never decides that.
 */
export const Envelope = z
  .object({
    id: z.string().min(1).max(200),
    type: z.string().regex(/^[a-z]+\.[a-zA-Z]+$/),
    version: z.literal(1),
    time: Instant,
    sender: z.string().min(1),
    correlation: z.string().optional(),
    causation: z.string().optional(),
    /** The original document in INTAKE that this command was read from. */
    intake: z.string().optional(),
    /** What the envelopes of that document are called. */
    envelopes: z.array(z.string().max(150)).max(10).optional(),
    /** The letter or message that this command was read from, as its sender wrote it: its receiver gets just that. */
    written: Written.optional(),
    /** What the letter says that the payload cannot hold: kept as warnings of the record. */
    notes: z.array(Problem).max(100).optional(),
    payload: z.unknown(),
  })
  .meta({ id: "Envelope" });
export type Envelope = z.infer<typeof Envelope>;

/** A clock as an answer shows it: which promise, to whom it is owed and by when. */
export const ClockSummary = z.object({
  agreement: z.string(),
  status: z.enum(["running", "paused", "met", "breached", "cancelled"]),
  /** Who must act before `due`. */
  debtor: z.string(),
  due: Instant.optional(),
});
export type ClockSummary = z.infer<typeof ClockSummary>;

/**
 * The answer to a command.
 * `accepted`: the record is on disk; `duplicate` tells that it was already there, and the answer is the first one again.
 * `refused`: recorded too when the case could be named, so that the answer never flips.
 * `ignored`: nothing to do, and why.
 * `failed`: a fault; `fate` says whether to send again (`retry`: surely not processed; `ask`: perhaps processed, the same id is safe).
 */
export const CommandReply = z
  .discriminatedUnion("status", [
    z.object({
      status: z.literal("accepted"),
      caseId: z.string(),
      recordNo: z.number(),
      at: Instant,
      duplicate: z.boolean(),
      due: Instant.optional(),
      clocks: z.array(ClockSummary),
      facts: z.array(z.string()),
      /** What was taken all the same, and is worth a look. */
      warnings: z.array(Problem).optional(),
    }),
    z.object({
      status: z.literal("refused"),
      code: z.string(),
      problems: z.array(Problem),
      duplicate: z.boolean(),
      caseId: z.string().optional(),
      at: Instant.optional(),
    }),
    z.object({ status: z.literal("ignored"), reason: z.string(), caseId: z.string().optional() }),
    z.object({ status: z.literal("failed"), code: z.string(), fate: z.enum(["retry", "ask", "park"]) }),
  ])
  .meta({ id: "CommandReply" });
export type CommandReply = z.infer<typeof CommandReply>;

const replyStatuses: ReadonlySet<unknown> = new Set(["accepted", "refused", "ignored", "failed"]);

/**
 * An answer as a service of this program gave it. Services and gateways are of one version, so the status vouches for the
 * shape: parsing every field again showed in the processor time of a document. @throws when it is no answer at all
 */
export const commandReplyFrom = (value: unknown): CommandReply => {
  if (isCommandReply(value)) return value;
  throw new Error("A service answered something that is no answer to a command.");
};
const isCommandReply = (value: unknown): value is CommandReply =>
  typeof value === "object" && value !== null && "status" in value && replyStatuses.has(value.status);

/** The answer to a query as it comes over the bus; what the value is the asker knows. */
export const QueryAnswer = z.discriminatedUnion("status", [
  z.object({ status: z.literal("ok"), value: z.unknown() }),
  z.object({ status: z.literal("refused"), code: z.string() }),
  z.object({ status: z.literal("failed"), code: z.string() }),
]);

/** The answer to a query: what was asked for, or the code that says why not. */
export type QueryReply<T> =
  | { status: "ok"; value: T }
  | { status: "refused"; code: string }
  | { status: "failed"; code: string };

type Settled = Exclude<CommandReply, { status: "failed" }>;

/** The answer of a service that did not fail. @throws Fault when it did */
export const settledReply = (reply: CommandReply): Settled => {
  if (reply.status !== "failed") return reply;
  throw new Fault(isErrorCode(reply.code) ? reply.code : "internal-error");
};

/**
 * What comes to nothing however often it is tried is as good as refused, though no service refused it: e.g. a record that no server
 * takes. To try it for ever would hold up whatever comes after it. @throws whatever else was thrown
 */
export const parkedAsRefused = (error: unknown): Extract<CommandReply, { status: "refused" }> => {
  if (!(error instanceof Fault) || error.fate !== "park") throw error;
  return { status: "refused", code: error.code, problems: [], duplicate: false };
};

import { z } from "zod";
import { commandOf } from "../command.ts";
import { Person } from "./session.ts";

/** A colleague, as an organisation's own people know one another. */
export const Colleague = Person.pick({ id: true, name: true }).meta({ id: "Colleague" });
export type Colleague = z.infer<typeof Colleague>;

/**
 * What an organisation has agreed among its own people about a case: who has taken it, and how far it was read, by the number of the
 * last record that somebody there has seen. No other party knows of it.
 */
export const Desk = z
  .object({ holder: Colleague.optional(), readTo: z.number().int().min(0) })
  .meta({ id: "Desk" });
export type Desk = z.infer<typeof Desk>;

const onCase = { caseId: z.uuid() };
/** Whoever does it. */
const by = Colleague;

/** Takes a case that nobody has; with `takeOver` also from a colleague. */
export const ClaimCase = z
  .object({ ...onCase, by, takeOver: z.boolean().optional() })
  .meta({ id: "ClaimCase" });
/** Gives it to a colleague, whoever has it. */
export const AssignCase = z.object({ ...onCase, by, to: Colleague }).meta({ id: "AssignCase" });
/** Lays it back: nobody has it. */
export const ReleaseCase = z.object({ ...onCase, by }).meta({ id: "ReleaseCase" });
/** Read up to this record. */
export const ReadCase = z.object({ ...onCase, by, no: z.number().int().min(1) }).meta({ id: "ReadCase" });

export const DeskCommands = {
  "desk.claim": ClaimCase,
  "desk.assign": AssignCase,
  "desk.release": ReleaseCase,
  "desk.read": ReadCase,
} as const;

export const DeskCommand = z.discriminatedUnion("type", [
  commandOf("desk.claim", DeskCommands["desk.claim"]),
  commandOf("desk.assign", DeskCommands["desk.assign"]),
  commandOf("desk.release", DeskCommands["desk.release"]),
  commandOf("desk.read", DeskCommands["desk.read"]),
]);
export type DeskCommand = z.infer<typeof DeskCommand>;

/** `about`: the case. `desk`: how it stands after this. */
const said = { about: z.uuid(), by, desk: Desk };
export const DeskFact = z
  .discriminatedUnion("type", [
    z.object({ type: z.literal("CaseClaimed"), ...said }),
    z.object({ type: z.literal("CaseAssigned"), ...said }),
    z.object({ type: z.literal("CaseReleased"), ...said }),
    z.object({ type: z.literal("CaseRead"), ...said }),
  ])
  .meta({ id: "DeskFact" });
export type DeskFact = z.infer<typeof DeskFact>;

const factTypes = new Set<string>(DeskFact.options.map(({ shape }) => shape.type.value));
/** A fact of a record that `isCaseRecord` vouches for, told by its type. */
export const isDeskFact = (fact: { type: string }): fact is DeskFact => factTypes.has(fact.type);

/** The case in which an organisation keeps its desk of another case, as the `messageId` that names it. */
export const deskMessageId = (caseId: string): string => `desk:${caseId}`;

const mostCases = 200;
export const DeskAct = z.enum(["claim", "assign", "release", "read"]);
export type DeskAct = z.infer<typeof DeskAct>;

/** One act on one or many cases. */
export const DeskOrder = z
  .object({
    act: DeskAct,
    cases: z
      .array(z.object({ ...onCase, no: z.number().int().min(1).optional() }))
      .min(1)
      .max(mostCases)
      .describe("`no`: the record up to which it was read; without it all that there is now."),
    to: Colleague.optional().describe("To whom a case is given (`assign`)."),
    takeOver: z.boolean().optional().describe("Takes it also from a colleague who has it (`claim`)."),
    by: Colleague.optional().describe(
      "Whoever does it. Of a person who is signed in the hub knows that; a system tells it.",
    ),
  })
  .refine(({ act, to }) => act !== "assign" || to !== undefined, {
    path: ["to"],
    message: "Say to whom the cases are given.",
    params: { code: "required" },
  })
  .meta({ id: "DeskOrder" });
export type DeskOrder = z.infer<typeof DeskOrder>;

/**
 * What came of each case, in the order of the order. `done`; `unchanged`: it stood so already; `held`: a colleague has it, whom `desk`
 * names; `unknown`: no such case for the caller; `failed`: nobody knows, the same again is safe.
 */
export const DeskOutcomes = z
  .object({
    outcomes: z.array(
      z.object({
        caseId: z.string(),
        outcome: z.enum(["done", "unchanged", "held", "unknown", "failed"]),
        desk: Desk.optional(),
      }),
    ),
  })
  .meta({ id: "DeskOutcomes" });
export type DeskOutcomes = z.infer<typeof DeskOutcomes>;

/** Everybody who has had to do with a case at the caller's own organisation. */
export const Colleagues = z.object({ colleagues: z.array(Colleague) }).meta({ id: "Colleagues" });
export type Colleagues = z.infer<typeof Colleagues>;

export const DeskQueries = {
  "worklist.colleagues": z.object({}),
  "worklist.desks": z.object({ caseIds: z.array(z.uuid()).min(1).max(mostCases) }),
} as const;

/** The answer to `worklist.desks`: those of the asker's own organisation; a case on which nothing was agreed is left out. */
export const Desks = z.array(z.object({ caseId: z.string(), desk: Desk }));

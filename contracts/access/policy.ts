import type { PersonRole } from "../messages/session.ts";
import type { LegalBasis } from "./law.ts";

/** Who asks: a person by what they do, or an organisation's system. */
export type AccessRole = PersonRole | "system";

/** What it is asked for. It follows from the role; nobody states it. */
export type Purpose = "treatment" | "administration" | "operation" | "quality" | "control";

/**
 * How who asks stands to what is asked for.
 * `party`: of the case now. `former`: it passed the case on, and knows it until then. `addressee`: the document is to it. `sender`: the
 * document is from it. `own`: a question about the asker's own organisation and its units, whose answer is decided line by line.
 * `listed`: an organisation of the directory. `everybody`: no organisation's in particular. `repair`: a failed document, with a reason.
 * `emergency`: a grant of value spring is in force. `anybody`: not even signed in.
 */
export type Relation =
  | "party"
  | "former"
  | "addressee"
  | "sender"
  | "own"
  | "listed"
  | "everybody"
  | "repair"
  | "emergency"
  | "anybody";

/** Every kind of thing that can be read of the hub. What is not here cannot be read. */
export type Resource =
  | "hub-page"
  | "session"
  | "case"
  | "attachment"
  | "clock"
  | "list"
  | "names"
  | "events"
  | "inbox"
  | "delivery"
  | "responsible"
  | "registered-gp"
  | "message"
  | "hops"
  | "dead-letter"
  | "original"
  | "slots"
  | "figures"
  | "agreements"
  | "directory"
  | "direct-numbers"
  | "operation"
  | "audit"
  | "emergency"
  | "command";

/** `content`: with what was written. `metadata`: ids, codes and times. `figures`: of groups. `nothing-personal`: as it says. */
export type Gives = "content" | "metadata" | "figures" | "nothing-personal";

export type Row = {
  resource: Resource;
  relations: readonly Relation[];
  who: Partial<Readonly<Record<AccessRole, Purpose>>>;
  gives: Gives;
  basis: LegalBasis;
};

const clinicians = {
  doctor: "treatment",
  nurse: "treatment",
  acuteNurse: "treatment",
  visitation: "treatment",
} as const;
/** Systems act for those who treat, and secretaries help them (sundhedsloven § 42 a on assistants). */
const care = { system: "treatment", ...clinicians, secretary: "administration" } as const;
const operators = { operator: "operation" } as const;
const committees = { committee: "quality" } as const;
const controllers = { controller: "control" } as const;
const everyRole = { ...care, ...operators, ...committees, ...controllers } as const;

const treating = (resource: Resource, relations: readonly Relation[], basis: LegalBasis): Row => ({
  resource,
  relations,
  who: care,
  gives: "content",
  basis,
});
const running = (resource: Resource, relations: readonly Relation[] = ["everybody"]): Row => ({
  resource,
  relations,
  who: operators,
  gives: "metadata",
  basis: "operation",
});
const inEmergency = (resource: Resource, gives: Gives): Row => ({
  resource,
  relations: ["emergency"],
  who: clinicians,
  gives,
  basis: "value-spring",
});
const harmless = (resource: Resource, relations: readonly Relation[], who: Row["who"]): Row => ({
  resource,
  relations,
  who,
  gives: "nothing-personal",
  basis: "no-patient-data",
});

/** Who may see what, why, and how much of it: all there is. What no row allows is refused. */
export const policy: readonly Row[] = [
  harmless("hub-page", ["anybody"], everyRole),
  harmless("session", ["anybody", "own"], everyRole),
  // A case and all that hangs on it.
  treating("case", ["party"], "current-treatment"),
  treating("case", ["former"], "own-message"),
  treating("attachment", ["party"], "current-treatment"),
  treating("attachment", ["former"], "own-message"),
  treating("clock", ["party"], "current-treatment"),
  treating("clock", ["former"], "own-message"),
  treating("names", ["party"], "current-treatment"),
  running("names", ["own"]),
  // A person who treats, for one citizen, with a reason, for a time: no system, and nobody who only helps.
  inEmergency("case", "content"),
  inEmergency("attachment", "content"),
  inEmergency("list", "metadata"),
  inEmergency("emergency", "metadata"),
  { resource: "emergency", relations: ["own"], who: controllers, gives: "metadata", basis: "control" },
  { resource: "emergency", relations: ["everybody"], who: operators, gives: "metadata", basis: "control" },
  // Lists: ids and words alone, of what the asker and its units are parties to.
  { ...treating("list", ["own", "party"], "current-treatment"), gives: "metadata" },
  running("list", ["own"]),
  running("list"),
  { ...treating("events", ["own", "party", "addressee"], "current-treatment"), gives: "metadata" },
  running("events", ["own"]),
  { ...treating("inbox", ["own"], "own-message"), gives: "metadata" },
  running("inbox", ["own"]),
  treating("delivery", ["addressee"], "own-message"),
  // Questions about a citizen.
  treating("responsible", ["party"], "current-treatment"),
  treating("registered-gp", ["listed"], "current-treatment"),
  // Messages as such.
  { ...treating("message", ["sender", "addressee"], "own-message"), gives: "metadata" },
  running("message"),
  running("hops"),
  treating("dead-letter", ["sender"], "own-message"),
  running("dead-letter"),
  treating("original", ["sender"], "own-message"),
  { ...running("original", ["repair"]), gives: "content", basis: "repair" },
  // What is about nobody.
  {
    resource: "figures",
    relations: ["own"],
    who: { ...care, ...committees },
    gives: "figures",
    basis: "figures",
  },
  { ...running("figures"), gives: "figures", basis: "figures" },
  { resource: "figures", relations: ["own"], who: controllers, gives: "figures", basis: "figures" },
  harmless("slots", ["listed"], care),
  harmless("slots", ["listed"], operators),
  harmless("agreements", ["listed"], everyRole),
  harmless("directory", ["listed"], everyRole),
  harmless("direct-numbers", ["own"], { ...care, ...controllers }),
  harmless("direct-numbers", ["everybody"], operators),
  running("operation"),
  // Who looked.
  { resource: "audit", relations: ["own"], who: controllers, gives: "metadata", basis: "control" },
  { resource: "audit", relations: ["everybody"], who: operators, gives: "metadata", basis: "control" },
  // Commands are decided by their case: who may send any at all.
  treating("command", ["own"], "own-message"),
  running("command"),
];

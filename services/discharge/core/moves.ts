import type { StayEventKind } from "../../../contracts/messages/discharge-stay.ts";
import type { Move, Moves } from "../../case/moves.ts";
import type { StayState } from "./state.ts";
import { afterEvent, type StayStatus } from "./timeline.ts";

/** `hospital`: who opened the case, and its departments on it. `hub`: the hub itself. */
export type Role = "hospital" | "practice" | "municipality" | "hub";
type Status = StayState["status"];

const inside = ["acuteAmbulant", "admitted", "onLeave"] as const;
const home = ["discharged", "summarySent", "reviewed"] as const;
const ended = ["transferred", "dead"] as const;
const any = ["cancelled", ...inside, ...home, ...ended] as const;
const nowhere: readonly Status[] = [];

const events: readonly (StayEventKind | "transferred-away")[] = [
  "acute-ambulant",
  "admitted",
  "leave-started",
  "leave-ended",
  "transferred",
  "transferred-away",
  "discharged",
  "dead",
];

const isHome = (status: StayStatus): boolean => status === "discharged";

/** The statuses from which an event leads elsewhere, and where to, as messages in their order tell it. */
const drawn = (
  event: (typeof events)[number],
  from: readonly StayStatus[],
): [string, Move<"hospital", Status>][] => {
  const leads = afterEvent[event];
  const when = from.filter((status) => leads[status] !== undefined && leads[status] !== status);
  const to = when[0] === undefined ? undefined : leads[when[0]];
  if (to === undefined) return [];
  const froms = when.flatMap((status): Status[] => (isHome(status) ? [...home] : [status]));
  return [[`discharge.notify ${event}`, { by: ["hospital"], when: froms, leadsTo: [to] }]];
};

const arrivals: Moves<"hospital", Status> = Object.fromEntries(
  events.flatMap((event): [string, Move<"hospital", Status>][] => {
    const to = afterEvent[event].cancelled;
    return to === undefined
      ? []
      : [[`discharge.notify first ${event}`, { by: ["hospital"], when: ["none"], leadsTo: [to] }]];
  }),
);

/**
 * How a stay begins: by any message on it. Any event may be the first to come; a correction or cancellation that comes
 * before what it is about waits for it.
 */
export const openings: Moves<"hospital", Status> = {
  ...arrivals,
  "discharge.correct first": { by: ["hospital"], when: ["none"], leadsTo: ["cancelled"] },
  "discharge.cancel first": { by: ["hospital"], when: ["none"], leadsTo: ["cancelled"] },
  "discharge.receiveSummary first": { by: ["hospital"], when: ["none"], leadsTo: ["loneSummary"] },
};

/**
 * Who may do what, and when. A word after the command tells rows of one command apart. Where `leadsTo` is empty the
 * status stays, or for messages on events becomes what the events in force say.
 */
const acts = {
  "discharge.notify": { by: ["hospital"], when: any, leadsTo: nowhere },
  "discharge.correct": { by: ["hospital"], when: any, leadsTo: nowhere },
  "discharge.cancel": { by: ["hospital"], when: any, leadsTo: nowhere },
  "discharge.noteTransfer": { by: ["hub"], when: inside, leadsTo: ["transferred"] },
  "discharge.plan": { by: ["hospital"], when: inside, leadsTo: nowhere },
  "discharge.assess": { by: ["hospital"], when: [...inside, ...home], leadsTo: nowhere },
  "discharge.requestAdmissionReport": { by: ["hub"], when: any, leadsTo: nowhere },
  "discharge.answerAdmission": { by: ["municipality"], when: [...inside, ...home], leadsTo: nowhere },
  "discharge.sendAdmissionReport": { by: ["municipality"], when: [...inside, ...home], leadsTo: nowhere },
  "discharge.tick": { by: ["hospital"], when: [...inside, ...home], leadsTo: nowhere },
  "discharge.sendCarePlan": { by: ["hospital"], when: [...inside, ...home], leadsTo: nowhere },
  "discharge.sendSummary": { by: ["hospital"], when: ["discharged"], leadsTo: ["summarySent"] },
  "discharge.sendSummary early": { by: ["hospital"], when: [...inside, ...ended], leadsTo: nowhere },
  "discharge.receiveSummary": {
    by: ["hospital"],
    when: ["loneSummary", "loneReviewed"],
    leadsTo: ["loneSummary"],
  },
  "discharge.review lone": { by: ["practice"], when: ["loneSummary"], leadsTo: ["loneReviewed"] },
  "discharge.correctSummary": {
    by: ["hospital"],
    when: ["summarySent", "reviewed"],
    leadsTo: ["summarySent"],
  },
  "discharge.correctSummary early": { by: ["hospital"], when: [...inside, ...ended], leadsTo: nowhere },
  "discharge.cancelSummary": {
    by: ["hospital"],
    when: ["summarySent", "reviewed"],
    leadsTo: ["discharged"],
  },
  "discharge.cancelSummary early": { by: ["hospital"], when: [...inside, ...ended], leadsTo: nowhere },
  "discharge.review": { by: ["practice"], when: ["summarySent"], leadsTo: ["reviewed"] },
  "discharge.review early": { by: ["practice"], when: [...inside, ...ended], leadsTo: nowhere },
  "discharge.extendResponsibility": { by: ["hospital"], when: home, leadsTo: nowhere },
  "discharge.suspendResponsibility": {
    by: ["hospital", "practice", "municipality"],
    when: home,
    leadsTo: nowhere,
  },
  "discharge.resumeResponsibility": {
    by: ["hospital", "practice", "municipality"],
    when: home,
    leadsTo: nowhere,
  },
  "discharge.askHomeVisit": {
    by: ["hospital", "practice", "municipality"],
    when: [...inside, ...home],
    leadsTo: nowhere,
  },
  "discharge.askWishedVisit": { by: ["hub"], when: any, leadsTo: nowhere },
  "discharge.bookHomeVisit": {
    by: ["practice", "municipality"],
    when: [...inside, ...home],
    leadsTo: nowhere,
  },
  "discharge.holdHomeVisit": { by: ["practice", "municipality"], when: home, leadsTo: nowhere },
  "discharge.declineHomeVisit": {
    by: ["hospital", "practice", "municipality"],
    when: [...inside, ...home],
    leadsTo: nowhere,
  },
  "discharge.ring": { by: ["hub"], when: any, leadsTo: nowhere },
} as const satisfies Moves<Role, Status>;

const present: readonly StayStatus[] = [
  "cancelled",
  "acuteAmbulant",
  "admitted",
  "onLeave",
  "transferred",
  "discharged",
  "dead",
];

export const moves: Moves<Role, Status> = {
  ...Object.fromEntries(events.flatMap((event) => drawn(event, present))),
  ...acts,
};

/** Every command on a stay. */
export const commandTypes: readonly string[] = [
  ...new Set(Object.keys(acts).map((key) => key.split(" ", 1)[0] ?? key)),
];

const isRowOf = (type: string, key: string): boolean => key === type || key.startsWith(`${type} `);

/** Everything that is allowed of a command, its rows taken together. */
export const moveOf = (type: string): Move<Role, Status> => {
  const rows: Move<Role, Status>[] = Object.entries(acts).flatMap(([key, row]) =>
    isRowOf(type, key) ? [row] : [],
  );
  return {
    by: [...new Set(rows.flatMap(({ by }) => by))],
    when: rows.flatMap(({ when }) => when),
    leadsTo: rows.flatMap(({ leadsTo }) => leadsTo),
  };
};

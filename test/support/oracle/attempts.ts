import { queryDoors } from "../../../contracts/access/doors.ts";
import { who } from "../region-view.ts";
import type { Random } from "../year/random.ts";
import type { Attempt } from "./attempt.ts";
import type { Names } from "./courses.ts";
import { aDigest, commandDoors, readDoors } from "./doors.ts";

type Guess = (names: Names, chance: Random) => Attempt;

const got = (path: string): Attempt => ({ by: "http", method: "GET", path });
const posted = (path: string, body: object): Attempt => ({ by: "http", method: "POST", path, body });
const few = (from: readonly string[], chance: Random): string[] => [
  chance.pick(from),
  chance.pick(from),
  chance.pick(from),
];
const noAccess = "0c6a3b52-3f5e-5c1b-9b5e-6f2a1d7c4e10";

const guesses: readonly Guess[] = [
  ({ cases }, c) => got(`/v1/cases/${c.pick(cases)}`),
  ({ cases }, c) => got(`/v1/cases/${c.pick(cases)}/attachments/${aDigest}`),
  ({ cases }, c) => got(`/v1/cases/${c.pick(cases)}/clocks/ADVICE-1`),
  ({ cases }, c) => got(`/v1/cases/${c.pick(cases)}?emergency=${noAccess}`),
  () => got(`/v1/emergency-access/${noAccess}/cases`),
  ({ patients }, c) => posted("/v1/audit/search", { patient: { cpr: c.pick(patients) } }),
  ({ patients }, c) => posted("/v1/audit/export", { patient: { cpr: c.pick(patients) } }),
  () => got("/v1/audit/odd"),
  ({ patients }, c) =>
    posted("/v1/emergency-access", {
      patient: { cpr: c.pick(patients) },
      reason: "cannot-consent",
      text: "Et system har ingen nødadgang.",
    }),
  ({ deliveries }, c) => got(`/v1/inbox/${c.pick(deliveries)}`),
  ({ deliveries }, c) => got(`/v1/messages/${c.pick(deliveries)}`),
  ({ deliveries }, c) => got(`/v1/dead-letters/${c.pick(deliveries)}`),
  ({ deliveries }, c) => got(`/v1/dead-letters/${c.pick(deliveries)}/original`),
  ({ messages }, c) => got(`/v1/intake/${c.pick(messages)}`),
  (_, c) =>
    got(c.pick(["/v1/worklist", "/v1/sent", "/v1/overdue", "/v1/cases", "/v1/owed", "/v1/inbox?show=all"])),
  (_, c) =>
    got(c.pick(["/v1/messages", "/v1/dead-letters", "/v1/indicators?month=2026-11", "/v1/directory"])),
  (_, c) =>
    got(`/v1/worklist?for=${c.pick([who.practice, who.endocrinology, who.geriatrics, who.municipality])}`),
  (_, c) => got(`/v1/inbox?show=all&for=${c.pick([who.practice, who.cardiology, who.geriatrics])}`),
  ({ patients }, c) => posted("/v1/patients/cases", { patient: { cpr: c.pick(patients) } }),
  ({ patients }, c) => posted("/v1/search", { patient: { cpr: c.pick(patients) } }),
  ({ cases }, c) => posted("/v1/search", { caseId: c.pick(cases) }),
  ({ messages }, c) => posted("/v1/search", { messageId: c.pick(messages) }),
  ({ messages }, c) => posted("/v1/messages/search", { id: c.pick(messages) }),
  ({ cases }, c) => posted("/v1/cases/patients", { caseIds: few(cases, c) }),
  ({ patients }, c) => posted("/v1/responsible", { patient: { cpr: c.pick(patients) } }),
  ({ patients }, c) => posted("/v1/directory/registered-gp", { patient: { cpr: c.pick(patients) } }),
];

/** Fields that queries ask with; each query takes those that it knows. */
const payloads: readonly Guess[] = Object.keys(queryDoors).map(
  (type): Guess =>
    (names, c) => ({
      by: "bus",
      type,
      payload: c.pick<object>([
        { caseId: c.pick(names.cases) },
        { caseId: c.pick(names.cases), clockId: "ADVICE-1", language: "da" },
        { caseIds: few(names.cases, c) },
        { caseId: c.pick(names.cases), emergency: noAccess, person: "doctor-aaparken" },
        { gln: c.pick([who.practice, who.endocrinology, who.cardiology, who.geriatrics]), show: "all" },
        { gln: who.practice, deliveryId: c.pick(names.deliveries) },
        { id: c.pick(names.deliveries) },
        { messageId: c.pick(names.messages) },
        { patient: { cpr: c.pick(names.patients) } },
        {},
      ]),
    }),
);

const ways = [
  [guesses, 4],
  [payloads, 3],
  [readDoors, 2],
  [commandDoors, 1],
] as const;

/** `system`: who asks has a connection to the bus. */
export const anAttempt = (names: Names, chance: Random, system: boolean): Attempt => {
  const attempt = chance.pick(chance.weighed(ways))(names, chance);
  return attempt.by === "bus" && !system ? chance.pick(guesses)(names, chance) : attempt;
};

import { httpDoors } from "../../../contracts/access/doors.ts";
import { examplesIn, operations } from "../api-document.ts";
import type { Random } from "../year/random.ts";
import type { Attempt } from "./attempt.ts";
import type { Names } from "./courses.ts";
import { everybody } from "./secrets.ts";

type Guess = (names: Names, chance: Random) => Attempt;

export const aDigest = `sha256-${"0".repeat(64)}`;

/** What stands in an address for each of its names: what somebody came by, or guesses. */
const values: Readonly<Record<string, (names: Names, chance: Random) => string>> = {
  caseId: ({ cases }, c) => c.pick(cases),
  clockId: () => "ADVICE-1",
  deadLetterId: ({ deliveries }, c) => c.pick(deliveries),
  deliveryId: ({ deliveries }, c) => c.pick(deliveries),
  digest: () => aDigest,
  emergencyId: () => "0c6a3b52-3f5e-5c1b-9b5e-6f2a1d7c4e10",
  gln: (_, c) => c.pick(everybody),
  id: () => "advice-endocrinology",
  intakeId: ({ messages }, c) => c.pick(messages),
  messageId: ({ messages, deliveries }, c) => c.pick(c.chance(0.5) ? messages : deliveries),
};
const filled = (path: string, names: Names, chance: Random): string =>
  path.replace(/:(\w+)|\{(\w+)\}/g, (whole, one?: string, other?: string) => {
    const value = values[one ?? other ?? ""];
    if (value === undefined) throw new Error(`Nobody knows what stands for ${whole}.`);
    return encodeURIComponent(value(names, chance));
  });

/** Those that never end, and those that bring somebody elsewhere, are tried apart. */
const apart = new Set(["GET /v1/events", "GET /v1/session/sign-in", "GET /v1/session/return"]);

/** Every address that is read, by the hub's own table of them: one that is new is tried from the day that it is there. */
export const readDoors: readonly Guess[] = Object.keys(httpDoors)
  .filter((door) => door.startsWith("GET ") && !apart.has(door))
  .map((door): Guess => {
    const path = door.slice("GET ".length);
    return (names, chance) => ({ by: "http", method: "GET", path: filled(path, names, chance) });
  });

/** Every command about a case or a delivery that is there, with the very body that its description shows. */
export const commandDoors: readonly Guess[] = operations
  .filter(({ method, path }) => method === "POST" && /\{(caseId|deliveryId)\}/.test(path))
  .map(({ path, operation }): Guess => {
    const body = Object.values(examplesIn(operation.requestBody?.content["application/json"] ?? {}))[0] ?? {};
    return (names, chance) => ({
      ...{ by: "http", method: "POST", path: filled(path, names, chance), body },
      changes: true,
    });
  });

import type { SektorbroClient } from "../../client/main.ts";

export const simulatedKinds = ["gp", "municipality", "hospital"] as const;
export type SimulatedKind = (typeof simulatedKinds)[number];

export type Saying = { self: string; to: string; messageId: string; at: string; startsAt: string };

/** Nobody: a number that MedCom's test patients have, and names that say so. */
const patient = { cpr: "0107364006", surname: "Prøvesen", givenName: "Åse" };

/** A citizen's values as a home nurse measures them. */
const values = {
  respiration: 22,
  pulse: 104,
  systolic: 118,
  consciousness: "habituel",
  temperature: { value: 38.4, site: "rectal" },
} as const;

const initiatives: Readonly<
  Record<SimulatedKind, (client: SektorbroClient, saying: Saying) => Promise<unknown>>
> = {
  /** A practice asks for advice. */
  gp: (client, { to, messageId }) =>
    client.command("advice.ask", {
      messageId,
      kind: "correspondence",
      to: { gln: to },
      patient,
      subject: "Spørgsmål fra en simulator",
      question: "Er der noget nyt?",
    }),
  /** A municipality tells a practice of a TOBS. */
  municipality: (client, { to, messageId }) =>
    client.command("observation.open", { messageId, patient, practice: to, measurement: { values } }),
  /** A department publishes a place for somebody to be seen in. */
  hospital: (client, { messageId, startsAt }) =>
    client.command("booking.publish", {
      messageId,
      speciality: "kardiologi",
      start: startsAt,
      lengthMinutes: 30,
      places: 4,
      place: "Indgang 4",
    }),
};

/** What an organisation of a kind says of its own accord. */
export const takeInitiative = (
  kind: SimulatedKind,
  client: SektorbroClient,
  saying: Saying,
): Promise<unknown> => initiatives[kind](client, saying);

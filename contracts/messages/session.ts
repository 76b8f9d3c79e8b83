import { z } from "zod";

/** What a person does where they work. It decides which pages they begin with, never whose cases they see: that is their organisation's. */
export const PersonRole = z.enum([
  "doctor",
  "nurse",
  "secretary",
  "acuteNurse",
  "visitation",
  "operator",
  "committee",
  /** Looks after who looked at what, for the organisation. */
  "controller",
]);
export type PersonRole = z.infer<typeof PersonRole>;

export const assurances = ["Low", "Substantial", "High"] as const;
/** How surely a person is who they say (NSIS, the national standard for identities' levels of assurance). */
export const Assurance = z.enum(assurances);
export type Assurance = z.infer<typeof Assurance>;

/** Somebody who works at an organisation. `id` names them in tokens and audit; it is no CPR number. */
export const Person = z
  .object({
    id: z.string().regex(/^[a-z0-9-]{1,60}$/),
    name: z.string().min(1).max(70),
    gln: z.string(),
    roles: z.array(PersonRole).min(1),
    /** How surely whoever let them in knew them; absent: nobody said. */
    assurance: Assurance.optional(),
  })
  .meta({ id: "Person" });
export type Person = z.infer<typeof Person>;

/** Who is signed in here, and for which organisation. */
export const SessionAnswer = z
  .object({
    gln: z.string(),
    /** What the directory calls the organisation, and its part of a hospital where it is one. */
    organisation: z.string(),
    unit: z.string().optional(),
    kind: z.string().optional(),
    role: z.enum(["organisation", "operator"]),
    /** Absent: a system, not a person. */
    person: Person.omit({ gln: true }).optional(),
  })
  .meta({ id: "SessionAnswer" });
export type SessionAnswer = z.infer<typeof SessionAnswer>;

/** How a person can sign in: as one of the made-up people of a hub that listens on loopback alone, elsewhere none; or by an identity provider. */
export const PeopleAnswer = z
  .object({
    people: z.array(
      Person.extend({ organisation: z.string(), unit: z.string().optional(), kind: z.string().optional() }),
    ),
    /** Whether there is an identity provider to sign in at: `GET /v1/session/sign-in` leads there. */
    identityProvider: z.boolean(),
  })
  .meta({ id: "PeopleAnswer" });
export type PeopleAnswer = z.infer<typeof PeopleAnswer>;

export const SignIn = z.object({ person: Person.shape.id }).meta({ id: "SignIn" });
export type SignIn = z.infer<typeof SignIn>;

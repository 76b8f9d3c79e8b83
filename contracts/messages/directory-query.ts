import { z } from "zod";
import { MunicipalityCode } from "../identifiers.ts";
import { Instant } from "../time.ts";
import { PatientQuery } from "./case-list.ts";
import { OfferedService, Organisation } from "./directory.ts";

/** Who is looked for; each that is given must fit. `date` is a Danish date: the directory as it is on that day. */
export const DirectoryQuery = z.object({
  /** A part of its name or of its department's. */
  name: z.string().min(1).max(70).optional(),
  /** What is offered to citizens of it; without an offer, who is in it. */
  municipality: MunicipalityCode.optional(),
  speciality: z.string().min(1).max(60).optional(),
  offer: OfferedService.optional(),
  topic: z.string().min(1).max(40).optional(),
  /** Words that stand anywhere: in names, identifiers, and what is offered. */
  q: z.string().min(1).max(100).optional(),
  date: z.iso.date().optional(),
  limit: z.number().int().min(1).max(1000).default(500),
  cursor: z.string().max(35).optional(),
});
export type DirectoryQuery = z.infer<typeof DirectoryQuery>;

/**
 * An organisation as a caller may see it on a day: what it offers then, who answers instead of it then or later, and the
 * numbers behind the public one that are meant for the caller's kind.
 */
export const ListedOrganisation = Organisation.pick({
  gln: true,
  name: true,
  kind: true,
  partOf: true,
  department: true,
  identifiers: true,
  address: true,
  phone: true,
  specialities: true,
  offers: true,
  openingHours: true,
  closingDays: true,
  outOfHours: true,
  substitutes: true,
  authority: true,
  operator: true,
  validFrom: true,
  validTo: true,
})
  .extend({ directNumbers: z.array(z.object({ label: z.string(), number: z.string() })) })
  .meta({ id: "ListedOrganisation" });
export type ListedOrganisation = z.infer<typeof ListedOrganisation>;

/** A page of the directory, lowest GLN first. `next` is what to give as `cursor` for more. */
export const DirectoryPage = z
  .object({ date: z.iso.date(), organisations: z.array(ListedOrganisation), next: z.string().optional() })
  .meta({ id: "DirectoryPage" });
export type DirectoryPage = z.infer<typeof DirectoryPage>;

/** Which practice a citizen is registered with on a day, where an imported file has told. */
export const RegisteredGpQuery = z
  .object({ patient: PatientQuery, date: z.iso.date().optional() })
  .meta({ id: "RegisteredGpQuery" });
export type RegisteredGpQuery = z.infer<typeof RegisteredGpQuery>;

/** `known` is false for a citizen that no file has told of, and for one that is registered nowhere on that day. */
export const RegisteredGp = z
  .discriminatedUnion("known", [
    z.object({ known: z.literal(false), date: z.iso.date() }),
    z.object({
      known: z.literal(true),
      date: z.iso.date(),
      gln: z.string(),
      validFrom: z.iso.date(),
      validTo: z.iso.date().optional(),
      /** Absent when the directory does not know the practice any more. */
      practice: ListedOrganisation.optional(),
    }),
  ])
  .meta({ id: "RegisteredGp" });
export type RegisteredGp = z.infer<typeof RegisteredGp>;

/** One version of an organisation: who changed what and when. */
export const DirectoryVersion = z.object({
  changedBy: z.string(),
  changedAt: Instant,
  /** Fields that differ from the version before; empty for the first that is kept. */
  changed: z.array(z.string()),
  organisation: Organisation,
});

/** The versions of an organisation that are kept, newest first. */
export const DirectoryHistory = z
  .object({ gln: z.string(), versions: z.array(DirectoryVersion) })
  .meta({ id: "DirectoryHistory" });
export type DirectoryHistory = z.infer<typeof DirectoryHistory>;

export const DirectoryQueries = {
  "directory.find": DirectoryQuery,
  "directory.history": z.object({ gln: z.string().max(35) }),
  "directory.registeredGp": RegisteredGpQuery,
} as const;

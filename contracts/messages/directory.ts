import { z } from "zod";
import { commandOf } from "../command.ts";
import { EnvelopeKind, Standard, Transport } from "../deliveries.ts";
import { Address, MunicipalityCode, Shak, Sor, Ydernummer } from "../identifiers.ts";
import { hasOnePatientId, onePatientId, patientIds } from "../party.ts";
import { NatsWay, Webhook } from "../push.ts";

const hhmm = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "A time of day is hh:mm.");
/** ISO weekday, 1 = Monday to 7 = Sunday. */
const weekday = z.number().int().min(1).max(7);
const period = { validFrom: z.iso.date(), validTo: z.iso.date().optional() };

/** One opening, Danish local time. A lunch break is two openings on the same day. */
export const Opening = z
  .object({ days: z.array(weekday).min(1), opens: hhmm, closes: hhmm })
  .refine((o) => o.opens < o.closes, {
    message: "An opening must close after it opens, on the same day.",
    path: ["closes"],
    params: { code: "opening-order" },
  });
export type Opening = z.infer<typeof Opening>;

/** A day closed by the organisation's own choice: once (`yyyy-mm-dd`) or every year (`mm-dd`). Public holidays are known. */
export const ClosingDay = z
  .string()
  .regex(/^(\d{4}-)?(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, "A closing day is yyyy-mm-dd or mm-dd.");

export const OrganisationKind = z.enum([
  "practice",
  "hospital",
  "department",
  "municipality",
  "acuteTeam",
  "region",
  "outOfHours",
  "other",
]);
export type OrganisationKind = z.infer<typeof OrganisationKind>;

/**
 * What an organisation does for others. `advice`: answers questions in a speciality; `referral`: takes patients in one;
 * `visitation`: a hospital's or psychiatry's central visitation, which finds the right unit; `imaging`: examinations
 * (topic); `prevention`: municipal offers to citizens (topic, e.g. `smoking`); `acute-nursing`: the acute team;
 * `sub-acute`: times the same day or the next; `home-care`: is told of admissions and discharges; `follow-up-visit`.
 */
export const OfferedService = z.enum([
  "advice",
  "referral",
  "visitation",
  "psychiatry",
  "imaging",
  "prevention",
  "acute-nursing",
  "sub-acute",
  "home-care",
  "follow-up-visit",
]);
export type OfferedService = z.infer<typeof OfferedService>;

const needsSpeciality = {
  message: "Advice is given in a speciality: name it.",
  path: ["speciality"],
  params: { code: "speciality-missing" },
};

/** One thing that an organisation offers, and for whom. Dated: what is offered by whom changes, e.g. on 1 January 2027. */
export const Offer = z
  .object({
    service: OfferedService,
    /** MedCom MedicalSpecialityCode. */
    speciality: z.string().min(1).optional(),
    /** What it is about, in lower case with hyphens: `smoking`, `ct-abdomen`. */
    topic: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,39}$/)
      .optional(),
    /** Municipalities whose citizens it is for; absent: all. */
    municipalities: z.array(MunicipalityCode).optional(),
    title: z.object({ da: z.string().min(1).max(120), en: z.string().min(1).max(120) }).optional(),
    description: z.object({ da: z.string().max(1000), en: z.string().max(1000) }).optional(),
    ...period,
  })
  .refine((offer) => offer.service !== "advice" || offer.speciality !== undefined, needsSpeciality)
  .meta({ id: "Offer" });
export type Offer = z.infer<typeof Offer>;

/** A number behind the public one (bag-om-nummer), for those whom it is meant for and nobody else. */
const DirectNumber = z.object({
  label: z.string().min(1).max(70),
  number: z.string().min(3).max(25),
  visibleTo: z.array(OrganisationKind).min(1),
});

/** Who answers instead, by name, and when (agreement on telephone access, Praksisplan Midtjylland 6.1). */
const Substitute = z.object({
  gln: Address.optional(),
  name: z.string().min(1).max(70),
  phone: z.string().min(3).max(25),
  ...period,
});

const documentsOnly = {
  message: "A folder takes documents of a standard; the hub's own facts are fetched from the inbox.",
  path: ["transport"],
  params: { code: "folder-takes-documents" },
};

const wayMissing = {
  message: "A channel that the hub brings documents by says where to, and no other does.",
  path: ["transport"],
  params: { code: "way-differs" },
};

const fhirOnly = {
  message: "A StandardBusinessDocument holds messages of FHIR; OIOXML goes in a VANSEnvelope.",
  path: ["envelope"],
  params: { code: "sbdh-holds-fhir" },
};

/** A way in: what the receiver's system speaks, how it gets it, which types it takes; `*` in `accepts` is any type. */
export const Channel = z
  .object({
    standard: Standard,
    transport: Transport,
    accepts: z.array(z.string().min(1)).min(1),
    /** Whether the receiving system sends a receipt for what it takes; without one, people are warned. */
    sendsReceipts: z.boolean().default(true),
    /** Which of its formats a system that speaks FHIR takes; absent: XML. */
    format: z.enum(["xml", "json"]).optional(),
    /** What documents of a standard go out in; absent: bare. */
    envelope: EnvelopeKind.optional(),
    /** The VANS operator on the way, as it names itself in its receipts: it may say that a document went no further. */
    operator: z.string().min(1).max(35).optional(),
    /** Of the transport `webhook`: where to. */
    webhook: Webhook.optional(),
    /** Of the transport `nats`: where to. */
    nats: NatsWay.optional(),
  })
  .refine(({ standard, transport }) => standard !== "json" || transport !== "folder", documentsOnly)
  .refine(({ transport, webhook }) => (transport === "webhook") === (webhook !== undefined), wayMissing)
  .refine(({ transport, nats }) => (transport === "nats") === (nats !== undefined), wayMissing)
  .refine(({ standard, envelope }) => standard === "fhir" || envelope !== "sbdh", fhirOnly);
export type Channel = z.infer<typeof Channel>;

/**
 * An organisation that can be written to. `authority` answers for it by law, `operator` runs it; both are dated, since
 * acute nursing moves from municipalities to regions on 1 January 2027 (guide, section 0, finding 1).
 */
export const Organisation = z
  .object({
    gln: Address,
    name: z.string().min(1).max(70),
    kind: OrganisationKind,
    partOf: Address.optional(),
    identifiers: z
      .object({
        sor: Sor.optional(),
        ydernummer: Ydernummer.optional(),
        shak: Shak.optional(),
        municipalityCode: MunicipalityCode.optional(),
      })
      .default({}),
    department: z.string().max(35).optional(),
    address: z
      .object({ street: z.string().max(35), postCode: z.string().max(9), district: z.string().max(35) })
      .optional(),
    phone: z.string().max(25).optional(),
    specialities: z.array(z.string()).default([]),
    offers: z.array(Offer).default([]),
    directNumbers: z.array(DirectNumber).default([]),
    substitutes: z.array(Substitute).default([]),
    /** Who answers when it is closed: for a practice the out-of-hours doctor. */
    outOfHours: Address.optional(),
    channels: z.array(Channel).min(1),
    openingHours: z.array(Opening).default([]),
    closingDays: z.array(ClosingDay).default([]),
    /** When it is told what is not urgent, all at once, on each day that it is open. Absent: when it opens. */
    digestAt: hhmm.optional(),
    authority: z.array(z.object({ gln: Address, ...period })).default([]),
    operator: z.array(z.object({ gln: Address, ...period })).default([]),
    ...period,
  })
  .meta({ id: "Organisation" });
export type Organisation = z.infer<typeof Organisation>;

/** Which practice a citizen is registered with. Kept under a keyed hash of the number alone, and never exported. */
export const Registration = z
  .object({ ...patientIds, gln: Address, ...period })
  .refine(hasOnePatientId, onePatientId)
  .meta({ id: "Registration" });
export type Registration = z.infer<typeof Registration>;

/** The file that `sektorbro directory import` reads and `export` writes. */
export const DirectoryFile = z
  .object({
    format: z.literal("sektorbro-directory"),
    version: z.literal(1),
    organisations: z.array(Organisation),
    /** All that is told of a citizen here replaces what was told before. */
    registrations: z.array(Registration).optional(),
    /** What an export leaves out: `registrations`, since the hub does not keep the numbers. */
    leftOut: z.array(z.literal("registrations")).optional(),
  })
  .meta({ id: "DirectoryFile" });
export type DirectoryFile = z.infer<typeof DirectoryFile>;

export const ImportDirectory = z
  .object({
    file: DirectoryFile,
    /** The person or system that changes it, for the history. */
    changedBy: z.string().min(1).max(100).optional(),
  })
  .meta({ id: "ImportDirectory" });
export const DirectoryCommands = { "directory.import": ImportDirectory } as const;

export const ImportCommand = commandOf("directory.import", ImportDirectory);
export type ImportCommand = z.infer<typeof ImportCommand>;

import type { FhirElement, FhirResource } from "../../gateways/fhir/codec/model/resource.ts";

/** What the resources of a made-up MedCom bundle are made of (guide to MedCom FHIR, sections 2 and 3). */
const medcom = "http://medcomfhir.dk/ig";
export const codeSystem = (name: string): string => `${medcom}/terminology/CodeSystem/${name}`;
export const extensionOf = (ig: string, name: string): string =>
  `${medcom}/${ig}/StructureDefinition/${name}`;
export const cprSystem = "urn:oid:1.2.208.176.1.2";
const sorSystem = "urn:oid:1.2.208.176.1.1";
const glnSystem = "https://www.gs1.org/gln";
const yderSystem = "urn:oid:1.2.208.176.1.4";

export const definitionOf = (type: "CareCommunication" | "HomeCareObservation", version: string): string =>
  `${medcom}/messagedefinitions/MessageDefinition/MedCom${type}MessageDefinition|${version}`;

/** A UUID of version 4 whose last digits are the number: the same in every run. */
export const uuid = (number: number): string =>
  `5e9f0c1a-7b2d-4e63-8a41-${number.toString(16).padStart(12, "0")}`;

/** An organisation as a message names it. */
export interface FhirParty {
  readonly gln: string;
  readonly sor: string;
  readonly name: string;
  readonly ydernummer?: string;
}

/** Of services/directory/region.json. */
export const fhirParties = {
  department: { gln: "5790000200016", sor: "999071000016008", name: "Regionshospitalet Nordfjord" },
  otherDepartment: { gln: "5790000200023", sor: "999081000016005", name: "Regionshospitalet Nordfjord" },
  municipality: { gln: "5790000300013", sor: "999131000016005", name: "Nordfjord Kommune" },
  otherMunicipality: { gln: "5790000300020", sor: "999141000016003", name: "Sønderå Kommune" },
  acuteTeam: { gln: "5790000310012", sor: "999151000016000", name: "Akutteam Nordfjord" },
  practice: {
    gln: "5790000100019",
    sor: "999011000016000",
    name: "Lægehuset Åparken",
    ydernummer: "991001",
  },
} as const satisfies Record<string, FhirParty>;

/** What every message may vary in; whatever is left out has a value of its own. */
export interface CommonWish {
  readonly bundleId?: string;
  readonly headerId?: string;
  readonly sent?: string;
  readonly from?: FhirParty;
  readonly to?: FhirParty;
  readonly cpr?: string;
  readonly family?: string;
  readonly given?: string;
  /** Earlier messages of the course, oldest first; each is carried along as a Provenance. */
  readonly history?: readonly Earlier[];
}

/** A message that went before: its header's id, what it did, and the payloads that it brought. */
export interface Earlier {
  readonly headerId: string;
  readonly activity: string;
  readonly payloads?: readonly string[];
}

const narrative: FhirElement = {
  status: "generated",
  div: '<div xmlns="http://www.w3.org/1999/xhtml"><p>Made up.</p></div>',
};

/** A resource with its profile, its id and a narrative. */
export const resource = (
  resourceType: string,
  id: string,
  { profile, ...rest }: FhirElement & { profile: string },
): FhirResource => ({ resourceType, id, meta: { profile: [profile] }, text: narrative, ...rest });

/** A builder's resource always has its id. */
const idOf = (of: FhirResource): string => of["id"] as string;

export const reference = (to: FhirResource): FhirElement => ({ reference: `${to.resourceType}/${idOf(to)}` });

/** The fields that are there. */
export const present = (fields: FhirElement): FhirElement =>
  Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  );

export const coding = (system: string, code: string): FhirElement => ({ system, code });

export const bundleOf = (
  wish: CommonWish,
  { ig, profile, entries }: { ig: string; profile: string; entries: readonly FhirResource[] },
): FhirResource => ({
  resourceType: "Bundle",
  id: wish.bundleId ?? uuid(1),
  meta: { profile: [extensionOf(ig, profile)] },
  type: "message",
  timestamp: wish.sent ?? "2026-11-23T10:15:00+01:00",
  entry: entries.map((entry) => ({
    fullUrl: `https://medcomfhir.dk/ig/${ig}/${entry.resourceType}/${idOf(entry)}`,
    resource: entry,
  })),
});

const organisationProfiles = {
  messaging: "medcom-messaging-organization",
  producer: "medcom-producer-organization",
  requester: "medcom-requesterorganization",
} as const;

export const organisation = (
  party: FhirParty,
  number: number,
  as: keyof typeof organisationProfiles = "messaging",
): FhirResource =>
  resource("Organization", uuid(number), {
    profile: extensionOf("messaging", organisationProfiles[as]),
    identifier: [
      { system: glnSystem, value: party.gln },
      { system: sorSystem, value: party.sor },
      ...(as === "producer" ? [{ system: codeSystem("MedComProducentID"), value: "KAF" }] : []),
      ...(as === "requester" ? [{ system: yderSystem, value: party.ydernummer ?? "991001" }] : []),
    ],
    name: party.name,
    ...(as === "requester" ? { contact: [{ name: { given: ["PÅ"] } }] } : {}),
  });

/** Prøve-Åsen: made up, as the number is, which no one was given. */
export const patient = (wish: CommonWish, rest: FhirElement = {}): FhirResource =>
  resource("Patient", uuid(4), {
    profile: extensionOf("core", "medcom-core-patient"),
    identifier: [{ system: cprSystem, value: wish.cpr ?? "0101650001" }],
    name: [{ use: "official", family: wish.family ?? "Prøve-Åsen", given: [wish.given ?? "Ægidia"] }],
    ...rest,
  });

export const header = (
  wish: CommonWish,
  about: { event: string; profile: string; from: FhirResource; to: FhirResource; rest: FhirElement },
): FhirResource =>
  resource("MessageHeader", wish.headerId ?? uuid(2), {
    profile: about.profile,
    eventCoding: coding(codeSystem("medcom-messaging-eventCodes"), about.event),
    destination: [
      {
        extension: [
          {
            url: extensionOf("messaging", "medcom-messaging-destinationUseExtension"),
            valueCoding: coding(codeSystem("medcom-messaging-destinationUse"), "primary"),
          },
        ],
        endpoint: `https://sor2.sum.dsdn.dk/#id=${endpointOf(about.to)}`,
        receiver: reference(about.to),
      },
    ],
    sender: reference(about.from),
    source: { endpoint: `https://sor2.sum.dsdn.dk/#id=${endpointOf(about.from)}` },
    ...about.rest,
  });

const endpointOf = (party: FhirResource): string => {
  const identifiers = party["identifier"] as readonly { system: string; value: string }[];
  return identifiers.find(({ system }) => system === sorSystem)?.value ?? "";
};

/** The Provenances of a message: those of its history, each leading to the one before, and last its own. */
export const provenances = (
  wish: CommonWish,
  about: {
    activity: string;
    profile: string;
    by: FhirResource;
    role?: "revision" | "removal";
    payloads?: readonly string[];
  },
): FhirResource[] => {
  const own = {
    headerId: wish.headerId ?? uuid(2),
    activity: about.activity,
    payloads: about.payloads ?? [],
  };
  const course: Earlier[] = [...(wish.history ?? []), own];
  return course.map(({ headerId, activity, payloads = [] }, at) => {
    const before = course[at - 1];
    const role = activity.startsWith("cancel-") || activity === "retract-message" ? "removal" : "revision";
    const entity = [
      ...payloads.map((value) => ({ role: "source", what: { identifier: { value } } })),
      ...(before === undefined
        ? []
        : [
            {
              role: at === course.length - 1 ? (about.role ?? role) : role,
              what: { reference: `MessageHeader/${before.headerId}` },
            },
          ]),
    ];
    return resource("Provenance", uuid(0x100 + at), {
      profile: about.profile,
      target: [{ reference: `MessageHeader/${headerId}` }],
      occurredDateTime: wish.sent ?? "2026-11-23T10:15:00+01:00",
      recorded: wish.sent ?? "2026-11-23T10:15:00+01:00",
      activity: { coding: [coding(codeSystem("medcom-messaging-activityCodes"), activity)] },
      agent: [{ who: reference(about.by) }],
      ...(entity.length === 0 ? {} : { entity }),
    });
  });
};

export const messagingProvenance = extensionOf("messaging", "medcom-messaging-provenance");

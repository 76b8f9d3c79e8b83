import { z } from "zod";
import { nothingSeen, type Seen } from "./seen.ts";

const Reference = z.looseObject({ reference: z.string().optional() });
const Identifier = z.looseObject({ system: z.string().optional(), value: z.string().optional() });
const Resource = z.looseObject({
  resourceType: z.string(),
  id: z.string().optional(),
  identifier: z.array(Identifier).optional().catch(undefined),
  name: z.string().optional().catch(undefined),
  eventCoding: z.looseObject({ code: z.string().optional() }).optional(),
  destination: z.array(z.looseObject({ receiver: Reference.optional() })).optional(),
  sender: Reference.optional().catch(undefined),
  response: z
    .looseObject({ identifier: z.string().optional(), code: z.string().optional() })
    .optional()
    .catch(undefined),
  activity: z
    .looseObject({ coding: z.array(z.looseObject({ code: z.string().optional() })).optional() })
    .optional()
    .catch(undefined),
  target: z.array(Reference).optional().catch(undefined),
  issue: z
    .array(
      z.looseObject({
        details: z
          .looseObject({ coding: z.array(z.looseObject({ code: z.string().optional() })).optional() })
          .optional(),
      }),
    )
    .optional()
    .catch(undefined),
});
type Resource = z.infer<typeof Resource>;
const Bundle = z.looseObject({
  resourceType: z.literal("Bundle"),
  id: z.string().optional(),
  entry: z.array(z.looseObject({ resource: Resource })),
});

const types: Readonly<Record<string, string>> = {
  "hospital-notification-message": "HospitalNotification",
  "care-communication-message": "CareCommunication",
  "homecareobservation-message": "HomeCareObservation",
  "acknowledgement-message": "Acknowledgement",
};
const verdicts: Readonly<Record<string, Seen["verdict"]>> = {
  ok: "positive",
  "fatal-error": "negative",
  "transient-error": "transient",
};

const bundleIn = (json: string): z.infer<typeof Bundle> | undefined => {
  try {
    return Bundle.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
};

type Organisation = { gln: string; sor: string; name: string };

/** An organisation that a reference of the message names. */
const organisationAt = (
  resources: readonly Resource[],
  reference: string | undefined,
): Organisation | undefined => {
  const found = resources.find((one) => `${one.resourceType}/${one.id ?? ""}` === reference);
  const idIn = (system: RegExp): string | undefined =>
    found?.identifier?.find((one) => system.test(one.system ?? ""))?.value;
  const gln = idIn(/gln$/);
  return gln === undefined
    ? undefined
    : { gln, sor: idIn(/1\.2\.208\.176\.1\.1$/) ?? "", name: found?.name ?? gln };
};

/** Between whom a message goes, and what last happened to it: what an Acknowledgement is to say. */
export type MessageEnds = {
  sender: Organisation;
  receiver: Organisation;
  activity: string;
};

const first = (resources: readonly Resource[], type: string): Resource | undefined =>
  resources.find(({ resourceType }) => resourceType === type);

/** What last happened to the message that a header is of. */
const activityIn = (resources: readonly Resource[], header: Resource): string => {
  const latest = resources.findLast(
    ({ resourceType, target }) =>
      resourceType === "Provenance" && target?.[0]?.reference === `MessageHeader/${header.id ?? ""}`,
  );
  return latest?.activity?.coding?.[0]?.code ?? "new-message";
};

const endsIn = (resources: readonly Resource[]): MessageEnds | undefined => {
  const header = first(resources, "MessageHeader");
  if (header === undefined) return undefined;
  const sender = organisationAt(resources, header.sender?.reference);
  const receiver = organisationAt(resources, header.destination?.[0]?.receiver?.reference);
  if (sender === undefined || receiver === undefined) return undefined;
  return { sender, receiver, activity: activityIn(resources, header) };
};

export const endsOf = (json: string): MessageEnds | undefined =>
  endsIn(bundleIn(json)?.entry.map(({ resource }) => resource) ?? []);

/** What an Acknowledgement says, and of which message. */
const acknowledged = (resources: readonly Resource[], { response }: Resource): Partial<Seen> => ({
  verdict: verdicts[response?.code ?? ""],
  about: { envelopeId: undefined, messageId: response?.identifier },
  refuseCode: first(resources, "OperationOutcome")?.issue?.[0]?.details?.coding?.[0]?.code,
});

const placeOf = (resources: readonly Resource[]): Pick<Seen, "from" | "to" | "thread"> => {
  const ends = endsIn(resources);
  const thread = first(resources, "Communication")?.identifier?.[0]?.value;
  return { from: ends?.sender.gln, to: ends?.receiver.gln, thread };
};

/** A FHIR message in JSON, as far as it can be read. */
export const lookAtMessage = (json: string): Seen => {
  const bundle = bundleIn(json);
  if (bundle === undefined) return nothingSeen("fhir");
  const resources = bundle.entry.map(({ resource }) => resource);
  const header = first(resources, "MessageHeader");
  if (header === undefined) return { ...nothingSeen("fhir"), envelopeId: bundle.id };
  const type = types[header.eventCoding?.code ?? ""];
  const isReceipt = type === "Acknowledgement";
  return {
    ...nothingSeen("fhir"),
    kind: isReceipt ? "receipt" : "letter",
    type,
    envelopeId: bundle.id,
    messageId: header.id,
    ...placeOf(resources),
    wantsReceipt: !isReceipt,
    ...(isReceipt ? acknowledged(resources, header) : {}),
  };
};

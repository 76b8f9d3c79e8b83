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
export const Bundle = z.looseObject({
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

export const bundleIn = (json: string): z.infer<typeof Bundle> | undefined => {
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

export const endsOf = (json: string): MessageEnds | undefined => {
  const resources = bundleIn(json)?.entry.map(({ resource }) => resource) ?? [];
  const header = resources.find(({ resourceType }) => resourceType === "MessageHeader");
  const sender = organisationAt(resources, header?.sender?.reference);
  const receiver = organisationAt(resources, header?.destination?.[0]?.receiver?.reference);
  const latest = resources.findLast(
    ({ resourceType, target }) =>
      resourceType === "Provenance" && target?.[0]?.reference === `MessageHeader/${header?.id ?? ""}`,
  );
  const activity = latest?.activity?.coding?.[0]?.code ?? "new-message";
  return sender === undefined || receiver === undefined ? undefined : { sender, receiver, activity };
};

/** A FHIR message in JSON, as far as it can be read. */
export const lookAtMessage = (json: string): Seen => {
  const bundle = bundleIn(json);
  if (bundle === undefined) return nothingSeen("fhir");
  const resources = bundle.entry.map(({ resource }) => resource);
  const of = (type: string): Resource | undefined =>
    resources.find(({ resourceType }) => resourceType === type);
  const header = of("MessageHeader");
  const ends = endsOf(json);
  const type = types[header?.eventCoding?.code ?? ""];
  const seen: Seen = {
    ...nothingSeen("fhir"),
    kind: type === "Acknowledgement" ? "receipt" : "letter",
    type,
    envelopeId: bundle.id,
    messageId: header?.id,
    from: ends?.sender.gln,
    to: ends?.receiver.gln,
    thread: of("Communication")?.identifier?.[0]?.value,
    wantsReceipt: type !== "Acknowledgement",
  };
  if (seen.kind !== "receipt") return seen;
  return {
    ...seen,
    verdict: verdicts[header?.response?.code ?? ""],
    about: { envelopeId: undefined, messageId: header?.response?.identifier },
    refuseCode: of("OperationOutcome")?.issue?.[0]?.details?.coding?.[0]?.code,
  };
};

import { structure } from "../../../../contracts/codes/fhir-code.ts";
import type { FhirMessageKind } from "../../../../contracts/fhir/fhir-message.ts";
import { elementAt, extensionOf, textAt, textsAt } from "../model/navigate.ts";
import type { FhirElement, FhirResource } from "../model/resource.ts";
import { idIn, type OpenMessage, openMessage, targetOf } from "../parts/open-message.ts";
import { acknowledgement2 } from "./acknowledgement-2.ts";
import { careCommunication5 } from "./care-communication-5.ts";
import { checkProfile, compile } from "./engine.ts";
import { homeCareObservation1 } from "./home-care-observation-1.ts";
import { hospitalNotification3 } from "./hospital-notification-3.ts";
import type { Checked, MessageRules, Part, RuleProblem, Words } from "./rule.ts";
import { type RuleCode, ruleCodes } from "./rule-codes.ts";

/** What a message is and what is wrong with it; `kind` is absent of what is none, and `version` of what tells none. */
export interface CheckedMessage {
  readonly kind: FhirMessageKind | undefined;
  readonly version: string | undefined;
  readonly problems: readonly RuleProblem[];
}

/** Every table there is. The first of a kind is the one for a message that tells no version. */
export const messageRules: readonly MessageRules[] = [
  hospitalNotification3,
  careCommunication5,
  homeCareObservation1,
  acknowledgement2,
];

const kindOfEvent: ReadonlyMap<string, FhirMessageKind> = new Map([
  ["hospital-notification-message", "HospitalNotification"],
  ["care-communication-message", "CareCommunication"],
  ["homecareobservation-message", "HomeCareObservation"],
  ["acknowledgement-message", "Acknowledgement"],
]);

/** What a message without an event code shows itself to be, so that everything else that is wrong can be told with it. */
const kindOfProfile: readonly (readonly [part: string, kind: FhirMessageKind])[] = [
  ["/medcom-hospitalNotification-message", "HospitalNotification"],
  ["/medcom-careCommunication-message", "CareCommunication"],
  ["/medcom-homecareobservation-message", "HomeCareObservation"],
  ["/medcom-messaging-acknowledgement", "Acknowledgement"],
];

const kindOf = ({ header, bundle }: OpenMessage): FhirMessageKind | undefined => {
  const event = textAt(header, "eventCoding.code");
  if (event !== undefined) return kindOfEvent.get(event);
  const profiles = [...textsAt(header, "meta.profile"), ...textsAt(bundle, "meta.profile")];
  return kindOfProfile.find(([part]) => profiles.some((profile) => profile.includes(part)))?.[1];
};

/** The version that a canonical names behind `|`. */
const versionIn = (canonical: string | undefined): string | undefined =>
  /\|(\d+(?:\.\d+)*)/.exec(canonical ?? "")?.[1];

/** G13: of the definition, else of the header's profile; most messages tell it in neither. */
const versionOf = ({ header }: OpenMessage, kind: FhirMessageKind): string | undefined => {
  const [part = ""] = kindOfProfile.find(([, of]) => of === kind) ?? [];
  return (
    versionIn(textAt(header, "definition")) ??
    textsAt(header, "meta.profile")
      .filter((profile) => profile.includes(part))
      .map(versionIn)
      .find((version) => version !== undefined)
  );
};

const majorOf = (version: string): string => version.split(".")[0] ?? "";

const rulesOf = (kind: FhirMessageKind, version: string | undefined): MessageRules | undefined =>
  messageRules.find(
    (rules) => rules.kind === kind && (version === undefined || majorOf(rules.version) === majorOf(version)),
  );

const recipientExtension = structure(
  "hospitalnotification",
  "medcom-messaging-reportOfAdmissionRecipientExtension",
);

/** The organisations that have a part in the message, by the header's references. */
const partIn = (message: Checked, part: Part): readonly FhirResource[] => {
  if (typeof part === "object") return message.ofType(part.type);
  if (part === "Bundle") return [message.bundle];
  if (part === "header") return message.ofType("MessageHeader").slice(0, 1);
  const references: Readonly<Record<typeof part, FhirElement | undefined>> = {
    sender: elementAt(message.header, "sender"),
    receiver: elementAt(message.header, "destination.receiver"),
    "report recipient": elementAt(extensionOf(message.header, recipientExtension), "valueReference"),
  };
  const found = targetOf(message, message.header, references[part]);
  return found?.resourceType === "Organization" ? [found] : [];
};

const opened = (message: OpenMessage, { kind, resources: known }: MessageRules): Checked => {
  const own = textAt(message.header, "id");
  const current = message.ofType("Provenance").filter((one) => {
    const target = textAt(one, "target.reference");
    return own !== undefined && target !== undefined && idIn(target) === own;
  });
  return { ...message, current, kind, known };
};

const found = (
  rule: string,
  {
    code,
    path,
    severity = "error",
    says,
  }: { code: RuleCode; path: string; severity?: "error" | "warning"; says?: Words },
): RuleProblem => {
  const { acknowledgement, en, da } = ruleCodes[code];
  return { rule, path, severity, code, acknowledgement, text: says ?? { en, da } };
};

const compiled = new Map(
  messageRules.map((rules) => [
    rules,
    rules.profiles.map(([part, profile]) => [part, compile(profile)] as const),
  ]),
);

const problemsIn = (message: Checked, rules: MessageRules): readonly RuleProblem[] => {
  const problems: RuleProblem[] = [];
  for (const [part, profile] of compiled.get(rules) ?? [])
    for (const resource of partIn(message, part)) checkProfile(profile, resource, { message, problems });
  for (const { id, severity, code, says, broken } of rules.rules)
    for (const path of broken(message)) problems.push(found(id, { code, path, severity, says }));
  return problems;
};

/**
 * Holds a Bundle that has been read to the rules of the MedCom message that it is: everything that is wrong at once. Without an
 * error it is a message that can be taken; a warning is something that MedCom's own files do, or that a receiver is to bear with.
 */
export const checkMessage = (bundle: FhirResource): CheckedMessage => {
  if (bundle.resourceType !== "Bundle")
    return {
      kind: undefined,
      version: undefined,
      problems: [found("Bundle", { code: "bundle-expected", path: bundle.resourceType })],
    };
  const message = openMessage(bundle);
  const kind = kindOf(message);
  if (kind === undefined) {
    const path = "Bundle.entry[0].resource.eventCoding.code";
    return { kind, version: undefined, problems: [found("event", { code: "message-type-unknown", path })] };
  }
  const version = versionOf(message, kind);
  const rules = rulesOf(kind, version);
  if (rules === undefined) {
    const said = message.header["definition"] === undefined ? "meta.profile" : "definition";
    const path = `Bundle.entry[0].resource.${said}`;
    return { kind, version, problems: [found("G13", { code: "message-version-wrong", path })] };
  }
  return { kind, version: version ?? rules.version, problems: problemsIn(opened(message, rules), rules) };
};

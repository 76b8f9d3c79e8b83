import {
  activitySystem,
  codeSystem,
  codesIn,
  destinationUse,
  eventSystem,
  type FhirCode,
  type FhirValueSet,
  picked,
  valueSet,
} from "./fhir-code.ts";

/**
 * What every MedCom message of FHIR is labelled with (MedCom terminology 2.0.2; guide to MedCom FHIR, sections 3 and 9).
 * Displays are MedCom's own, and so are the Danish names of a hospital's activities (designations of their value set) and of
 * categories; those of the rest are the hub's.
 */

export const eventCodes: readonly FhirCode[] = codesIn(eventSystem, [
  ["empty-message", "Message with no content", "Tom besked"],
  ["care-communication-message", "Care Communication Message", "Korrespondancemeddelelse"],
  ["hospital-notification-message", "Hospital Notification Message", "Advis om sygehusophold"],
  ["acknowledgement-message", "Acknowledgement Message", "Kvittering"],
  ["homecareobservation-message", "HomeCare Observation Message", "Kommunale prøvesvar"],
]);
export const messageTypes: FhirValueSet = valueSet("medcom-messaging-messageTypes", eventCodes);

export const activityCodes: readonly FhirCode[] = codesIn(activitySystem, [
  ["new-message", "A new message has been sent", "Ny besked"],
  ["forward-message", "A message has been forwarded and potentially changed", "Videresendt besked"],
  ["reply-message", "A message has been replied to", "Svar"],
  ["retract-message", "A message has been retracted/cancelled", "Tilbagetrukket besked"],
  ["modified-message", "A message has been modified", "Ændret besked"],
  [
    "carboncopy-message",
    "An exact copy of a message to a primary receiver has been sent to a carbon copy receiver",
    "Kopi til anden modtager",
  ],
  ["admit-emergency", "Start hospital stay - acute ambulant", "Start sygehusophold - akut ambulant"],
  [
    "revise-admit-emergency",
    "Update Start hospital stay - acute ambulant",
    "Rettelse: Start sygehusophold - akut ambulant",
  ],
  [
    "cancel-admit-emergency",
    "Cancellation Start hospital stay - acute ambulant",
    "Annullering: Start sygehusophold - akut ambulant",
  ],
  ["admit-inpatient", "Start hospital stay - admitted", "Start sygehusophold - indlagt"],
  [
    "revise-admit-inpatient",
    "Update Start hospital stay - admitted",
    "Rettelse: Start sygehusophold - indlagt",
  ],
  [
    "cancel-admit-inpatient",
    "Cancellation Start hospital stay - admitted",
    "Annullering: Start sygehusophold - indlagt",
  ],
  ["start-leave-inpatient", "Start leave", "Start orlov"],
  ["revise-start-leave-inpatient", "Update Start leave", "Rettelse: Start orlov"],
  ["cancel-start-leave-inpatient", "Cancellation Start leave", "Annullering: Start orlov"],
  ["end-leave-inpatient", "End leave", "Slut orlov"],
  ["revise-end-leave-inpatient", "Update End leave", "Rettelse: Slut orlov"],
  ["cancel-end-leave-inpatient", "Cancellation End leave", "Annullering: Slut orlov"],
  [
    "discharge-emergency-home",
    "End hospital stay - patient completed to home/primary sector",
    "Slut sygehusophold - afsluttet til hjemmet/primær sektor",
  ],
  [
    "discharge-inpatient-home",
    "End hospital stay - patient completed to home/primary sector",
    "Slut sygehusophold - afsluttet til hjemmet/primær sektor",
  ],
  [
    "revise-discharge-emergency-home",
    "Update End hospital stay - patient completed to home/primary sector",
    "Rettelse: Slut sygehusophold - afsluttet til hjemmet/primær sektor",
  ],
  [
    "revise-discharge-inpatient-home",
    "Update End hospital stay - patient completed to home/primary sector",
    "Rettelse: Slut sygehusophold - afsluttet til hjemmet/primær sektor",
  ],
  [
    "cancel-discharge-emergency-home",
    "Cancellation End hospital stay - patient completed to home/primary sector",
    "Annullering: Slut sygehusophold - afsluttet til hjemmet/primær sektor",
  ],
  [
    "cancel-discharge-inpatient-home",
    "Cancellation End hospital stay - patient completed to home/primary sector",
    "Annullering: Slut sygehusophold - afsluttet til hjemmet/primær sektor",
  ],
  ["acknowledgement", "Acknowledgement message has been sent", "Kvittering"],
]);
export const activities: FhirValueSet = valueSet("medcom-messaging-activityCodes", activityCodes);

/** What each message may say that was done with it. */
export const hospitalActivities: FhirValueSet = valueSet(
  "medcom-hospitalNotification-messageActivities",
  activityCodes.filter(({ code }) =>
    /^(revise-|cancel-)?(admit|start-leave|end-leave|discharge)-/.test(code),
  ),
);
export const careActivities: FhirValueSet = valueSet(
  "medcom-careCommunication-messagingActivities",
  picked(activityCodes, ["new-message", "reply-message", "forward-message"]),
);
export const homeCareActivities: FhirValueSet = valueSet(
  "medcom-HomeCareObservation-messagingActivities",
  picked(activityCodes, ["new-message", "reply-message", "retract-message", "modified-message"]),
);

export const destinationUses: readonly FhirCode[] = codesIn(destinationUse, [
  ["primary", "Primary destination", "Modtager"],
  ["cc", "Carbon-copy destination", "Kopimodtager"],
]);

/** What an envelope says of its content for statistics (guide, section 9). */
export const statisticalCodes: readonly FhirCode[] = codesIn(
  codeSystem("medcom-messaging-statisticalCodes"),
  [
    ["MCM:FDIS20#AcuteAmbulant", "Start hospital stay-acute ambulant", "Start akut ambulant ophold"],
    ["MCM:FDIS20#AdmissionInpatient", "Start hospital stay-admission", "Start sygehusophold, indlagt"],
    ["MCM:FDIS20#OnLeave", "Start leave", "Start orlov"],
    ["MCM:FDIS20#EndOfLeave", "end leave", "Slut orlov"],
    [
      "MCM:FDIS20#EndHospitalStay",
      "End hospital Stay - patient discharged to home/primary sector",
      "Slut sygehusophold",
    ],
    ["MCM:FDIS91#outpatient", "Outpatient", "Ambulant"],
    ["MCM:FDIS91#decease", "Decease", "Dødsfald"],
    ["MCM:FDIS91#carecoordination", "Care Coordination", "Forløbskoordinering"],
    ["MCM:FDIS91#assistive-devices", "Assistive Devices", "Hjælpemidler"],
    ["MCM:FDIS91#medicine", "Medicine", "Medicin"],
    [
      "MCM:FDIS91#psychiatry-social-disability",
      "Psychiatry, Social, Disability",
      "Psykiatri, social, handicap",
    ],
    ["MCM:FDIS91#healthcare", "Healthcare", "Sundhedspleje"],
    ["MCM:FDIS91#nursing", "Nursing", "Sygepleje"],
    ["MCM:FDIS91#telemedicine", "Telemedicine", "Telemedicin"],
    ["MCM:FDIS91#training", "Training", "Træning"],
    ["MCM:FDIS91#discharge", "Discharge", "Udskrivelse"],
    ["MCM:FDIS91#regarding-referral", "Regarding Referral", "Vedr. henvisning"],
    ["MCM:FDIS91#assessment", "Assessment", "Vurdering"],
    ["MCM:FDIS91#home-care-assessment", "Home Care Assessment", "Visitation"],
    ["MCM:FDIS91#examination-results", "Examination Results", "Undersøgelsessvar"],
    ["MCM:FDIS91#alcohol-and-drug-treatment", "Alcohol and Drug Treatment", "Rusmiddelbehandling"],
    ["MCM:FDIS91#acute-ambulant", "Acute Ambulant", "Akut ambulant"],
    ["MCM:FDIS91#extended-care-responsibility", "Extended Care Responsibility", "Udvidet behandlingsansvar"],
    ["MCM:FDIS91#other", "Other", "Andet"],
    ["MCM:FCTL#ok", "OK", "Modtaget"],
    ["MCM:FCTL#transient-error", "Transient Error", "Midlertidig fejl"],
    ["MCM:FCTL#fatal-error", "Fatal Error", "Fejl"],
  ],
);

/** What SOR says that a receiver can take. */
export const sorEdiCodes: readonly FhirCode[] = codesIn(codeSystem("medcom-messaging-sorEdiSystem"), [
  ["FDIS91", "Care Communication Message (Korrepondance meddelelse)", "Korrespondancemeddelelse"],
  ["FDIS20", "Hospital Notification Message (Advis om Sygehusophold)", "Advis om sygehusophold"],
  ["FCTL", "Acknowledgement Message (Kvittering)", "Kvittering"],
]);
export const sorEdiValues: FhirValueSet = valueSet("medcom-messaging-sorEdiValues", sorEdiCodes);

/** Why a message was taken back. */
export const cancellationReasons: readonly FhirCode[] = codesIn(
  codeSystem("medcom-messaging-cancellation-reason"),
  [
    ["incorrect-cpr", "Cancellation due to incorrect CPR-number", "Forkert CPR-nummer"],
    ["incorrect-receiver", "Cancellation due to incorrect receiver", "Forkert modtager"],
    [
      "incorrect-attachment",
      "Cancellation due to attachment with content concerning a incorrect CPR-number",
      "Bilag om en anden borger",
    ],
  ],
);

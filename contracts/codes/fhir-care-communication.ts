import { codeSystem, codesIn, type FhirCode, type FhirValueSet, valueSet } from "./fhir-code.ts";

/**
 * The lists of CareCommunication 5.0 (MedCom terminology 2.0.2; guide to MedCom FHIR, section 5). The Danish names of the
 * categories are MedCom's own designations: they stand in the subject of a letter that is made of a message.
 */

export const careCategories: readonly FhirCode[] = codesIn(
  codeSystem("medcom-careCommunication-categoryCodes"),
  [
    ["alcohol-and-drug-treatment", "Alcohol and drug treatment", "Rusmiddelbehandling"],
    ["assistive-devices", "Assistive technology", "Hjælpemidler"],
    ["carecoordination", "Care Coordination", "Forløbskoordinering"],
    ["decease", "Decease", "Dødsfald"],
    ["discharge", "Discharge", "Udskrivelse"],
    ["examination-results", "Examination Results", "Undersøgelsessvar"],
    ["healthcare", "Healthcare", "Sundhedspleje"],
    ["home-care-assessment", "Home care assessment", "Visitation"],
    ["medicine", "Medicine", "Medicin"],
    ["nursing", "Nursing", "Sygepleje"],
    ["outpatient", "Outpatient", "Ambulant"],
    ["psychiatry-social-disability", "Psychiatry, Social, Disability", "Psykiatri, social, handicap"],
    ["regarding-referral", "Regarding Referral", "Vedr. henvisning"],
    ["telemedicine", "Telemedicine", "Telemedicin"],
    ["training", "Training", "Træning"],
    ["acute-ambulant", "Acute ambulant", "Akut ambulant"],
    ["extended-care-responsibility", "Extended care responsibility", "Udvidet behandlingsansvar"],
    ["other", "Other", "Andet"],
  ],
);
export const careCategorySet: FhirValueSet = valueSet("medcom-careCommunication-categories", careCategories);

/** The only category that may have a priority, and the one that must have a topic (CC-5, CC-6). */
export const referralCategory = "regarding-referral";
export const otherCategory = "other";

export const carePriorities: FhirValueSet = valueSet(
  "medcom-careCommunication-requestPriority",
  codesIn("http://hl7.org/fhir/request-priority", [
    ["routine", "Routine", "Almindelig"],
    ["asap", "ASAP", "Hurtigst muligt"],
  ]),
);

/** What an attachment may be. */
export const attachmentTypes: FhirValueSet = valueSet(
  "medcom-core-attachmentMimeTypes",
  codesIn("urn:ietf:bcp:13", [
    ["application/pdf", "application/pdf", "PDF"],
    ["image/gif", "image/gif", "Billede (GIF)"],
    ["image/jpeg", "image/jpeg", "Billede (JPEG)"],
    ["image/png", "image/png", "Billede (PNG)"],
    ["image/tiff", "image/tiff", "Billede (TIFF)"],
    ["image/bmp", "image/bmp", "Billede (BMP)"],
  ]),
);

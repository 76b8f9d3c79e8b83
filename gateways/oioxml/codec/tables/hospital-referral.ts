import {
  type ElementSpec,
  formatted,
  type Group,
  group,
  groupOf,
  list,
  optional,
  repeated,
  text,
} from "../../../tables/element-table.ts";
import {
  copyReceiver,
  described,
  descriptions2005,
  diagnosis,
  diagnosisCode,
  diagnosisTypes2005,
  letterHead,
  objects2005,
  type Parties,
  parties2005,
  partiesWithAmt,
  receiver,
  references,
  referredPatient,
  referrer,
  relations2005,
  relatives,
  sender,
} from "./shared.ts";

/** What two dates of XREF01 and XREF02 differ in. */
interface Edition {
  readonly parties: Parties;
  /** In place of EpisodeOfCareIdentifier. */
  readonly episode?: ElementSpec;
  readonly statuses: readonly string[];
  readonly choices: readonly ElementSpec[];
  readonly descriptions: readonly string[];
  readonly types: readonly string[];
  /** From 2017 on the diagnosis that is referred for is described too. */
  readonly described: boolean;
}

const edition2005: Edition = {
  parties: parties2005,
  statuses: ["ambulant", "indlaeggelse"],
  choices: [],
  descriptions: descriptions2005,
  types: diagnosisTypes2005,
  described: false,
};

const edition2017: Edition = {
  parties: partiesWithAmt,
  episode: repeated(
    group("EpisodeOfCare", text("EpisodeOfCareType", 17), text("EpisodeOfCareIdentifier", 35)),
    1,
    Number.POSITIVE_INFINITY,
  ),
  statuses: ["ambulant", "indlaeggelse", "hjemmet"],
  choices: [optional(list("HospitalChoice", ["ALDB00", "ALDB01", "ALDB02", "ALDB03"]))],
  descriptions: [
    "uspec_diagnose",
    "henv_diagnose",
    "henv_diagnose_ny_sygdom",
    "henv_diagnose_samme_sygdom",
    "bidiagnose",
    "tillaegsdiagnose",
    "aktionsdiagnose",
    "midlertidig_diagnose",
    "forloebsdiagnose",
    "operation",
    "roentgenundersoegelse",
    "speciallaegehenvisning",
    "fysioterapihenvisning",
    "psykologhenvisning",
    "fysioterapihenvisningspgruppe",
  ],
  types: [
    ...diagnosisTypes2005,
    "speciallaegehenvisning",
    "fysioterapihenvisning",
    "psykologhenvisning",
    "Fysioterapihenvisningsdiagnose",
    "Psykologhenvisningsdiagnose",
  ],
  described: true,
};

export const visitationNotes = (name: string): ElementSpec =>
  repeated(
    group(
      name,
      list("InformationCode", [
        "ustruktureret",
        "egen_laege",
        "henvisning_modtaget",
        "visitering",
        "indkaldt",
        "indlagt_paa",
        "udenamts_kaution",
      ]),
      formatted("Information", "formatted"),
    ),
    0,
    9,
  );

const additionalInformation = ({ statuses, choices }: Edition): ElementSpec =>
  optional(
    group(
      "AdditionalInformation",
      optional(list("Priority", ["elektiv", "akut", "saerlige_forhold"])),
      optional(list("ReferralStatus", statuses)),
      optional(list("Transport", ["ingen", "liggende", "siddende"])),
      optional(formatted("Supplementary", "formatted")),
      optional(formatted("ClinicalReason", "formatted")),
      ...choices,
    ),
  );

const referral = (edition: Edition): ElementSpec => {
  const coded = diagnosis(optional(diagnosisCode), edition.types);
  const description = described(edition.descriptions);
  return optional(
    group(
      "Referral",
      optional(group("Refer", ...(edition.described ? [description] : []), ...coded)),
      repeated(group("ReferralAdditional", description, ...coded), 0, 5),
    ),
  );
};

const clinicalTexts = ["Cave", "Anamnesis", "Examination", "ActualMedicine"] as const;

const hospitalReferral = (
  codes: { version: string; type: string },
  edition: Edition,
  texts: readonly string[],
): Group =>
  groupOf(
    letterHead(codes, edition.episode),
    sender(edition.parties, referrer(edition.parties)),
    receiver(edition.parties),
    copyReceiver("AnswerCCReceiver", edition.parties, { phoned: true }),
    referredPatient,
    relatives(1, relations2005),
    additionalInformation(edition),
    referral(edition),
    optional(
      group("RelevantClinicalInformation", ...texts.map((name) => optional(formatted(name, "formatted")))),
    ),
    references(objects2005),
    visitationNotes("HospitalVisitation"),
  );

const imagingTexts = [...clinicalTexts, "FirstDateOfPeriod"];

/** XREF01, XH0130R (MedCom HospitalReferral.xsd 2005/08/07) and XH0131R (2017/05/01). */
export const hospitalReferral2005 = hospitalReferral(
  { version: "XH0130R", type: "XREF01" },
  edition2005,
  clinicalTexts,
);
export const hospitalReferral2017 = hospitalReferral(
  { version: "XH0131R", type: "XREF01" },
  edition2017,
  clinicalTexts,
);
/** XREF02, XH0230R (MedCom XrayRequest.xsd 2005/08/07) and XH0231R (2017/05/01). */
export const xrayRequest2005 = hospitalReferral(
  { version: "XH0230R", type: "XREF02" },
  edition2005,
  imagingTexts,
);
export const xrayRequest2017 = hospitalReferral(
  { version: "XH0231R", type: "XREF02" },
  edition2017,
  imagingTexts,
);

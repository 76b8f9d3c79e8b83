import { codeSystem, codesIn, type FhirCode, type FhirValueSet, valueSet } from "./fhir-code.ts";

/** The lists of HomeCareObservation 1.2 (MedCom terminology 2.0.2; guide to MedCom FHIR, section 7). */

/** `units`: how its unit is written, the usual first; empty: it has none. `scale`: a score of whole numbers, from and to. */
export interface ObservationCode extends FhirCode {
  readonly units: readonly string[];
  readonly scale?: { readonly from: number; readonly to: number };
}

export const npuSystem = "urn:oid:1.2.208.176.2.1";
export const medcomObservationSystem: string = codeSystem("medcom-observation-codes");

type Row = readonly [
  code: string,
  display: string,
  da: string,
  units: readonly string[],
  scale?: { readonly from: number; readonly to: number },
];

const observationsIn = (system: string, rows: readonly Row[]): readonly ObservationCode[] =>
  rows.map(([code, display, da, units, scale]) => ({
    system,
    code,
    display,
    da,
    units,
    ...(scale === undefined ? {} : { scale }),
  }));

export const medcomObservations: readonly ObservationCode[] = observationsIn(medcomObservationSystem, [
  ["MCS88122", "Pt—Respiration; frekvens = ? X 1/min", "Respirationsfrekvens", ["1/min", "/min"]],
  [
    "MCS88125",
    "Pt—Tidlig Opsporing af Begyndende Sygdom (TOBS) score; antal (værdi 0-15) = ?",
    "TOBS-score",
    ["1"],
    { from: 0, to: 15 },
  ],
  [
    "MCS88126",
    "Pt—Bevidsthedsniveau; arb.antal(værdi 0-3) = ?",
    "Bevidsthedsniveau",
    ["1"],
    { from: 0, to: 3 },
  ],
  [
    "MCS88147",
    "Pt—Manniche VAS-score(total); antal(værdi 0-60) = ?",
    "Manniche VAS-score, i alt",
    ["1"],
    { from: 0, to: 60 },
  ],
]);

export const npuObservations: readonly ObservationCode[] = observationsIn(npuSystem, [
  ["DNK05473", "Arm—Blodtryk(diastolisk); tryk =? mmHg", "Diastolisk blodtryk", ["mmHg", "mm[Hg]"]],
  ["DNK05472", "Arm—Blodtryk(systolisk); tryk = ? mmHg", "Systolisk blodtryk", ["mmHg", "mm[Hg]"]],
  ["NPU21692", "Hjerte—Systole; frekv. = ? × 1/min", "Puls", ["1/min", "/min"]],
  ["NPU10197", "Hb(Fe; O2-bind.; kB)—Oxygen(O2); mætn. = ?", "Iltmætning", ["%", "1"]],
  ["NPU08676", "Pt—Legeme; temp. = ? °C", "Temperatur", ["°C", "Cel"]],
  ["NPU19748", "P—C-reaktivt protein; massek. = ? mg/L", "CRP", ["mg/L"]],
  ["NPU02593", "B—Leukocytter; antalk. = ? × 10^9/L", "Leukocytter", ["10^9/L", "10*9/L"]],
  ["NPU02636", "B—Lymfocytter; antalk. = ? × 10^9/L", "Lymfocytter", ["10^9/L", "10*9/L"]],
  ["NPU02840", "B—Monocytter; antalk. = ? × 10^9/L", "Monocytter", ["10^9/L", "10*9/L"]],
  ["NPU02902", "B—Neutrophilocytter; antalk. = ? × 10^9/L", "Neutrofilocytter", ["10^9/L", "10*9/L"]],
  ["NPU01933", "B—Eosinophilocytter; antalk. = ? × 10^9/L", "Eosinofilocytter", ["10^9/L", "10*9/L"]],
  ["NPU01349", "B—Basophilocytter; antalk. = ? × 10^9/L", "Basofilocytter", ["10^9/L", "10*9/L"]],
  ["NPU22089", "P(kB)—Glucose; stofk. = ? mmol/L", "Glukose (kapillærblod)", ["mmol/L"]],
  [
    "NPU01685",
    "P—Koagulation, vævsfaktor-induceret; rel.tid(aktuel/norm; INR; IRP 67/40; proc.) = ?",
    "INR",
    ["1"],
  ],
  ["NPU03429", "P—Natrium-ion; stofk. = ? mmol/L", "Natrium", ["mmol/L"]],
  ["NPU03230", "P—Kalium-ion; stofk. = ? mmol/L", "Kalium", ["mmol/L"]],
  ["NPU01536", "P—Chlorid; stofk. = ? mmol/L", "Klorid", ["mmol/L"]],
  ["NPU04144", "P—Calcium-ion(frit); stofk.(pH = 7,40; proc.) = ? mmol/L", "Calcium-ion, frit", ["mmol/L"]],
  ["NPU02319", "B—Hæmoglobin(Fe); stofk. = ? mmol/L", "Hæmoglobin", ["mmol/L"]],
  ["NPU02187", "B—Glucose; stofk. = ? mmol/L", "Glukose (blod)", ["mmol/L"]],
  ["NPU21531", "P(vB)—Glucose; stofk. = ? mmol/L", "Glukose (veneblod)", ["mmol/L"]],
  ["NPU01459", "P—Carbamid; stofk. = ? mmol/L", "Karbamid", ["mmol/L"]],
  ["NPU04998", "P—Creatininium; stofk.(enz.) = ? µmol/L", "Kreatinin (enzymatisk)", ["µmol/L", "umol/L"]],
  ["NPU18016", "P—Creatininium; stofk. = ? µmol/L", "Kreatinin", ["µmol/L", "umol/L"]],
  ["NPU04206", "U—Protein; arb.k.(proc.) = ?", "Urin: protein", []],
  ["NPU21578", "U—Nitrit; arb.k.(proc.) = ?", "Urin: nitrit", []],
  ["NPU04207", "U—Glucose; arb.k.(proc.) = ?", "Urin: glukose", []],
  ["NPU03987", "U—Leukocytter; arb.k.(proc.) = ?", "Urin: leukocytter", []],
  ["NPU04208", "U—Hæmoglobin; arb.k.(proc.) = ?", "Urin: hæmoglobin", []],
  ["NPU10504", "U—Acetoacetat; arb.k.(proc.) = ?", "Urin: acetoacetat", []],
  ["NPU16328", "U(midtstråle)—Bacterium+fungus; taxon(proc.) = ?", "Urin, midtstråle: dyrkning", []],
  ["NPU18542", "U(spec.)—Bacterium+fungus; taxon(proc.) = ?", "Urin, anden prøve: dyrkning", []],
  ["NPU16271", "Ex—Bacterium+fungus; taxon(proc.) = ?", "Ekspektorat: dyrkning", []],
  ["NPU03794", "Pt—Legeme; højde = ? m", "Højde", ["m"]],
  ["NPU03804", "Pt—Legeme; masse = ? kg", "Vægt", ["kg"]],
  ["NPU03963", "U—Erythrocytter; arb.k.(proc.) = ?", "Urin: erytrocytter", []],
]);

export const medcomObservationSet: FhirValueSet = valueSet("medcom-observation-valueset", medcomObservations);
export const npuObservationSet: FhirValueSet = valueSet("npu-observation-codes-valueset", npuObservations);

/** Under which heading a result is shown. */
export const resultGroups: readonly FhirCode[] = codesIn(codeSystem("medcom-observation-resultGroup"), [
  ["5", "Hæmatologi"],
  ["10", "Væske- og elektrolytbalance"],
  ["15", "Syre/base- og oxygenstatus"],
  ["20", "Hæmostase"],
  ["25", "Organmarkører"],
  ["30", "Metabolisme"],
  ["35", "Endokrinologi"],
  ["40", "Tumormarkører"],
  ["45", "Immunologi og inflammation"],
  ["50", "Autoantistoffer"],
  ["55", "Allergi"],
  ["60", "Farmakologi"],
  ["65", "Sporstoffer og vitaminer"],
  ["70", "Infektion og smittemarkører"],
  ["75", "Blodtyper og transfusion"],
  ["80", "Vævstyper og transplantation"],
  ["85", "Molekylær genetik"],
  ["90", "Urin og fæces"],
  ["95", "CSV-,led-og pleuravæske,ascites m.m"],
  ["100", "Marv og andre biopsier"],
  ["105", "Sæd"],
  ["110", "Projektundersøgelser"],
  ["115", "Andre undersøgelser"],
  ["120", "Hjemmemåling"],
]);
export const resultGroupSet: FhirValueSet = valueSet("medcom-obs-responseGroup", resultGroups);

import {
  medcomObservationSystem,
  medcomObservations,
  npuObservations,
  npuSystem,
  type ObservationCode,
} from "../../../../../contracts/codes/fhir-observations.ts";
import { elementAt, elementsAt, isNumeral, textAt } from "../../model/navigate.ts";
import type { FhirElement, FhirResource } from "../../model/resource.ts";
import type { Checked, Rule } from "../rule.ts";
import { oncePer } from "./find.ts";

const observations: ReadonlyMap<string, ObservationCode> = new Map(
  [...medcomObservations, ...npuObservations].map((one) => [one.code, one]),
);
const systems: ReadonlySet<string | undefined> = new Set([medcomObservationSystem, npuSystem]);

/** An Observation with what several rules ask of it. */
interface Measured {
  readonly resource: FhirResource;
  /** What was measured, of the first of its codes that is on a list. */
  readonly known: ObservationCode | undefined;
  /** A code of one list stands under the system of the other: the number means nothing there. */
  readonly isUnderOther: boolean;
  readonly quantity: FhirElement | undefined;
}

const measuredIn: (message: Checked) => readonly Measured[] = oncePer((message) =>
  message.ofType("Observation").map((resource) => {
    const listed = elementsAt(resource, "code.coding").flatMap((coding) => {
      const code = observations.get(textAt(coding, "code") ?? "");
      return code === undefined ? [] : [{ code, system: textAt(coding, "system") }];
    });
    return {
      resource,
      known: listed.find(({ code, system }) => code.system === system)?.code,
      isUnderOther: listed.some(({ code, system }) => systems.has(system) && code.system !== system),
      quantity: elementAt(resource, "valueQuantity"),
    };
  }),
);

const measured = (message: Checked, at: string, is: (one: Measured) => boolean): readonly string[] =>
  measuredIn(message).flatMap((one) => (is(one) ? [`${message.placeOf(one.resource)}${at}`] : []));

/** dk-core-observation-mandatory-units: UCUM's code, or the unit as people read it. */
const lacksUnit = ({ quantity }: Measured): boolean =>
  quantity?.["value"] !== undefined && quantity["unit"] === undefined && quantity["code"] === undefined;

/** Greek mu and the micro sign are written for one another. */
const plain = (unit: string): string => unit.replaceAll(/\s/g, "").replaceAll("μ", "µ").toLowerCase();

const hasOtherUnit = ({ known, quantity }: Measured): boolean => {
  const told = [textAt(quantity, "unit"), textAt(quantity, "code")].filter((unit) => unit !== undefined);
  if (known === undefined || known.units.length === 0 || told.length === 0) return false;
  const isUsual = (unit: string): boolean =>
    known.units.includes(unit) || known.units.some((usual) => plain(usual) === plain(unit));
  return !told.some(isUsual);
};

const isOffScale = ({ known, quantity }: Measured): boolean => {
  const value = quantity?.["value"];
  if (known?.scale === undefined || value === undefined || !isNumeral(value)) return false;
  const score = Number(value.numeral);
  return !Number.isInteger(score) || score < known.scale.from || score > known.scale.to;
};

const hasValue = ({ resource, quantity }: Measured): boolean =>
  quantity !== undefined ||
  resource["dataAbsentReason"] !== undefined ||
  Object.keys(resource).some((name) => /^value[A-Z]/.test(name));

/** Rules of what was measured (guide to MedCom FHIR, section 7). Whether a score adds up is not the message's to say. */
export const measurementRules: readonly Rule[] = [
  {
    id: "dk-core-observation-mandatory-units",
    source: "dk-core-observation-mandatory-units",
    severity: "error",
    code: "element-required",
    says: { en: "A measured value has a unit.", da: "En målt værdi har en enhed." },
    broken: (message) => measured(message, ".valueQuantity.unit", lacksUnit),
  },
  {
    id: "HCO-code-system",
    source:
      "medcom-observation-valueset, npu-observation-codes-valueset; guide, section 7 (MCS88122, MCS88125, MCS88126)",
    severity: "error",
    code: "code-system-wrong",
    says: {
      en: "The code belongs to the other of NPU's and MedCom's lists.",
      da: "Koden hører til den anden af NPU's og MedComs lister.",
    },
    broken: (message) => measured(message, ".code.coding", ({ isUnderOther }) => isUnderOther),
  },
  {
    id: "HCO-code",
    source:
      "medcom-observation-valueset, npu-observation-codes-valueset (preferred bindings); guide, section 7",
    severity: "warning",
    code: "code-unlisted",
    says: {
      en: "What was measured is not on MedCom's list; it is shown as it is written.",
      da: "Det målte er ikke på MedComs liste; det vises, som det er skrevet.",
    },
    broken: (message) =>
      measured(message, ".code.coding", ({ known, isUnderOther }) => known === undefined && !isUnderOther),
  },
  {
    id: "HCO-unit",
    source: "units of the codes themselves (NPU, MedCom); guide, section 7",
    severity: "warning",
    code: "values-disagree",
    says: {
      en: "The unit is not the one that the code is measured in.",
      da: "Enheden er ikke den, som koden måles i.",
    },
    broken: (message) => measured(message, ".valueQuantity.unit", hasOtherUnit),
  },
  {
    id: "HCO-scale",
    source: "names of MCS88125 (0-15), MCS88126 (0-3) and MCS88147 (0-60)",
    severity: "error",
    code: "value-out-of-scale",
    says: {
      en: "The score is not a whole number within its scale.",
      da: "Scoren er ikke et helt tal inden for sin skala.",
    },
    broken: (message) => measured(message, ".valueQuantity.value", isOffScale),
  },
  {
    id: "HCO-value",
    source: "guide, section 7: valueQuantity or valueString",
    severity: "warning",
    code: "element-required",
    says: {
      en: "The observation has no value, and does not say why.",
      da: "Observationen har ingen værdi og siger ikke hvorfor.",
    },
    broken: (message) => measured(message, ".value", (one) => !hasValue(one)),
  },
];

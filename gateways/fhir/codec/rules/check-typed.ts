import { checkFhirMessage } from "../../../../contracts/fhir/check-fhir-message.ts";
import type { FhirMessage } from "../../../../contracts/fhir/fhir-message.ts";
import type { FhirProblem } from "../model/fhir-problem.ts";
import { isElement } from "../model/navigate.ts";
import { beginPlace, type Place, pathOf, stepInto, stepOut } from "../model/place.ts";
import type { FhirResource, FhirValue } from "../model/resource.ts";
import { ruleCodes } from "./rule-codes.ts";

type At = readonly PropertyKey[];

const valueAt = (value: unknown, path: At): unknown =>
  path.reduce<unknown>((found, step) => {
    if (typeof found !== "object" || found === null) return undefined;
    const entry = Object.entries(found).find(([name]) => name === String(step));
    return entry?.[1];
  }, value);

type Fits = (text: string) => boolean;

/** The first place of a text that fits; the place is where it was found. */
const findText = (value: FhirValue | null | undefined, fits: Fits, place: Place): boolean => {
  if (typeof value === "string") return fits(value);
  if (!isElement(value)) return false;
  return Object.entries(value).some(([name, one]) => {
    const list: readonly (FhirValue | null | undefined)[] = Array.isArray(one) ? one : [one];
    return list.some((item, at) => {
      stepInto(place, name, Array.isArray(one) ? at : -1);
      if (findText(item, fits, place)) return true;
      stepOut(place);
      return false;
    });
  });
};

/** Where in the message a text of its typed form was read from: as it is, else as a part of one, as an id is of a reference. */
const placeOf = (bundle: FhirResource, text: string): string => {
  for (const fits of [(one: string) => one === text, (one: string) => text !== "" && one.includes(text)]) {
    const place = beginPlace(bundle.resourceType);
    if (findText(bundle, fits, place)) return pathOf(place);
  }
  return bundle.resourceType;
};

/**
 * What of a message that keeps its rules does not fit its contract: what is longer than any system can be asked to take, and what
 * another resource was read in place of. The contract is what services and receivers are promised.
 */
export const checkTyped = (message: FhirMessage, bundle: FhirResource): FhirProblem[] => {
  const { error } = checkFhirMessage(message);
  return (error?.issues ?? []).map(({ code, path }) => {
    const value = valueAt(message, path);
    const { severity, acknowledgement, en, da } =
      ruleCodes[code === "too_big" ? "element-too-long" : "element-unfit"];
    const problem = {
      severity,
      acknowledgement,
      code: code === "too_big" ? "element-too-long" : "element-unfit",
      path: typeof value === "string" ? placeOf(bundle, value) : bundle.resourceType,
      text: { en, da },
    };
    return problem;
  });
};

import { textAt } from "../../model/navigate.ts";
import type { FhirElement, FhirResource } from "../../model/resource.ts";
import { targetOf } from "../../parts/open-message.ts";
import type { Checked } from "../rule.ts";

/** The first resource of a type, where a message has one. */
export const firstOf = (message: Checked, type: string): FhirResource | undefined => message.ofType(type)[0];

/** The places of those resources that the test finds wrong, with the path of the element behind. */
export const where = (
  message: Checked,
  type: string,
  { is, at }: { is: (resource: FhirResource) => boolean; at: string },
): readonly string[] =>
  message
    .ofType(type)
    .filter(is)
    .map((resource) => `${message.placeOf(resource)}${at}`);

/** A condition on the whole message as places: one place when it is broken. */
export const unless = (holds: boolean, place: string): readonly string[] => (holds ? [] : [place]);

/**
 * What several rules ask of a message, found once. Messages are checked one after another, so the last is all that is remembered:
 * a map of objects that are soon gone costs the collector more than all the rules together.
 */
export const oncePer = <Found>(find: (message: Checked) => Found): ((message: Checked) => Found) => {
  let last: { readonly message: Checked; readonly found: Found } | undefined;
  return (message) => {
    if (last?.message !== message) last = { message, found: find(message) };
    return last.found;
  };
};

/** What the message did: the activity of its own Provenance. */
export const activityOf: (message: Checked) => string | undefined = oncePer((message) =>
  textAt(message.current[0], "activity.coding.code"),
);

/** The resource that a path of references leads to from a resource, one step after the other. */
export const follow = (
  message: Checked,
  from: FhirResource | undefined,
  ...steps: readonly ((resource: FhirResource) => FhirElement | undefined)[]
): FhirResource | undefined => {
  let at = from;
  for (const step of steps) at = at === undefined ? undefined : targetOf(message, at, step(at));
  return at;
};

import { isElement, isList } from "../model/navigate.ts";
import type { FhirElement, FhirResource } from "../model/resource.ts";
import { type Link, type OpenMessage, targetOf } from "./open-message.ts";

/** The part of a resource that holds no references: what people read, and what profiles say. */
export const isBeside = (name: string): boolean => name === "text" || name === "meta";

interface Gathering {
  readonly message: OpenMessage;
  readonly resource: FhirResource;
  readonly links: Link[];
}

const gather = (gathering: Gathering, element: FhirElement, beside: boolean): void => {
  const { reference } = element;
  if (typeof reference === "string") {
    const target = targetOf(gathering.message, gathering.resource, element);
    gathering.links.push({ reference, target, isBeside: beside });
  }
  for (const name in element) {
    const value = element[name];
    if (typeof value !== "object") continue;
    const isIn = beside || isBeside(name);
    if (!isList(value)) {
      if (isElement(value)) gather(gathering, value, isIn);
    } else for (const one of value) if (isElement(one)) gather(gathering, one, isIn);
  }
};

/** Every Reference in a resource, in its order; found once for the message. */
export const linksOf = (message: OpenMessage, resource: FhirResource): readonly Link[] => {
  const before = message.links.get(resource);
  if (before !== undefined) return before;
  const links: Link[] = [];
  gather({ message, resource, links }, resource, false);
  message.links.set(resource, links);
  return links;
};

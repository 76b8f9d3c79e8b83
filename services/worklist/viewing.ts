import { askerOf, mayI } from "../../contracts/access/may-i.ts";
import type { Viewing } from "../case/standing.ts";
import type { WorklistPorts } from "./ports.ts";

type Ports = Pick<WorklistPorts, "isPartOf">;

/** How a viewer looks at the parties of a case: an organisation sees what its units see. */
export const viewingOf = ({ isPartOf }: Ports, viewer: string): Viewing => ({
  isOurs: (gln) => isPartOf(gln, viewer),
  isOfOurHouse: (gln) => isPartOf(gln, viewer) || isPartOf(viewer, gln),
});

/** Whether a viewer may ask for the inbox of an organisation: its own, or that of a unit. */
export const mayAskFor = ({ isPartOf }: Ports, viewer: string, gln: string): boolean =>
  isPartOf(gln, viewer) && mayI(askerOf(viewer), { resource: "inbox", relation: "own" }).yes;

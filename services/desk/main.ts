import { commandSubject } from "../../contracts/subjects.ts";
import { caseIdFor } from "../../infra/ids.ts";
import { overJson } from "../../infra/nats/json.ts";
import type { Part, Platform } from "../../infra/platform.ts";
import { casePortsFrom } from "../case/case-ports.ts";
import { isOrIsPartOf } from "../case/directory-view.ts";
import { createDeskHandler } from "./handler.ts";

export const startDesk = (platform: Platform): Part => {
  const { bus, directory } = platform;
  const isPartOf = (gln: string, whole: string): boolean => isOrIsPartOf(directory, gln, whole);
  const handle = createDeskHandler({ ...casePortsFrom(platform), caseIdFor, isPartOf });
  return bus.serve(commandSubject("desk.*"), "desk", overJson(handle));
};

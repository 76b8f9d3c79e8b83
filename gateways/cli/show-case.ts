import { CaseView } from "../../contracts/messages/worklist.ts";
import { caseText } from "./case-text.ts";
import { type Caller, findHub, readAnswer, type Where } from "./hub-client.ts";
import { readNames } from "./organisation-names.ts";
import { print, printJson } from "./say.ts";

export type CaseOptions = Where & { as: string; for?: string; json?: boolean };

/** One case as one of its parties sees it. @throws CommandFailed when there is none for that party */
export const showCase = async (caseId: string, options: CaseOptions): Promise<void> => {
  const hub = await findHub(options);
  const as: Caller = { gln: options.as, role: "organisation" };
  const query = options.for === undefined ? "" : `?${new URLSearchParams({ for: options.for }).toString()}`;
  const view = readAnswer(await hub.call({ path: `/v1/cases/${caseId}${query}`, as }), CaseView);
  if (options.json === true) {
    printJson(view);
    return;
  }
  const { nameOf } = await readNames(hub, as);
  print(caseText(view, { nameOf, now: new Date().toISOString() }));
};

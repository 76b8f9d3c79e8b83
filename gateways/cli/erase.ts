import { EraseCases, type Erasure, Erasures, type Holdings } from "../../contracts/messages/erasure.ts";
import type { ArchiveOptions } from "./archive.ts";
import { withHubBus } from "./ask-hub.ts";
import { CommandFailed, exitCodes } from "./failure.ts";
import { print, printJson } from "./say.ts";

export type EraseOptions = ArchiveOptions & { reason: string; by: string; yes?: boolean };

const whyText: Record<string, string> = {
  open: "it is not closed",
  "delivery-open": "a document of it has not surely arrived, and nobody has seen to that",
  "clock-running": "a clock of it runs",
  "alarm-set": "it still has something to do by itself",
  "somebody-awaited": "somebody is awaited in it",
  "written-to": "it is being written to",
};

const held = ({ records, documents, attachments, archived }: Holdings): string =>
  `${records} records, ${documents} documents, ${attachments} attachments, ${archived} copies in the archive`;

/** One line for a person of what became of a case. */
const erasureLine = (one: Erasure): string => {
  if (one.outcome === "would-be-erased") return `${one.caseId}  would be erased: ${held(one.found)}`;
  if (one.outcome === "erased")
    return `${one.caseId}  erased ${one.erasedAt}: there were ${held(one.found)}; left: ${held(one.left)}${one.spared === 0 ? "" : `; ${one.spared} attachments stay, another case has them too`}`;
  if (one.code === "case-unknown") return `${one.caseId}  is no case of this hub`;
  return `${one.caseId}  stays: ${whyText[one.why ?? ""] ?? one.why ?? "it is not settled"}`;
};

const asked = (caseIds: readonly string[], { reason, by, yes }: EraseOptions): EraseCases => {
  const found = EraseCases.safeParse({ caseIds, reason, by, confirmed: yes === true });
  if (found.success) return found.data;
  const said = found.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw new CommandFailed(said.join("\n"), exitCodes.usage);
};

/** Has the running hub erase cases. @throws CommandFailed when one of them was not erased */
export const eraseCases = (caseIds: readonly string[], options: EraseOptions): Promise<void> =>
  withHubBus({ data: options.data, name: "sektorbro-erase" }, async (ask) => {
    const { cases } = Erasures.parse(await ask("archive.erase", asked(caseIds, options)));
    if (options.json === true) printJson({ cases });
    else for (const one of cases) print(erasureLine(one));
    const refused = cases.filter(({ outcome }) => outcome === "refused").length;
    if (refused > 0) throw new CommandFailed(`${refused} of ${cases.length} cases stay as they are.`);
    if (options.yes !== true && options.json !== true)
      print("Nothing was erased. Say --yes to erase; it cannot be taken back.");
  });

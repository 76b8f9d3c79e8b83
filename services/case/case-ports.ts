import type { Agreement } from "../../contracts/agreement.ts";
import type { CasePorts } from "./case-handler.ts";
import { localDateTimeOf } from "./clock-zone.ts";
import type { DirectoryView } from "./directory-view.ts";

/** What a process gives every family's handler: where records go, what is remembered, who there is, and the effects. */
export type CaseAdapters = {
  journal: Pick<CasePorts, "append" | "load">;
  snapshots: Pick<CasePorts, "recall" | "remember">;
  directory: DirectoryView;
  agreements: { clocks: () => readonly Agreement[] };
  operations?: string | undefined;
  effects: Pick<CasePorts, "digest" | "now" | "pause">;
};

export const casePortsFrom = ({
  journal,
  snapshots,
  directory,
  agreements,
  operations,
  effects: { digest, now, pause },
}: CaseAdapters): CasePorts => ({
  append: journal.append,
  load: journal.load,
  recall: snapshots.recall,
  remember: snapshots.remember,
  directory,
  agreements: agreements.clocks,
  operations,
  localTime: localDateTimeOf,
  digest,
  now,
  pause,
});

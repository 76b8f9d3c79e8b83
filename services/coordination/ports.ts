import type { CommandReply } from "../../contracts/envelope.ts";
import type { CaseRecord } from "../../contracts/record.ts";

/** A command of the hub's own, to be wrapped in an envelope. */
export type HubCommand = {
  id: string;
  type: string;
  payload: object;
  correlation?: string;
  causation?: string;
};

/** What coordination needs from the world. */
export type CoordinationPorts = {
  /**
   * Sends a command and waits for its answer. A `failed` answer is thrown: it is tried again.
   * @throws Fault
   */
  send: (command: HubCommand) => Promise<Exclude<CommandReply, { status: "failed" }>>;
  /** The citizen's newest cases. @throws Fault when the index is away */
  casesOfPatient: (patient: {
    cpr?: string | undefined;
    alternativeId?: string | undefined;
  }) => Promise<string[]>;
  load: (caseId: string) => Promise<{ record: CaseRecord }[]>;
  index: {
    get: (key: string) => Promise<string | null>;
    hgetall: (key: string) => Promise<Record<string, string>>;
    highest: (keys: readonly string[]) => Promise<(string | undefined)[]>;
  };
  digest: (text: string) => string;
  nowMs: () => number;
  log: {
    info: (message: string, fields: Record<string, unknown>) => void;
    warn: (message: string, fields: Record<string, unknown>) => void;
  };
};

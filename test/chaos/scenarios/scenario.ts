import type { Outcome } from "../under-load.ts";

/** What a person asked for. */
export type Asked = {
  seed: number;
  rounds: number;
  messages: number;
  senders: number;
  hubs: number;
  /** The long form: what must outlast a time-out does. */
  long: boolean;
  /** The folder that the product was compiled into. */
  program: string;
  /** A folder of this run's own. */
  dir: string;
  say: (line: string) => void;
};

/** One way of breaking the hub. `describes` is for `--help`. */
export type Scenario = {
  name: string;
  describes: string;
  run: (asked: Asked) => Promise<Outcome>;
};

/** What a scenario tells that this machine does not let it do. */
export const notHere = (name: string, { seed }: Asked, why: string): Outcome => ({
  scenario: name,
  seed,
  faults: 0,
  messages: 0,
  sends: 0,
  records: 0,
  documents: 0,
  clocks: 0,
  statuses: {},
  seconds: 0,
  violations: [],
  skipped: why,
  notes: [],
});

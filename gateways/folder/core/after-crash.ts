/**
 * Who works in a working folder: one running gateway. `run` tells a process from a later one with the same pid, `part` one
 * gateway from another in the same process.
 */
export type Owner = { host: string; pid: number; run: string; part: number };

const plain = (host: string): string => host.replace(/[^A-Za-z0-9-]/g, "-").slice(0, 60);

export const ownerName = ({ host, pid, run, part }: Owner): string =>
  `${plain(host)}.${String(pid)}.${run}.${String(part)}`;

export const ownerOf = (name: string): Owner | undefined => {
  const match = /^([A-Za-z0-9-]*)\.(\d{1,10})\.([A-Za-z0-9-]+)\.(\d{1,10})$/.exec(name);
  const [, host, pid, run, part] = match ?? [];
  return host === undefined || run === undefined
    ? undefined
    : { host, pid: Number(pid), run, part: Number(part) };
};

export type Sign = {
  me: Owner;
  /** Parts of this process that run now. */
  running: ReadonlySet<string>;
  /** Whether a process of this machine has that pid. */
  pidRuns: boolean;
  /** How long ago the other one last said that it lives. */
  silentMs: number;
};

/** Longer than any pause of a process that will go on; a machine that is gone is waited for this long. */
export const silentLimitMs = 60_000;

/**
 * Whether what another gateway had in hand is to be taken over. On this machine a dead process is known at once; a process
 * elsewhere, or one that has inherited the pid, by its silence.
 */
export const isGone = (name: string, { me, running, pidRuns, silentMs }: Sign): boolean => {
  const other = ownerOf(name);
  if (other === undefined) return silentMs >= silentLimitMs;
  if (other.host !== plain(me.host)) return silentMs >= silentLimitMs;
  if (other.pid === me.pid) return !(other.run === me.run && running.has(name));
  return !pidRuns || silentMs >= silentLimitMs;
};

/** What is in the folder of one claimed file. */
export type ClaimContents = { document: boolean; results: boolean };

/**
 * What to do with a claim, by what is in its folder alone: after a crash as in the midst of the work. `read`: nothing was
 * decided for good; asking again is safe. `hand-over`: what became of it is on disk, and only has to be put in place.
 * `sweep`: everything is done, or nothing was begun.
 */
export const stepOf = ({ document, results }: ClaimContents): "read" | "hand-over" | "sweep" => {
  if (results) return "hand-over";
  return document ? "read" : "sweep";
};

/** How long a claim rests after so many failures in a row, in milliseconds. */
export const restMs = (failures: number, pollMs: number): number =>
  Math.min(pollMs * 2 ** Math.max(0, failures - 1), 60_000);

/** A process that things happen to. */
export type Actor = {
  name: string;
  /** Its process id; `undefined` while it does not run. */
  pid: () => number | undefined;
  /** Resolves when it serves. */
  start: () => Promise<void>;
  /** SIGKILL; resolves when it is gone. */
  kill: () => Promise<void>;
  stop: () => Promise<void>;
};

const signal = (actor: Actor, name: NodeJS.Signals): void => {
  const pid = actor.pid();
  if (pid !== undefined) process.kill(pid, name);
};

/** SIGSTOP: it is there, its connections are there, and it does nothing. */
export const pause = (actor: Actor): void => {
  signal(actor, "SIGSTOP");
};

export const resume = (actor: Actor): void => {
  signal(actor, "SIGCONT");
};

import { Fault } from "../../contracts/errors.ts";
import {
  type Durability,
  durabilityOf,
  inspectServer,
  type ServerFacts,
} from "../../infra/embedded/doctor.ts";

/** The server cannot promise that what it acknowledged is on disk, and nobody said that this is accepted. */
export class UnsafeServer extends Error {
  override readonly name = "UnsafeServer";
  readonly durability: Durability;
  constructor(durability: Durability) {
    super("The NATS server does not keep what it acknowledges through a power cut.");
    this.durability = durability;
  }
}

/** What the servers that answer tell of themselves. @throws Fault `journal-unavailable` when not more than half of them do */
const factsOf = async (monitors: readonly string[]): Promise<ServerFacts[]> => {
  const asked = await Promise.allSettled(monitors.map((monitor) => inspectServer(monitor)));
  const facts = asked.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  if (facts.length > monitors.length / 2) return facts;
  throw new Fault("journal-unavailable");
};

/**
 * Of every server of a cluster that answers. One that is away is no reason not to start: what is acknowledged meanwhile is on the
 * disks of the others. @throws UnsafeServer, Fault `journal-unavailable`
 */
export const checkDurability = async (
  natsMonitorUrl: string | undefined,
  unsafeFsync: boolean,
): Promise<"safe" | "unsafe"> => {
  const facts = natsMonitorUrl === undefined ? [undefined] : await factsOf(natsMonitorUrl.split(","));
  const unsafe = facts.map(durabilityOf).find(({ kind }) => kind === "unsafe");
  if (unsafe === undefined) return "safe";
  if (!unsafeFsync) throw new UnsafeServer(unsafe);
  return "unsafe";
};

import { cpus, totalmem } from "node:os";

/** What figures were measured on: without it they say nothing to others. */
export type Machine = { date: string; cores: number; processor: string; memoryGb: number; versions: string };

export const machineOf = ({ natsServer }: { natsServer: string }): Machine => {
  const cores = cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    cores: cores.length,
    processor: cores[0]?.model.trim() ?? "unknown",
    memoryGb: Math.round(totalmem() / 2 ** 30),
    versions: `Node ${process.versions.node}, nats-server ${natsServer}`,
  };
};

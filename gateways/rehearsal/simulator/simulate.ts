import { HubProblem } from "../../client/main.ts";
import type { Refusal } from "../documents/letters.ts";
import type { Behaviour } from "./behaviour.ts";
import { type SimulatedKind, takeInitiative } from "./initiative.ts";
import { type SimulatorPorts, takeDocument } from "./take-document.ts";

type Simulation = {
  kind: SimulatedKind;
  self: string;
  behaviour: Behaviour;
  signal: AbortSignal;
  pollMs: number;
  /** To whom it says something of its own accord, and how often. */
  says?: { to: string; everyMs: number };
};

const dayMs = 86_400_000;

/** What the hub will not have is told and lived with: a simulated system goes on, as a real one does. */
const goOn =
  (ports: SimulatorPorts) =>
  (error: unknown): void => {
    if (!(error instanceof HubProblem)) throw error;
    ports.say(`the hub said no: ${error.message} [${error.code}]`);
  };

const sayThings = async ({ kind, self, signal, says }: Simulation, ports: SimulatorPorts): Promise<void> => {
  if (says === undefined) return;
  while (!signal.aborted) {
    const at = ports.now();
    const startsAt = new Date(Date.parse(at) + dayMs).toISOString();
    const saying = { self, to: says.to, messageId: `sim-${ports.newId()}`, at, startsAt };
    await takeInitiative(kind, ports.client, saying).then(() => {
      ports.say(`said something of its own accord to ${says.to}`);
    }, goOn(ports));
    await ports.wait(says.everyMs);
  }
};

/** Speaks as an organisation until the signal says so: takes what comes, one document beside another, and answers as it behaves. */
export const simulate = async (simulation: Simulation, ports: SimulatorPorts): Promise<void> => {
  const { self, behaviour, signal, pollMs } = simulation;
  const before = new Map<string, Refusal | undefined>();
  const underway = new Set<Promise<void>>();
  const saying = sayThings(simulation, ports);
  for await (const delivery of ports.client.documents({ signal, pollMs })) {
    const taking = takeDocument(delivery, { self, behaviour, before }, ports)
      .catch(goOn(ports))
      .finally(() => underway.delete(taking));
    underway.add(taking);
    // Without a delay one after the other, so that what comes twice is known.
    if (behaviour.answerAfterMs === 0) await taking;
  }
  await Promise.all([...underway, saying]);
};

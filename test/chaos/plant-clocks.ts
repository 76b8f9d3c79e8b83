import { jetstream } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import type { CaseRecord } from "../../contracts/record.ts";
import { caseSubject } from "../../contracts/subjects.ts";
import { connectNats } from "../../infra/nats/connection.ts";
import { isConflict } from "../../infra/nats/faults.ts";
import { eventually } from "../support/eventually.ts";
import type { Random } from "../support/load.ts";
import type { PlantedClock } from "./evidence.ts";

/** A question like another, of a case of its own, that owes nothing and is due at these times. */
const recordWith = (template: CaseRecord, { caseId, clockId, warnAt, due }: PlantedClock): CaseRecord => ({
  ...template,
  caseId,
  deliveries: [],
  clocks: template.clocks.flatMap((c) =>
    c.change === "started" && c.deliveryId === undefined
      ? [{ ...c, clockId, warnAt, warnings: undefined, due }]
      : [],
  ),
  meta: { ...template.meta, commandId: `planted:${caseId}` },
});

const patienceMs = 60_000;

const uuidFrom = (random: Random): string => {
  const hex = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
};

/** The journal may have no leader just now, and an answer may be lost of a record that is there. */
const put = async (nc: NatsConnection, record: CaseRecord): Promise<true> => {
  const expect = { lastSubjectSequence: 0 };
  await jetstream(nc)
    .publish(caseSubject(record.family, record.caseId), JSON.stringify(record), { expect })
    .catch((error: unknown) => {
      if (!isConflict(error)) throw error;
    });
  return true;
};

/** Puts cases into the journal whose clocks ring within four seconds of now. */
export const plantClocks = async (
  natsUrl: string,
  template: CaseRecord,
  { count, random }: { count: number; random: Random },
): Promise<PlantedClock[]> => {
  const nc = await connectNats(natsUrl, "chaos");
  try {
    const planted: PlantedClock[] = [];
    for (let i = 0; i < count; i++) {
      const warnMs = Date.now() + 100 + random() * 2_000;
      const dueMs = warnMs + 50 + random() * 2_000;
      const times = { warnAt: new Date(warnMs).toISOString(), due: new Date(dueMs).toISOString() };
      const clock = { caseId: uuidFrom(random), clockId: "ADVICE-MSG.1", ...times };
      const record = recordWith(template, clock);
      await eventually(() => put(nc, record), "a clock is put into the journal", patienceMs);
      planted.push(clock);
    }
    return planted;
  } finally {
    await nc.close();
  }
};

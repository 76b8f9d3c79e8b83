import { jetstream } from "@nats-io/jetstream";
import type { CaseRecord } from "../../contracts/record.ts";
import { caseSubject } from "../../contracts/subjects.ts";
import { connectNats } from "../../infra/nats/connection.ts";
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

const uuidFrom = (random: Random): string => {
  const hex = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
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
      await jetstream(nc).publish(caseSubject(record.family, record.caseId), JSON.stringify(record), {
        expect: { lastSubjectSequence: 0 },
      });
      planted.push(clock);
    }
    return planted;
  } finally {
    await nc.close();
  }
};

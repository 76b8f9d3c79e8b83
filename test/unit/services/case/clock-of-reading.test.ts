import { describe, expect, it } from "vitest";
import { documentRead } from "../../../../contracts/codes/promises.ts";
import { accepted } from "../../../support/case-given.ts";
import { local } from "../../../support/clock-given.ts";
import { endo, hubClocks, promise } from "../../../support/hub-clocks.ts";

const monday = "2026-11-23 10:00";

describe("an agreement of the hub to read what was sent", () => {
  const stopsOn = [documentRead, "AdviceAnswered"];
  const limit = { kind: "readingWindow", cutoff: "14:30", by: "15:00" } as const;
  const asked = async () => {
    const hub = hubClocks(promise({ limit, calendar: "everyDay", stopsOn }));
    const caseId = await hub.ask(monday);
    const owed = hub.cases.records(caseId)[0]?.deliveries.find((d) => d.change === "owed" && d.to === endo);
    const settle = (at: string, more: object) => {
      hub.cases.at(at);
      const payload = { deliveryId: owed?.deliveryId, outcome: "positive", ...more };
      return hub.cases.send({ type: "delivery.settle", by: endo, payload });
    };
    return { hub, caseId, settle };
  };

  it("is kept when a person has read it, not by the receipt of a system", async () => {
    const { hub, caseId, settle } = await asked();
    expect(hub.due(caseId)).toBe("2026-11-23 15:00");
    accepted(await settle("2026-11-23 10:01", {}));
    expect(hub.clock(caseId).status).toBe("running");
    accepted(await settle("2026-11-23 14:45", { read: true }));
    expect(hub.clock(caseId)).toMatchObject({ status: "met", stoppedAt: local("2026-11-23 14:45") });
    const explained = hub.explain(caseId);
    expect(explained).toMatchObject({ agrees: true, clock: { stoppedInTime: true } });
    expect(explained.words("da").join("\n")).toContain("Det sendte var læst");
    expect(explained.words("en").join("\n")).toContain("What was sent was read");
  });

  it("is kept by whoever acts on it, and not when the asker does", async () => {
    const { hub, caseId } = await asked();
    await hub.say("2026-11-23 11:00", caseId, "requestInformation");
    expect(hub.clock(caseId)).toMatchObject({ status: "met", stoppedAt: local("2026-11-23 11:00") });
    const other = await asked();
    await other.hub.say("2026-11-23 11:00", other.caseId, "withdraw");
    expect(other.hub.clock(other.caseId).status).not.toBe("met");
  });

  it("is late when nobody has read it by then", async () => {
    const { hub, caseId, settle } = await asked();
    accepted(await settle("2026-11-23 15:01", { read: true }));
    expect(hub.clock(caseId).status).toBe("breached");
    expect(hub.explain(caseId)).toMatchObject({ agrees: true, clock: { stoppedInTime: false } });
  });
});

import { describe, expect, it } from "vitest";
import { endo, hubClocks, promise } from "../../../support/hub-clocks.ts";

const days = (n: number) => ({ kind: "workingDays", days: n }) as const;
const monday = "2026-11-23 10:00";

describe("a change under a running clock of the hub", () => {
  it("of a closing day leaves what started before as it was, also when it is paused and resumed since", async () => {
    const hub = hubClocks(promise({ limit: days(2) }));
    const caseId = await hub.ask(monday);
    hub.change(endo, { closingDays: ["2026-11-24"] });
    expect(await hub.recount("2026-11-23 11:00", caseId)).toBe("ignored");
    await hub.say("2026-11-23 12:00", caseId, "requestInformation");
    await hub.say("2026-11-24 12:00", caseId, "giveInformation");
    expect(hub.due(caseId)).toBe("2026-11-26 17:00");
    expect(hub.explain(caseId).agrees).toBe(true);
  });

  it("of a closing day counts anew where the agreement says so, once, with the pause that there was", async () => {
    const hub = hubClocks(promise({ limit: days(2), onChange: "recompute" }));
    const caseId = await hub.ask(monday);
    await hub.say("2026-11-23 12:00", caseId, "requestInformation");
    await hub.say("2026-11-24 12:00", caseId, "giveInformation");
    hub.change(endo, { closingDays: ["2026-11-25"] });
    expect(await hub.recount("2026-11-24 13:00", caseId)).toBe("accepted");
    expect(hub.due(caseId)).toBe("2026-11-27 17:00");
    expect(await hub.recount("2026-11-24 14:00", caseId)).toBe("ignored");
    expect(hub.explain(caseId)).toMatchObject({ agrees: true });
    expect(hub.explain(caseId).words("da").join("\n")).toContain("egen lukkedag");
  });

  it("of the limit leaves it as it was, unless the change is for running clocks too", async () => {
    const hub = hubClocks(promise({ limit: days(3) }));
    const caseId = await hub.ask(monday);
    hub.agree(promise({ version: 2, limit: days(1), validFrom: "2026-11-23" }));
    expect(await hub.recount("2026-11-23 11:00", caseId)).toBe("ignored");
    expect(hub.due(caseId)).toBe("2026-11-26 17:00");
    const recomputing = [{ id: "ADVICE-MSG", version: 2 }];
    expect(await hub.recount("2026-11-23 12:00", caseId, recomputing)).toBe("accepted");
    expect(await hub.recount("2026-11-23 13:00", caseId, recomputing)).toBe("ignored");
    expect(hub.due(caseId)).toBe("2026-11-24 17:00");
    expect(hub.clock(caseId)).toMatchObject({ agreementVersion: 2 });
    expect(hub.explain(caseId)).toMatchObject({
      agrees: true,
      clock: { trace: { promised: { version: 2 } } },
    });
  });

  it("that waits for its creditor goes on waiting, under the new limit", async () => {
    const hub = hubClocks(promise({ limit: days(1) }));
    const caseId = await hub.ask(monday);
    await hub.say("2026-11-23 11:00", caseId, "requestInformation");
    hub.agree(promise({ version: 2, limit: days(3), validFrom: "2026-11-23" }));
    await hub.recount("2026-11-23 12:00", caseId, [{ id: "ADVICE-MSG", version: 2 }]);
    expect(hub.clock(caseId).status).toBe("paused");
    await hub.say("2026-11-24 11:00", caseId, "giveInformation");
    expect(hub.due(caseId)).toBe("2026-11-27 17:00");
    expect(hub.explain(caseId).agrees).toBe(true);
  });

  it.each([
    ["runOn", "running"],
    ["cancel", "cancelled"],
  ] as const)("by the end of its agreement (%s) leaves it %s", async (onEnd, status) => {
    const hub = hubClocks(promise({ limit: days(3), validTo: "2026-11-23", onEnd }));
    const caseId = await hub.ask(monday);
    await hub.recount("2026-11-23 23:00", caseId);
    expect(hub.clock(caseId).status).toBe("running");
    await hub.recount("2026-11-24 00:01", caseId);
    expect(hub.clock(caseId).status).toBe(status);
    expect(hub.explain(caseId).agrees).toBe(true);
  });
});

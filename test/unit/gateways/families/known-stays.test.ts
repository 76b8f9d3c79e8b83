import { describe, expect, it } from "vitest";
import { plainStayId, staysIn } from "../../../../gateways/families/known-stays.ts";
import { hospitalCommandId } from "../../../../gateways/fhir/families/hospital-in.ts";
import { uuid } from "../../../support/fhir-bundles.ts";
import { hubAfter, ids, revised, takenBack, told } from "../../../support/fhir-hospital-course.ts";

describe("a stay as its records tell it", () => {
  it("goes by every id that its messages gave it, however they wrote them", async () => {
    const episodes = [
      { system: "https://www.esundhed.dk/Registre/Landspatientregisteret", value: `urn:uuid:${uuid(0xabc)}` },
      { system: "https://sor2.sum.dsdn.dk/#id=999071000016008", value: uuid(0xdef).toUpperCase() },
    ];
    const { hub, caseId } = await hubAfter(told("STIN", { episodes }));
    const [stay] = staysIn([hub.view(caseId)], "another");
    expect([caseId, uuid(0xabc), uuid(0xdef)].every((id) => stay?.names.has(plainStayId(id)))).toBe(true);
    expect(stay?.notifications.map(({ messageId }) => messageId)).toEqual([ids.STIN]);
  });

  it("is as it was before a message that is in it already, so that it reads the same again", async () => {
    const again = revised("STIN", { start: "2026-11-20T09:30:00+01:00" });
    const { hub, caseId } = await hubAfter(told("STIN"), again, takenBack("STIN"));
    const stays = (message: typeof again) => staysIn([hub.view(caseId)], hospitalCommandId(message));
    expect(stays(again)[0]).toMatchObject({ hasLetter: true, events: [{ messageId: ids.STIN }] });
    expect(stays(again)[0]?.events[0]?.occurredAt).toBe("2026-11-20T08:00:00.000Z");
    expect(stays(takenBack("STIN"))[0]?.events[0]?.occurredAt).toBe("2026-11-20T08:30:00.000Z");
    expect(stays(told("SLHJ"))[0]).toMatchObject({ hasLetter: false, events: [] });
  });

  it("is an id itself where nothing is left of it without its hyphens", () => {
    expect(plainStayId("-")).toBe("-");
    expect(plainStayId("URN:UUID:AB-C")).toBe("abc");
  });
});

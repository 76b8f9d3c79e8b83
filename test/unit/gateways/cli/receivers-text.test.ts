import { describe, expect, it } from "vitest";
import { receiversText } from "../../../../gateways/cli/receivers-text.ts";

const said = {
  nameOf: (gln: string) => (gln.endsWith("16") ? "Afdelingen" : gln),
  time: (instant: string) => instant.slice(11, 16),
};
const one = {
  gln: "5790000200016",
  transports: ["webhook" as const],
  waiting: 3,
  oldest: "2026-11-23T09:10:00.000Z",
  underway: 0,
  breaker: "open" as const,
  since: "2026-11-23T09:12:00.000Z",
  why: { code: "timeout", da: "Svarede ikke.", en: "No answer." },
};

describe("receivers as a table", () => {
  it("tells since when one does not answer, and why", () => {
    const text = receiversText({ receivers: [one], attempts: [] }, { ...said, language: "da" });
    expect(text).toContain("svarer ikke siden 09:12 (Svarede ikke. [timeout])");
    expect(text).toContain("Afdelingen");
  });

  it("tells who paused one rather than how it fares", () => {
    const paused = { at: "2026-11-23T09:20:00.000Z", by: "drift", reason: "flytning" };
    const text = receiversText(
      { receivers: [{ ...one, paused }], attempts: [] },
      { ...said, language: "en" },
    );
    expect(text).toContain("paused since 09:20 by drift: flytning");
    expect(text).not.toContain("does not answer");
  });

  it("says so when there are none", () => {
    expect(receiversText({ receivers: [], attempts: [] }, { ...said, language: "en" })).toContain(
      "no receivers",
    );
  });
});

import { describe, it } from "vitest";
import { endo, given, gp, happened, onCase } from "../../../../support/advice-given.ts";
import { regionView, who } from "../../../../support/region-view.ts";

describe("a party that has left the directory", () => {
  const without = {
    ...regionView,
    organisation: (gln: string) => (gln === gp ? undefined : regionView.organisation(gln)),
  };
  const f = happened(gp, endo);

  it("cannot be answered, and the case says so", () => {
    given(f.asked("specialist"))
      .when(onCase("advice.answer", { text: "Tak" }), endo, { directory: without })
      .thenRefuses("receiver-unknown", "caseId");
  });

  it("cannot speak either", () => {
    given(f.asked("specialist"))
      .when(onCase("advice.withdraw", { reason: "x" }), gp, { directory: without })
      .thenRefuses("receiver-unknown", "caseId");
  });

  it("does not keep correspondence from being marked handled, which tells nobody", () => {
    const c = happened(gp, who.municipality);
    given(c.asked("correspondence"))
      .when(onCase("advice.markHandled"), who.municipality, { directory: without })
      .thenDecides({ facts: [{ type: "CorrespondenceHandled", by: who.municipality }], tell: [] });
  });
});

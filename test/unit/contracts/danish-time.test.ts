import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { instantOfLocal, localTimeOf } from "../../../contracts/danish-time.ts";

describe("a Danish wall-clock time as an instant", () => {
  it.each([
    ["2026-11-20T09:30", "2026-11-20T08:30:00.000Z"],
    ["2026-07-01T09:30", "2026-07-01T07:30:00.000Z"],
    ["2026-11-20T09:30:15", "2026-11-20T08:30:15.000Z"],
    ["2026-07-01T00:00", "2026-06-30T22:00:00.000Z"],
    ["2026-12-31T23:59", "2026-12-31T22:59:00.000Z"],
  ])("%s is %s", (local, instant) => {
    expect(instantOfLocal(local)).toBe(instant);
  });

  it("of the hour that spring left out is read by winter time", () => {
    expect(instantOfLocal("2026-03-29T01:59")).toBe("2026-03-29T00:59:00.000Z");
    expect(instantOfLocal("2026-03-29T02:30")).toBe("2026-03-29T01:30:00.000Z");
    expect(instantOfLocal("2026-03-29T03:00")).toBe("2026-03-29T01:00:00.000Z");
  });

  it("of the hour that comes twice in autumn is the first", () => {
    expect(instantOfLocal("2026-10-25T01:59")).toBe("2026-10-24T23:59:00.000Z");
    expect(instantOfLocal("2026-10-25T02:30")).toBe("2026-10-25T00:30:00.000Z");
    expect(instantOfLocal("2026-10-25T02:30:45")).toBe("2026-10-25T00:30:45.000Z");
    expect(instantOfLocal("2026-10-25T03:00")).toBe("2026-10-25T02:00:00.000Z");
  });

  it("is shown again as it was written, but for the hour that is not there", () => {
    const times = fc.date({
      min: new Date("2020-01-01T00:00:00Z"),
      max: new Date("2035-12-31T00:00:00Z"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(times, (date) => {
        const local = localTimeOf(date.toISOString());
        expect(localTimeOf(instantOfLocal(local))).toBe(local);
      }),
    );
  });
});

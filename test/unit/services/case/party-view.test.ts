import { describe, expect, it } from "vitest";
import { partyViewOf } from "../../../../services/case/party-view.ts";
import { changed, regionView, regionWith, who } from "../../../support/region-view.ts";

describe("a party as agreements look at it", () => {
  it("has its kind and what it is part of, the nearest first", () => {
    expect(partyViewOf(regionView, who.endocrinology)).toMatchObject({
      gln: who.endocrinology,
      kind: "department",
      wholes: expect.arrayContaining([who.hospital]) as string[],
    });
  });

  it("is of the municipality that it is, or is part of, in four digits", () => {
    const own = changed(who.municipality, { identifiers: { municipalityCode: "890" } });
    const team = changed(who.acuteTeam, { partOf: who.municipality, identifiers: {} });
    const view = regionWith(own, team);
    expect(partyViewOf(view, who.municipality).municipality).toBe("0890");
    expect(partyViewOf(view, who.acuteTeam).municipality).toBe("0890");
  });

  it("is nobody in particular when the directory does not know it", () => {
    expect(partyViewOf(regionView, who.nobody)).toEqual({ gln: who.nobody, kind: undefined, wholes: [] });
  });

  it("ends where a directory goes round in a ring", () => {
    const view = regionWith(
      changed(who.hospital, { partOf: who.region }),
      changed(who.region, { partOf: who.hospital }),
    );
    expect(partyViewOf(view, who.hospital).wholes).toHaveLength(8);
  });
});

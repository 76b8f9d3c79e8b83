import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Indicators } from "../../../../contracts/messages/indicators.ts";
import { clocksCsv, figuresCsv } from "../../../../gateways/http/indicators-csv.ts";

const example = JSON.parse(readFileSync("contracts/examples/indicators/valid/month.json", "utf8")) as {
  message: unknown;
};
const found = Indicators.parse(example.message);
const lines = (csv: string) => csv.split("\r\n");

describe("indicators as a table for a spreadsheet", () => {
  it("has one line for each group, that of all together first", () => {
    const [head, all, first, second, third, end] = lines(clocksCsv(found, "en"));
    expect(
      head?.startsWith(
        "line,agreement,agreementName,organisation,organisationName,hidden,clocks,cases,decided",
      ),
    ).toBe(true);
    expect(all?.startsWith("All,,,,,,48,46,40,37,2,1,0,3,6,2,92.5,")).toBe(true);
    expect(
      first?.startsWith(',ADVICE-MSG,,5790000200016,"Nordfjord Sygehus, Endokrinologi",,29,28,25,23'),
    ).toBe(true);
    expect(first).toContain(",92,80,1700,4900,");
    expect([second, third].every((line) => line?.endsWith(",hidden (under 5)"))).toBe(true);
    expect(end).toBe("");
  });

  it("has semicolons and decimal commas in Danish, and tells a spreadsheet that it is UTF-8", () => {
    const csv = clocksCsv(found, "da");
    expect(csv.codePointAt(0)).toBe(0xfeff);
    const [head, all] = lines(csv);
    expect(head).toContain("Til tiden i procent;Mål i procent;Median minutter");
    expect(all).toContain(";92,5;");
    expect(all?.split(";")).toHaveLength(head?.split(";").length ?? 0);
  });

  it("has nothing of what is hidden or not worked out", () => {
    const [, , , second] = lines(clocksCsv(found, "en"));
    expect(second?.match(/\d+/g)).toEqual(["5790000200023", "5"]);
    const [, , noShows] = lines(figuresCsv(found, "en"));
    expect(noShows?.endsWith(",,52,,")).toBe(true);
  });

  it("makes no formula of a name, and keeps quotes and lines of one together", () => {
    const hostile = '=HYPERLINK("http://x")\nA';
    const rows = found.rows.slice(0, 1).map((row) => ({ ...row, names: { organisation: hostile } }));
    const csv = clocksCsv({ ...found, rows }, "da");
    expect(csv).toContain(`;"'=HYPERLINK(""http://x"")\nA";`);
  });
});

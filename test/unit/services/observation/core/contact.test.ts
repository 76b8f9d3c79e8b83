import { describe, expect, it } from "vitest";
import { localDateTimeOf } from "../../../../../services/case/clock-zone.ts";
import type { DirectoryView } from "../../../../../services/case/directory-view.ts";
import { contactFor } from "../../../../../services/observation/core/contact.ts";
import { local } from "../../../../support/clock-given.ts";
import { changed, regionView, regionWith, who } from "../../../../support/region-view.ts";

const gp = who.practice;
const at = (
  time: string,
  { directory = regionView, practice = gp, waits = false }: Asked = {},
): ReturnType<typeof contactFor> => {
  const here = localDateTimeOf(local(time));
  return contactFor(
    { practice, teamKind: "municipality", waits, restricted: false },
    { directory, local: here, today: here.slice(0, 10) },
  );
};
type Asked = { directory?: DirectoryView; practice?: string; waits?: boolean };
const whoAt = (time: string, asked: Asked = {}) => {
  const contact = at(time, asked);
  return [contact?.doctor, contact?.why];
};
const duty = who.outOfHours;
/** Open 8-16 on all working days, without closing days. */
const json = who.jsonPractice;

describe("the doctor whom a question goes to", () => {
  it.each([
    ["2026-11-23 07:59", duty, "outsideHours"],
    ["2026-11-23 08:00", gp, "practiceOpen"],
    ["2026-11-23 12:15", gp, "practiceOpen"],
    ["2026-11-23 15:59", gp, "practiceOpen"],
    ["2026-11-23 16:00", duty, "outsideHours"],
    ["2026-11-23 23:59", duty, "outsideHours"],
    ["2026-11-21 10:00", duty, "weekend"],
    ["2026-11-22 10:00", duty, "weekend"],
    ["2026-12-24 10:00", duty, "practiceClosed"],
    ["2026-12-25 10:00", duty, "publicHoliday"],
    ["2027-03-25 10:00", duty, "publicHoliday"],
    ["2027-03-26 10:00", duty, "publicHoliday"],
    ["2027-03-29 10:00", duty, "publicHoliday"],
    ["2027-03-30 10:00", gp, "practiceOpen"],
  ])("at %s is %s: %s", (time, doctor, why) => {
    expect(whoAt(time)).toEqual([doctor, why]);
  });

  it("on 24 December is the practice where the directory names no closing day", () => {
    expect(whoAt("2026-12-24 10:00", { practice: json })).toEqual([json, "practiceOpen"]);
  });

  it("on the nights when the clocks change follows the clock on the wall", () => {
    for (const [night, monday] of [
      ["2027-03-28", "2027-03-30"],
      ["2026-10-25", "2026-10-26"],
    ] as const) {
      for (const time of ["01:30", "02:30", "03:30"])
        expect(whoAt(`${night} ${time}`)).toEqual([duty, "weekend"]);
      expect(whoAt(`${monday} 07:59`)).toEqual([duty, "outsideHours"]);
      expect(whoAt(`${monday} 08:00`)).toEqual([gp, "practiceOpen"]);
    }
    // 08:00 is another instant in summer time than in winter time.
    expect([local("2026-10-23 08:00"), local("2026-10-26 08:00")]).toEqual([
      "2026-10-23T06:00:00.000Z",
      "2026-10-26T07:00:00.000Z",
    ]);
  });

  it("is decided anew when the practice closes, by the directory or at 16:00", () => {
    expect(at("2026-11-23 10:00")?.until).toBe(local("2026-11-23 16:00"));
    expect(at("2026-11-27 10:00")?.until).toBe(local("2026-11-27 15:00"));
    expect(whoAt("2026-11-27 15:00")).toEqual([gp, "agreedHours"]);
    expect(at("2026-11-27 15:00")?.until).toBe(local("2026-11-27 16:00"));
    expect(whoAt("2026-11-27 16:00")).toEqual([duty, "outsideHours"]);
    const early = regionWith(changed(duty, { openingHours: [] }));
    expect(whoAt("2026-11-27 15:00", { directory: early })).toEqual([duty, "practiceClosed"]);
    // Sønderå is open to 17 on Tuesdays; nobody answers the phone after 16.
    expect(at("2026-11-24 15:30", { practice: "5790000100033" })?.until).toBe(local("2026-11-24 16:00"));
    expect(at("2026-11-23 20:00")?.until).toBeUndefined();
  });

  it("is the named substitute while one is in force and open, on the substitute's own number", () => {
    const other = who.otherPractice;
    expect(at("2026-12-22 10:00")).toEqual({
      doctor: other,
      name: "Lægerne Ved Kirken",
      phone: "20109002",
      why: "substitute",
      until: local("2026-12-22 16:00"),
    });
    expect(whoAt("2026-12-18 10:00")).toEqual([gp, "practiceOpen"]);
    expect(whoAt("2026-12-22 16:00")).toEqual([duty, "outsideHours"]);
    const away = regionWith(changed(other, { closingDays: ["2026-12-22"] }));
    expect(whoAt("2026-12-22 10:00", { directory: away })).toEqual([gp, "practiceOpen"]);
  });

  it("is the practice's inbox and the substitute's phone where the substitute has no address", () => {
    const substitutes = [{ name: "Dr. Test Vikar", phone: "20109099", validFrom: "2026-11-01" }];
    const directory = regionWith(changed(gp, { substitutes }));
    expect(at("2026-11-23 10:00", { directory })).toMatchObject({
      doctor: gp,
      name: "Dr. Test Vikar",
      phone: "20109099",
      why: "substitute",
    });
  });

  it("is the practice itself where nobody is on duty, or the question may wait", () => {
    const { outOfHours: _, ...alone } = changed(gp, {});
    expect(whoAt("2026-11-21 10:00", { directory: regionWith(alone) })).toEqual([gp, "practiceLater"]);
    expect(whoAt("2026-11-21 10:00", { waits: true })).toEqual([gp, "practiceLater"]);
    expect(at("2026-11-21 10:00", { practice: who.nobody })).toBeUndefined();
  });

  it("is the out-of-hours doctor when the practice has left the directory", () => {
    const directory = regionWith(changed(gp, { validTo: "2026-11-20" }));
    expect(whoAt("2026-11-23 10:00", { directory })).toEqual([duty, "practiceClosed"]);
  });

  it("is phoned on the number behind the public one by those whom it is for", () => {
    expect(at("2026-11-23 10:00")?.phone).toBe("20109001");
    const directory = regionWith(changed(gp, { directNumbers: [] }));
    expect(at("2026-11-23 10:00", { directory })?.phone).toBe("90000001");
  });
});

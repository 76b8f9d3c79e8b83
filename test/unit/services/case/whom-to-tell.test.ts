import { expect, test } from "vitest";
import type { EscalationTo } from "../../../../contracts/agreement.ts";
import { numberToRing, type Parties, whomToTell } from "../../../../services/case/whom-to-tell.ts";
import { local } from "../../../support/clock-given.ts";
import { changed, organisation, regionView, regionWith, who } from "../../../support/region-view.ts";

const day = local("2026-11-24 10:00");
const night = local("2026-11-24 22:00");
const asked: Parties = { debtor: who.endocrinology, creditor: who.practice };
const measured: Parties = { debtor: who.practice, creditor: who.acuteTeam };
const betweenTeams: Parties = { debtor: who.endocrinology, creditor: who.acuteTeam };

test.each<[EscalationTo, Parties, at: string, told: string | undefined]>([
  ["team", asked, day, who.endocrinology],
  ["practice", asked, day, who.practice],
  ["practice", measured, day, who.practice],
  ["practice", betweenTeams, day, who.acuteTeam],
  ["operations", asked, day, undefined],
  ["nextInLine", asked, day, who.hospital],
  ["nextInLine", measured, night, who.outOfHours],
  ["nextInLine", measured, day, who.outOfHours],
  ["phone", measured, day, who.acuteTeam],
])("%s, of %o", (to, parties, at, told) => {
  expect(whomToTell(to, parties, { directory: regionView, at })).toBe(told);
});

test("operations are who the settings say", () => {
  const world = { directory: regionView, at: day, operations: who.region };
  expect(whomToTell("operations", asked, world)).toBe(who.region);
});

test("a team of a municipality has the municipality next in line", () => {
  const debtor = who.acuteTeam;
  expect(
    whomToTell("nextInLine", { debtor, creditor: who.practice }, { directory: regionView, at: day }),
  ).toBe(organisation(debtor).partOf);
});

const ring = (receiver: string, parties = asked, more: { readers?: string[]; at?: string } = {}) =>
  numberToRing(receiver, parties, {
    directory: regionView,
    at: more.at ?? day,
    readers: more.readers ?? [receiver],
  });

test("who waits rings who owes the answer", () => {
  expect(ring(who.practice)).toEqual({ of: who.endocrinology, number: "90000011" });
});

test("who owes the answer rings who waits, behind the public number when that is meant for it", () => {
  expect(ring(who.endocrinology)).toEqual({ of: who.practice, number: "20109001" });
});

test("a number behind the public one is not told where somebody reads for whom it is not meant", () => {
  const readers = [who.endocrinology, who.otherPractice];
  expect(ring(who.endocrinology, asked, { readers })).toEqual({ of: who.practice, number: "90000001" });
  expect(ring(who.endocrinology, asked, { readers: [who.endocrinology, who.nobody] })?.number).toBe(
    "90000001",
  );
  expect(ring(who.endocrinology, asked, { readers: [who.endocrinology, who.practice] })?.number).toBe(
    "20109001",
  );
});

test("a substitute is rung while it answers instead", () => {
  const at = local("2026-12-22 10:00");
  expect(ring(who.endocrinology, asked, { at })).toEqual({ of: who.practice, number: "20109002" });
});

test("without a number of its own it is that of the whole, and without any none", () => {
  const { phone: _phone, ...silent } = organisation(who.endocrinology);
  const directory = regionWith(silent);
  const world = { directory, at: day, readers: [who.practice] };
  expect(numberToRing(who.practice, asked, world)).toEqual({ of: who.hospital, number: "90000010" });
  const alone = regionWith(changed(who.endocrinology, { partOf: undefined }), {
    ...silent,
    partOf: undefined,
  });
  expect(numberToRing(who.practice, asked, { ...world, directory: alone })).toBeUndefined();
});

import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { shownRows } from "../../../../../../gateways/http/pages/report/answers.ts";
import { countText, percentText } from "../../../../../../gateways/http/pages/report/numbers.ts";
import { reportPage } from "../../../../../../gateways/http/pages/report/report.ts";
import { emptyAnswers, madeUpAnswers } from "../../../../../support/report-answers.ts";

const answers = madeUpAnswers();
const danish = reportPage({ answers, language: "da", about: undefined });
const english = reportPage({ answers, language: "en", about: undefined });

const headings = (page: string): string[] =>
  [...page.matchAll(/<h[12][^>]*>([^<]*)<\/h[12]>/g)].map(([, text = ""]) => text);
const cells = (page: string): Set<string> =>
  new Set([...page.matchAll(/<t[dh][^>]*>([^<]*)<\/t[dh]>/g)].map(([, text = ""]) => text));

describe("the monthly report", () => {
  it("has its parts in their order, Danish first and English by a switch", () => {
    expect(headings(danish)).toEqual([
      "Svartider og overgange",
      "Det vigtigste",
      "Til tiden, aftale for aftale",
      "Hvorfor blev fristen overskredet?",
      "Overgangene i egne tal",
      "Hvor længe tager et svar?",
      "Udvikling over 12 måneder",
      "Tid til svar, åbne frister og pauser",
      "Part for part",
      "Sådan er der talt",
    ]);
    expect(headings(english)).toHaveLength(headings(danish).length);
    expect(headings(english)).toContain("In time, agreement by agreement");
    expect(danish).toContain('<html lang="da">');
    expect(english).toContain('<html lang="en">');
    expect(danish).toContain("3. november 2026 kl. 08.00");
    expect(english).toContain("3 November 2026 at 08:00");
  });

  it("has every count and share of each agreement and each party in a cell", () => {
    const told = { da: cells(danish), en: cells(english) };
    const rows = [answers.month, answers.hospital, answers.municipality, answers.organisation].flatMap(
      shownRows,
    );
    expect(rows.length).toBeGreaterThan(40);
    for (const { decided, late, openLate, shareInTime } of rows)
      for (const language of ["da", "en"] as const) {
        for (const number of [decided, late, openLate])
          if (number !== null) expect(told[language]).toContain(countText(number, language));
        if (shareInTime !== null) expect(told[language]).toContain(percentText(shareInTime, language));
      }
  });

  it("has every share of every month, and the families' own figures", () => {
    const told = cells(danish);
    for (const row of shownRows(answers.year))
      for (const one of row.trend ?? [])
        if (!one.hidden && one.shareInTime !== null)
          expect(told).toContain(percentText(one.shareInTime, "da").replace(/\u00a0%$/, ""));
    for (const figure of answers.month.figures)
      if (!figure.hidden) {
        expect(told).toContain(countText(figure.of, "da"));
        expect(told).toContain(countText(figure.met ?? 0, "da"));
      }
  });

  it("says what is hidden, and never draws it", () => {
    const hidden = answers.month.rows.filter((row) => row.hidden).length;
    expect(hidden).toBeGreaterThan(0);
    expect(danish.match(/class="hid">skjult</g)?.length ?? 0).toBeGreaterThanOrEqual(hidden);
    expect(danish).toContain("færre end 5 sager");
    expect(danish).toContain("2 rækker er skjult.");
  });

  it("tells each chart in words: a title, a description, and a name that is used once", () => {
    const drawn = [...danish.matchAll(/<svg role="img" aria-labelledby="([^"]+)"/g)].map(([, ids = ""]) =>
      ids.split(" "),
    );
    expect(drawn.length).toBeGreaterThan(25);
    for (const [title = "", description = ""] of drawn) {
      expect(danish).toMatch(new RegExp(`<title id="${title}">[^<]+</title>`));
      expect(danish).toMatch(new RegExp(`<desc id="${description}">[^<]+</desc>`));
    }
    const ids = [...danish.matchAll(/ id="([^"]+)"/g)].map(([, id = ""]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("marks an agreement below its target by a pattern, not by a colour alone", () => {
    expect(danish).toContain('class="missed" fill="url(#in-time-h)"');
    expect(danish).toContain('<pattern id="in-time-h"');
  });

  it("fetches nothing and runs nothing, and its style is the one that its policy names", () => {
    for (const page of [danish, english]) {
      expect(page).not.toMatch(/<script|<link|<img|<iframe|<form|@import|javascript:/i);
      expect(page).not.toMatch(/ (src|href|srcset|style|on\w+)=/i);
      const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? "";
      expect(page.replace(style, "")).not.toMatch(/https?:\/\/(?![^<]*<\/td>)/);
      expect(style).not.toMatch(/url\(|https?:/);
      const digest = createHash("sha256").update(style).digest("base64");
      expect(page.replaceAll("&#39;", "'")).toContain(`style-src 'sha256-${digest}'`);
    }
  });

  it("prints on A4 with a head and page numbers in its language", () => {
    expect(danish).toContain("size: A4");
    expect(danish).toContain('content: "Side " counter(page) " af " counter(pages)');
    expect(english).toContain('content: "Page " counter(page) " of " counter(pages)');
  });
});

const hostile = [
  "</style><script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "Lægehuset & Søn's <b>afd.</b>",
  "\u0000\ud800",
];

it.each(hostile)("shows the name %j of an organisation as text", (name) => {
  const names = { "hospital-0": name, "organisation-1": name, "municipality-2": name };
  const page = reportPage({ answers: madeUpAnswers({ names }), language: "da", about: name });
  const plain = reportPage({ answers, language: "da", about: "Navn" });
  const tags = (html: string): string[] => html.match(/<\/?[a-z][^\s/>]*/gi) ?? [];
  expect(tags(page)).toEqual(tags(plain));
  expect(page).not.toContain("<script");
  expect(page).not.toContain("\u0000");
});

it("says of a month without figures what would stand there, and how it is counted", () => {
  const page = reportPage({ answers: emptyAnswers(), language: "da", about: undefined });
  expect(page).toContain("Der er intet at vise for måneden endnu");
  expect(headings(page)).toContain("Sådan er der talt");
  expect(page).not.toContain("<svg");
  const inEnglish = reportPage({ answers: emptyAnswers(), language: "en", about: undefined });
  expect(inEnglish).toContain("There is nothing to show for the month yet");
});

import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  attributeOf,
  find,
  headings,
  pageTree,
  pageWith,
  patient,
} from "../../../../support/rendered-page.ts";

const styleOf = (html: string): string =>
  find(html, "style")
    .flatMap((element) => element.content.filter((part) => typeof part === "string"))
    .join("");

describe("a page", () => {
  it("stands alone: its policy allows its own style and nothing else", () => {
    const html = pageWith(patient);
    const [meta] = find(html, "meta").filter((e) => attributeOf(e, "http-equiv") !== undefined);
    const style = styleOf(html);
    const hash = createHash("sha256").update(style).digest("base64");
    expect(attributeOf(meta ?? pageTree(html), "content")).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    );
    expect(style).not.toMatch(/url\(|@import/);
  });

  it("has styles for print, for the dark and for narrow screens", () => {
    const style = styleOf(pageWith(patient));
    for (const query of ["@media print", "prefers-color-scheme: dark", "@media (max-width: 34rem)"])
      expect(style).toContain(query);
  });

  it("has the type for a title, and nothing of the patient", () => {
    const [title] = find(pageWith(patient), "title");
    expect(title?.content).toEqual(["Udskrivningsepikrise"]);
  });

  it.each([
    ["HospitalReferral", "Henvisning til sygehus", "Referral to hospital"],
    ["NotificationOfAdmission", "Indlæggelsesadvis", "Notification of admission"],
    ["ClinicalEmail", "Korrespondancemeddelelse", "Correspondence"],
    ["HeltUkendt", "HeltUkendt", "HeltUkendt"],
  ])("of %s is headed in words", (root, danish, english) => {
    expect(headings(pageWith(patient, { root }))[0]).toBe(danish);
    expect(headings(pageWith(patient, { root, language: "en" }))[0]).toBe(english);
  });

  it("escapes hostile text wherever it stands, and makes no link of what is no web address", () => {
    const hostile = "&lt;script&gt;alert(1)&lt;/script&gt;&quot;";
    const html = pageWith(
      `<Patient><PersonSurnameName>${hostile}</PersonSurnameName><StreetName>${hostile}</StreetName></Patient>` +
        `<Reference><RefDescription>${hostile}</RefDescription><URL>javascript:alert(1)</URL></Reference>` +
        `<Reference><RefDescription>b</RefDescription><URL>https://example.org/?a=1&amp;b=2</URL></Reference>` +
        `<ClinicalInformation><Text01><Bold>${hostile}</Bold></Text01></ClinicalInformation>`,
      { head: `<StatusCode>${hostile}</StatusCode>` },
    );
    expect(html).not.toContain("<script");
    const links = find(html, "a").flatMap((e) => attributeOf(e, "href") ?? []);
    expect(links.filter((href) => !href.startsWith("#"))).toEqual(["https://example.org/?a=1&b=2"]);
  });
});

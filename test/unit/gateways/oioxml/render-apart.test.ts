import { afterEach, describe, expect, test } from "vitest";
import { defaultDocumentLimits } from "../../../../contracts/codes/document-limits.ts";
import { renderDocument } from "../../../../gateways/oioxml/render/render-document.ts";
import { createDocumentRenderer } from "../../../../gateways/oioxml/render-apart.ts";
import type { Renderer } from "../../../../gateways/pages/create-renderer.ts";
import { xdis91 } from "../../../support/golden-samples.ts";
import { allSpecimens } from "../../../support/oioxml-specimens.ts";
import { pageTree } from "../../../support/rendered-page.ts";
import { program } from "../../../support/thread-programs.ts";

const limits = defaultDocumentLimits;
let renderer: Renderer | undefined;
const rendererWith = (options: Partial<Parameters<typeof createDocumentRenderer>[0]> = {}): Renderer => {
  renderer = createDocumentRenderer({ limits, ...options });
  return renderer;
};
afterEach(async () => {
  await renderer?.stop();
});
const large = (): Uint8Array => xdis91({ text: "Kære<Break/>kollega ".repeat(10_000) });

describe("pages that are made apart", () => {
  test("the page of a large document is the one that is made here, and its bytes are left alone", async () => {
    const { render } = rendererWith();
    const bytes = large();
    const before = Buffer.from(bytes);
    const pages = await Promise.all([render(bytes, "da"), render(bytes, "en"), render(xdis91(), "da")]);
    expect(pages.slice(0, 2)).toEqual([renderDocument(bytes, "da"), renderDocument(bytes, "en")]);
    expect(before.equals(bytes)).toBe(true);
  }, 60_000);

  test("a document that takes too long gets a page that says so, and the next one its own", async () => {
    const { render } = rendererWith({ timeLimitMs: 200, program: program("setInterval(() => {}, 1000)") });
    const page = await render(large(), "en");
    pageTree(page);
    expect(page).toContain("document-too-costly");
    expect(await render(xdis91(), "en")).toContain("Correspondence");
  });

  test("a thread that fails is a defect of ours, told to whoever asked for the page and to nobody else", async () => {
    const { render } = rendererWith({ program: program("throw new Error('broken')") });
    await expect(render(large(), "da")).rejects.toThrow("broken");
    expect(await render(xdis91(), "da")).toContain("Korrespondancemeddelelse");
  });
});

describe("the page of every kind of document", () => {
  test.each(allSpecimens())("$name is well-formed", ({ bytes }) => {
    for (const language of ["da", "en"] as const)
      expect(pageTree(renderDocument(bytes, language)).local).toBe("html");
  });
});

import { afterEach, describe, expect, test } from "vitest";
import { defaultDocumentLimits } from "../../../../contracts/codes/document-limits.ts";
import { printFhir } from "../../../../gateways/fhir/codec/model/print-fhir.ts";
import { renderMessage } from "../../../../gateways/fhir/render/render-message.ts";
import { createMessageRenderer } from "../../../../gateways/fhir/render-apart.ts";
import type { Renderer } from "../../../../gateways/pages/create-renderer.ts";
import { careCommunication } from "../../../support/fhir-bundles.ts";
import { pageTree } from "../../../support/rendered-page.ts";
import { program } from "../../../support/thread-programs.ts";

let renderer: Renderer | undefined;
const rendererWith = (options: Partial<Parameters<typeof createMessageRenderer>[0]> = {}): Renderer => {
  renderer = createMessageRenderer({ limits: defaultDocumentLimits, ...options });
  return renderer;
};
afterEach(async () => {
  await renderer?.stop();
});
const message = (text: string): Uint8Array => printFhir(careCommunication({ texts: [{ text }] }), "json");
const large = (): Uint8Array => message("Kære kollega. ".repeat(10_000));

describe("pages of FHIR messages that are made apart", () => {
  test("the page of a large message is the one that is made here, and its bytes are left alone", async () => {
    const { render } = rendererWith();
    const bytes = large();
    const before = Buffer.from(bytes);
    expect(await Promise.all([render(bytes, "da"), render(bytes, "en")])).toEqual([
      renderMessage(bytes, "da"),
      renderMessage(bytes, "en"),
    ]);
    expect(before.equals(bytes)).toBe(true);
  }, 60_000);

  test("a message that takes too long gets a page that says so, and the next one its own", async () => {
    const { render } = rendererWith({ timeLimitMs: 200, program: program("setInterval(() => {}, 1000)") });
    const page = await render(large(), "en");
    pageTree(page);
    expect(page).toContain("document-too-costly");
    expect(await render(message("Kort"), "en")).toContain("Care Communication");
  });

  test("a thread that fails is a defect of ours, told to whoever asked for the page and to nobody else", async () => {
    const { render } = rendererWith({ program: program("throw new Error('broken')") });
    await expect(render(large(), "da")).rejects.toThrow("broken");
    expect(await render(message("Kort"), "da")).toContain("Korrespondancemeddelelse");
  });
});

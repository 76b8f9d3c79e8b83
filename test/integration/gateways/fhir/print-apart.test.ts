import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import { defaultDocumentLimits } from "../../../../contracts/codes/document-limits.ts";
import type { CareCommunication } from "../../../../contracts/fhir/care-communication.ts";
import { judgeMessage } from "../../../../gateways/fhir/judge-message.ts";
import { parseMessage } from "../../../../gateways/fhir/parse-message.ts";
import { createPrinter, type Printer, type PrinterOptions } from "../../../../gateways/fhir/print-apart.ts";
import { type PrintOrder, printOrder } from "../../../../gateways/fhir/print-order.ts";
import { program } from "../../../support/thread-programs.ts";

let printer: Printer | undefined;
const printerWith = (options: PrinterOptions = {}): Printer => {
  printer = createPrinter(options);
  return printer;
};
afterEach(async () => {
  await printer?.stop();
});

const messageIn = (name: string) => {
  const parsed = parseMessage(readFileSync(`contracts/examples/fhir/${name}.xml`));
  if (parsed.kind !== "message") throw new Error(parsed.kind);
  return parsed.message;
};
const around: NonNullable<PrintOrder["around"]> = {
  kind: "vans",
  ids: { envelope: "00000000-0000-4000-8000-000000000001", message: "00000000-0000-4000-8000-000000000002" },
  at: "2026-11-23T09:16:05.000Z",
  reliable: true,
};

/** Correspondence with attachments of these sizes. */
const attached = (...sizes: number[]): PrintOrder => {
  const message = messageIn("care-communication") as CareCommunication;
  const parts = sizes.map((size, at) => ({ id: `urn:uuid:a${String(at)}`, bytes: randomBytes(size) }));
  const payloads = parts.map(({ id, bytes }) => ({
    kind: "attachment" as const,
    id,
    at: message.created,
    contentType: "application/pdf",
    title: "Bilag",
    sizeBytes: bytes.length,
  }));
  return {
    message: { ...message, payloads: [...message.payloads, ...payloads] },
    contents: new Map(parts.map(({ id, bytes }) => [id, bytes])),
    format: "xml",
  };
};
const copyOf = (order: PrintOrder): PrintOrder => structuredClone(order);
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

describe("messages that are printed apart", () => {
  test.each<[string, PrintOrder]>([
    ["a notification", { message: messageIn("hospital-notification"), contents: new Map(), format: "json" }],
    ["an observation", { message: messageIn("home-care-observation"), contents: new Map(), format: "xml" }],
    ["correspondence with attachments", attached(3, 400_000)],
    ["the same in JSON", { ...attached(3, 400_000), format: "json" }],
    ["the same in a VANSEnvelope", { ...attached(400_000, 1), around }],
    ["the same in an envelope of EHMI's", { ...attached(400_000, 1), around: { ...around, kind: "sbdh" } }],
  ])("%s is what it is when it is printed here", async (_, order) => {
    const { print } = printerWith({ apartFromBytes: 0 });
    const here = text(printOrder(copyOf(order)));
    expect(text(await print(order))).toBe(here);
  });

  test("many large ones at once are printed in turn, and a small one does not wait for them", async () => {
    const { print } = printerWith();
    const orders = [1_000_000, 3_000_000, 2_000_000].map((size) => attached(size));
    const here = orders.map((order) => text(printOrder(copyOf(order))));
    const ended: string[] = [];
    const large = orders.map((order, at) => print(order).finally(() => ended.push(String(at))));
    const small = print(attached(10)).finally(() => ended.push("small"));
    expect((await Promise.all(large)).map(text)).toEqual(here);
    await small;
    expect(ended).toEqual(["small", "0", "1", "2"]);
  });

  test("attachments that lie in a larger piece of memory leave the rest of it alone", async () => {
    const { print } = printerWith({ apartFromBytes: 0 });
    const piece = Buffer.from("before and behind");
    const order = attached(3);
    const printed = await print({ ...order, contents: new Map([["urn:uuid:a0", piece.subarray(7, 10)]]) });
    expect(piece.toString()).toBe("before and behind");
    expect(judgeMessage(printed, "", defaultDocumentLimits).kind).toBe("CareCommunication");
  });
});

describe("a thread that fails", () => {
  test.each<[string, PrinterOptions, string]>([
    ["breaks", { program: program("throw new Error('broken')") }, "broken"],
    ["ends by itself", { program: program("process.exit(0)") }, "ended by itself"],
    [
      "takes too long",
      { program: program("setInterval(() => {}, 1000)"), timeLimitMs: () => 200 },
      "took too long",
    ],
  ])("because it %s is told to whoever asked, and to nobody else", async (_, options, message) => {
    const { print } = printerWith(options);
    await expect(print(attached(600_000))).rejects.toThrow(message);
    expect(text(await print(attached(3)))).toContain("<Bundle");
  });
});

import { randomBytes } from "node:crypto";
import { afterEach, describe, expect, test } from "vitest";
import { createPrinter, type Printer, type PrinterOptions } from "../../../../gateways/oioxml/print-apart.ts";
import type { PrintOrder } from "../../../../gateways/oioxml/print-order.ts";
import type { Printed } from "../../../../gateways/tables/losses.ts";
import { xdis02 } from "../../../support/closing-letters.ts";
import { aLetter, anAttachmentLetter, envelope } from "../../../support/oioxml-builders.ts";
import { printOrder } from "../../../support/printing.ts";
import { program } from "../../../support/thread-programs.ts";

let printer: Printer | undefined;
const printerWith = (options: PrinterOptions = {}): Printer => {
  printer = createPrinter(options);
  return printer;
};
afterEach(async () => {
  await printer?.stop();
});

const vans: NonNullable<PrintOrder["vans"]> = {
  sender: { type: "EAN", value: "5790000100019" },
  receiver: { type: "EAN", value: "5790000200016" },
  ids: { envelope: "00000000-0000-4000-8000-000000000001", message: "00000000-0000-4000-8000-000000000002" },
  at: "2026-11-23T09:16:05.000Z",
  type: "XBIN01",
  reliable: true,
};
const [object] = anAttachmentLetter().objects;
const attachments = (...sizes: number[]): PrintOrder => {
  if (object === undefined) throw new Error("no object");
  const objects = sizes.map((sizeBytes) => ({ ...object, sizeBytes, bytes: randomBytes(sizeBytes) }));
  return { told: { kind: "attachments", letter: anAttachmentLetter({ objects }) }, envelope };
};
const copyOf = (order: PrintOrder): PrintOrder => structuredClone(order);
const plain = ({ bytes, losses }: Printed) => ({ text: Buffer.from(bytes).toString("latin1"), losses });

describe("documents that are printed apart", () => {
  test.each<[string, PrintOrder]>([
    ["a letter", { told: { kind: "correspondence", letter: aLetter() }, envelope }],
    [
      "a letter with a loss",
      { told: { kind: "correspondence", letter: aLetter({ texts: [["a\0b"]] }) }, envelope },
    ],
    ["a letter of a family", { told: { kind: "clinical", letter: xdis02() }, envelope }],
    ["attachments", attachments(3, 400_000)],
    ["attachments in an envelope", { ...attachments(400_000, 1), vans }],
  ])("%s is what it is when it is printed here", async (_, order) => {
    const { print } = printerWith({ apartFromBytes: 0 });
    const here = plain(printOrder(copyOf(order)));
    expect(plain(await print(order))).toEqual(here);
  });

  test("many large ones at once are printed in turn, and a small one does not wait for them", async () => {
    const { print } = printerWith();
    const orders = [1_000_000, 3_000_000, 2_000_000].map((size) => attachments(size));
    const here = orders.map((order) => plain(printOrder(copyOf(order))));
    const ended: string[] = [];
    const large = orders.map((order, at) => print(order).finally(() => ended.push(String(at))));
    const small = print(attachments(10)).finally(() => ended.push("small"));
    expect((await Promise.all(large)).map(plain)).toEqual(here);
    await small;
    expect(ended).toEqual(["small", "0", "1", "2"]);
  });

  test("attachments that lie in a larger piece of memory leave the rest of it alone", async () => {
    const { print } = printerWith({ apartFromBytes: 0 });
    const piece = Buffer.from("before and behind");
    const order = attachments(1);
    if (order.told.kind !== "attachments" || object === undefined) throw new Error("no attachments");
    const objects = [{ ...object, sizeBytes: 3, bytes: piece.subarray(7, 10) }];
    await print({ ...order, told: { ...order.told, letter: { ...order.told.letter, objects } } });
    expect(piece.toString()).toBe("before and behind");
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
    await expect(print(attachments(600_000))).rejects.toThrow(message);
    expect((await print(attachments(3))).losses).toEqual([]);
  });
});

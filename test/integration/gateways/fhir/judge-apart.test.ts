import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import { defaultDocumentLimits } from "../../../../contracts/codes/document-limits.ts";
import { printFhir } from "../../../../gateways/fhir/codec/model/print-fhir.ts";
import { createJudge, type Judge, type JudgeOptions } from "../../../../gateways/fhir/judge-apart.ts";
import { type JudgedMessage, judgeMessage } from "../../../../gateways/fhir/judge-message.ts";
import { careCommunication } from "../../../support/fhir-bundles.ts";
import { keptProgram } from "../../../support/thread-programs.ts";

const limits = defaultDocumentLimits;
let judging: Judge | undefined;
const judgeWith = (options: Partial<JudgeOptions> = {}): Judge => {
  judging = createJudge({ limits, ...options });
  return judging;
};
afterEach(async () => {
  await judging?.stop();
});

/** Attachments come back as bytes of another class; what they are is the same. */
const plain = (judged: JudgedMessage): unknown => ({
  ...judged,
  typed: judged.typed && {
    ...judged.typed,
    contents: [...judged.typed.contents].map(([id, bytes]) => [id, Buffer.from(bytes).toString("base64")]),
  },
});

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

const own = "contracts/examples/fhir/";
const names = ["acknowledgement-ok", "care-communication", "home-care-observation", "hospital-notification"];
const examples = names.flatMap((name) => ["xml", "json"].map((format) => `${name}.${format}`));
const attached = (...sizes: number[]) =>
  sizes.map((size, at) => ({ title: `Bilag ${String(at)}`, bytes: randomBytes(size) }));
const large = (): Uint8Array =>
  printFhir(careCommunication({ texts: [{ text: "Kære kollega. ".repeat(10_000) }] }), "xml");

describe("messages that are read apart", () => {
  test.each(examples)("%s is what it is when it is read here", async (name) => {
    const { judge } = judgeWith({ apartFromBytes: 0 });
    const bytes = readFileSync(own + name);
    const here = judgeMessage(bytes, "application/fhir+xml", limits);
    expect(here.typed).toBeDefined();
    expect(plain(await judge(new Uint8Array(bytes), "application/fhir+xml"))).toEqual(plain(here));
  });
  test("attachments come back as they were, in both formats, and many messages at once in turn", async () => {
    const { judge } = judgeWith();
    const attachments = attached(300_000, 500, 9_000_000);
    const bundle = careCommunication({ attachments });
    const judged = await Promise.all(
      (["xml", "json", "xml"] as const).map((format) => judge(printFhir(bundle, format), "")),
    );
    for (const { typed } of judged)
      expect([...(typed?.contents.values() ?? [])].map(sha256)).toEqual(
        attachments.map(({ bytes }) => sha256(bytes)),
      );
  });
  test("bytes that lie in a larger piece of memory leave the rest of it alone", async () => {
    const { judge } = judgeWith();
    const document = large();
    const piece = Buffer.concat([Buffer.from("before"), document, Buffer.from("behind")]);
    expect((await judge(piece.subarray(6, 6 + document.length), "")).kind).toBe("CareCommunication");
    expect(piece.subarray(0, 6).toString() + piece.subarray(-6).toString()).toBe("beforebehind");
  });
  test("the limits are those that were given", async () => {
    const { judge } = judgeWith({ limits: { ...limits, maxElements: 100 } });
    const judged = await judge(large(), "");
    expect(judged.problems.at(-1)?.code).toBe("document-too-deep");
  });
});

describe("a thread that fails", () => {
  test.each([
    ["never ends", { program: keptProgram("while (true);"), timeLimitMs: () => 100 }],
    [
      "takes too much memory",
      { program: keptProgram("const all = []; while (true) all.push([all.length]);") },
    ],
  ])(
    "because it %s is ended, its message refused, and small ones are read all the same",
    async (_, options) => {
      const { judge } = judgeWith(options);
      const slow = judge(large(), "");
      expect((await judge(readFileSync(`${own}care-communication.xml`), "")).kind).toBe("CareCommunication");
      expect(await slow).toMatchObject({ unread: true, problems: [{ code: "document-too-costly" }] });
    },
  );
  test("by a defect is told to whoever asked, and the next message gets a new one", async () => {
    const { judge } = judgeWith({ program: keptProgram("throw new TypeError('a defect')") });
    await expect(judge(large(), "")).rejects.toThrow("a defect");
    await expect(judge(large(), "")).rejects.toThrow("a defect");
  });
  test("to start is a fault: the message is read again later", async () => {
    const { judge } = judgeWith({ program: new URL("file:///no/such/program.js") });
    await expect(judge(large(), "")).rejects.toMatchObject({ code: "service-unavailable", fate: "retry" });
  });
});

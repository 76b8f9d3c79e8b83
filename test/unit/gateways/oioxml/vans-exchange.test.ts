import { beforeEach, describe, expect, test } from "vitest";
import type { ExchangeVerdict } from "../../../../gateways/envelopes/exchange.ts";
import { parseDocument } from "../../../../gateways/oioxml/codec/parse-document.ts";
import { envelopeOf, judgeExchange } from "../../../../gateways/oioxml/vans-exchange.ts";
import { changed, latin1, textOf } from "../../../support/oioxml-builders.ts";
import { example } from "../../../support/oioxml-samples.ts";

describe("judging an envelope by what was noted before", () => {
  let notes: Map<string, string>;
  beforeEach(() => {
    notes = new Map();
  });
  const noteOnce = (key: string, value: string) => {
    const before = notes.get(key);
    if (before === undefined) notes.set(key, value);
    return Promise.resolve({ kept: before ?? value, first: before === undefined });
  };
  const vansExample = example("vans-xdis91-question");
  const [envelopeId, messageId] = [
    "1b5e7a90-3c2d-4f68-9e01-2a3b4c5d6e7f",
    /<MetaInformation>\s*<Identifier>([^<]+)/.exec(textOf(vansExample))?.[1] ?? "",
  ];
  const otherId = "00000000-0000-4000-8000-000000000001";
  const judge = (bytes: Uint8Array, sender = "5790000100019"): Promise<ExchangeVerdict> => {
    const document = parseDocument(bytes);
    if (document.kind === "vansReceipt") throw new Error("no document");
    const enveloped = envelopeOf(document);
    if (enveloped === undefined) throw new Error("no envelope");
    return judgeExchange({ noteOnce }, { sender }, { enveloped, document });
  };
  const inEnvelope = (id: string) => changed(vansExample, envelopeId, id);
  const asMessage = (id: string) => changed(vansExample, messageId, id);

  test("the same document again is answered again", async () => {
    expect(await judge(vansExample)).toBe("process");
    expect(await judge(vansExample)).toBe("answer-again");
  });
  test("the same message in a new envelope is answered again, however its identifier is spelled", async () => {
    await judge(vansExample);
    expect(await judge(inEnvelope(otherId))).toBe("answer-again");
    expect(await judge(changed(inEnvelope(otherId), messageId, messageId.toUpperCase()))).toBe(
      "answer-again",
    );
  });
  test("another message in an envelope that was used is an error, and may come in one of its own", async () => {
    await judge(vansExample);
    expect(await judge(asMessage(otherId))).toBe("envelope-reused");
    const own = changed(asMessage(otherId), envelopeId, "00000000-0000-4000-8000-000000000002");
    expect(await judge(own)).toBe("process");
  });
  test("other letters under a message's identifier are an error", async () => {
    await judge(vansExample);
    const data = /<Data>([^<]*)/.exec(textOf(vansExample))?.[1] ?? "";
    const inner = Buffer.from(data, "base64").toString("latin1");
    const other = inner.replace("AAPBREV0000001", "AAPBREV0000002");
    expect(other).not.toBe(inner);
    const encoded = Buffer.from(other, "latin1").toString("base64");
    const bytes = latin1(textOf(inEnvelope(otherId)).replace(/<Data>[^<]*/, `<Data>${encoded}`));
    expect(await judge(bytes)).toBe("content-differs");
  });
  test("senders are kept apart", async () => {
    await judge(vansExample);
    expect(await judge(asMessage(otherId), "5790000200016")).toBe("process");
  });
});

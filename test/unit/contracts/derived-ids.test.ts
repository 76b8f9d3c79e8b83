import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  caseOfDelivery,
  deliveryIdOf,
  envelopeIdOf,
  plainUuid,
  shardOf,
  shards,
  shortId,
} from "../../../contracts/derived-ids.ts";

const caseId = "5f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c90";
const uuidOf = (n: number) => `5f0b3c1e-6f0a-5d1f-9f55-${n.toString(16).padStart(12, "0")}`;

describe("derived ids", () => {
  // Subjects on disk and numbers on printed letters carry these: a change here loses cases and receipts.
  it.each([
    ["", "11", "IIC5NR6NSEQ8PV"],
    ["a", "51", "CQ7QR4D6IGD728"],
    [caseId, "55", "LDJ93CNGAJLAD6"],
    ["00000000-0000-0000-0000-000000000000", "24", "CNAMW5C4EWWHEI"],
    ["æøå", "31", "2VCRJIIOHAOB0X"],
    ["01J0000000000000000000000", "20", "C8F84DFAN7O5SW"],
  ])("of %j never change", (text, shard, short) => {
    expect(shardOf(text)).toBe(shard);
    expect(shortId(text)).toBe(short);
  });

  it("of an envelope never change", () => {
    expect(envelopeIdOf(`${caseId}.1.0`)).toBe("0VIFNOJ34X0VK6");
  });
});

describe("shards", () => {
  it("are 64, written with two digits", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(shardOf(text)).toMatch(/^[0-5]\d$|^6[0-3]$/);
      }),
    );
    expect(shards).toBe(64);
  });

  it("hold much the same number of cases each, also of cases numbered one after the other", () => {
    const counts = new Map<string, number>();
    for (let i = 0; i < 64_000; i++) {
      const shard = shardOf(uuidOf(i));
      counts.set(shard, (counts.get(shard) ?? 0) + 1);
    }
    expect(counts.size).toBe(64);
    // 1000 each, give or take five standard deviations.
    expect(Math.min(...counts.values())).toBeGreaterThan(840);
    expect(Math.max(...counts.values())).toBeLessThan(1160);
  });
});

describe("short ids", () => {
  it("of two hundred thousand deliveries are all different", () => {
    const ids = new Set(
      Array.from({ length: 200_000 }, (_, i) => envelopeIdOf(deliveryIdOf(uuidOf(i), 1, 0))),
    );
    expect(ids.size).toBe(200_000);
  });

  it("are fourteen letters and digits, as MedCom allows", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(shortId(text)).toMatch(/^[0-9A-Z]{14}$/);
      }),
    );
  });
});

describe("delivery ids", () => {
  it("name their case and record", () => {
    expect(caseOfDelivery(deliveryIdOf(caseId, 12, 3))).toEqual({ caseId, recordNo: 12 });
  });

  it.each(["", caseId, `${caseId}.1`, `${caseId}.1.0.0`, `${caseId}.x.0`, "x.1.0"])(
    "are not like %j",
    (text) => {
      expect(caseOfDelivery(text)).toBeUndefined();
    },
  );
});

describe("a plain UUID", () => {
  it("is the same however a message wrote it", () => {
    const plain = caseId.replaceAll("-", "");
    expect([caseId, caseId.toUpperCase(), plain, plain.toUpperCase()].map(plainUuid)).toEqual(
      Array.from({ length: 4 }, () => plain),
    );
  });
});

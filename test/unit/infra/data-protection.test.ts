import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { auditStream } from "../../../infra/nats/audit-log.ts";
import { answerStreams, intakeStreams, journalStreams } from "../../../infra/nats/streams.ts";
import { indexPrefixes } from "../../../infra/redis/index-names.ts";

const page = readFileSync("infra/security/DATA-PROTECTION.md", "utf8");
const layout = { streams: 1, replicas: 1 };

/** Names of buckets as the adapters spell them. */
const buckets = readdirSync("infra", { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .flatMap((file) => [
    ...readFileSync(`infra/${file}`, "utf8").matchAll(/const bucket = "(\w+)"|Kvm\(js\)\.create\("(\w+)"/g),
  ])
  .map(([, one, other]) => one ?? other ?? "");

describe("the page for a data-protection officer", () => {
  test("lists every stream that the hub makes", () => {
    const streams = [
      ...journalStreams(layout),
      ...intakeStreams(layout),
      ...answerStreams(layout, 1),
      auditStream(1, 1),
    ].map(({ name }) => name.replace(/_\d+$/, "_*"));
    expect(streams).toHaveLength(4);
    expect(streams.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  test("lists every bucket and every prefix of Redis", () => {
    expect(buckets.length).toBeGreaterThan(7);
    expect(buckets.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
    expect(Object.values(indexPrefixes).filter((prefix) => !page.includes(`\`${prefix}\``))).toEqual([]);
  });
});

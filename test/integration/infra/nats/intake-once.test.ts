import { expect, test } from "vitest";
import { intakeIdFor, newId, sha256 } from "../../../../infra/ids.ts";
import type { Arrived } from "../../../../infra/nats/intake-document.ts";
import { readIntake } from "../../../support/journal-audit.ts";
import { startTestHub } from "../../../support/test-platform.ts";

const arrived = (bytes: Uint8Array, receivedAt: string): Arrived => ({
  bytes,
  mediaType: "application/xml",
  standard: "oioxml",
  sender: "5790000100019",
  speaksFor: ["5790000100019"],
  transport: "folder",
  receivedAt,
});

test("a document is kept once under its id, from however many at once, and the first is what is kept", async () => {
  await using hub = await startTestHub();
  const { intake } = hub.platform;
  const id = newId();
  const bytes = Buffer.from("<Emessage/>");
  const first = await intake.appendOnce(id, arrived(bytes, "2026-11-26T08:00:00.000Z"));
  const again = await Promise.all(
    Array.from({ length: 20 }, () => intake.appendOnce(id, arrived(bytes, "2026-11-26T09:00:00.000Z"))),
  );
  expect([first, ...new Set(again)]).toEqual(["new", "known"]);
  expect(await readIntake(hub.nats.url)).toHaveLength(1);
  expect((await intake.original(id))?.receivedAt).toBe("2026-11-26T08:00:00.000Z");
});

test("of twenty that come at the same moment one is new", async () => {
  await using hub = await startTestHub();
  const id = newId();
  const large = Buffer.alloc(700 * 1024, 0x20);
  const said = await Promise.all(
    Array.from({ length: 20 }, () =>
      hub.platform.intake.appendOnce(id, arrived(large, "2026-11-26T08:00:00.000Z")),
    ),
  );
  expect(said.filter((word) => word === "new")).toHaveLength(1);
  expect((await hub.platform.intake.original(id))?.bytes).toHaveLength(large.length);
});

test("the id of a document is made of who sent it and what it is, and of nothing else", () => {
  const digest = sha256("<Emessage/>");
  expect(intakeIdFor("5790000100019", digest)).toBe(intakeIdFor("5790000100019", digest));
  expect(intakeIdFor("5790000200016", digest)).not.toBe(intakeIdFor("5790000100019", digest));
  expect(intakeIdFor("5790000100019", sha256("<Emessage />"))).not.toBe(intakeIdFor("5790000100019", digest));
});

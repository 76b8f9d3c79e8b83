import { expect, test } from "vitest";
import { checkDurability, UnsafeServer } from "../../../../gateways/cli/check-durability.ts";
import { startNatsServer } from "../../../support/nats-server.ts";

const away = "http://127.0.0.1:1";

test("every server of a cluster that answers must keep what it acknowledges", async () => {
  await using safe = await startNatsServer();
  await using careless = await startNatsServer({ syncAlways: false });
  const [one, other] = [safe.monitorUrl, careless.monitorUrl];
  expect(await checkDurability([one, one].join(","), false)).toBe("safe");
  await expect(checkDurability([one, other].join(","), false)).rejects.toBeInstanceOf(UnsafeServer);
  expect(await checkDurability([one, other].join(","), true)).toBe("unsafe");
});

test("one of three that is away is no reason not to start, two are", async () => {
  await using safe = await startNatsServer();
  expect(await checkDurability([safe.monitorUrl, safe.monitorUrl, away].join(","), false)).toBe("safe");
  const two = checkDurability([safe.monitorUrl, away, away].join(","), false);
  await expect(two).rejects.toMatchObject({ code: "journal-unavailable" });
});

test("a server that nobody can ask is not safe", async () => {
  await expect(checkDurability(undefined, false)).rejects.toBeInstanceOf(UnsafeServer);
});

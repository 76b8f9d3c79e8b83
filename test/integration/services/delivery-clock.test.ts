import { afterEach, expect, test, vi } from "vitest";
import { eventually } from "../../support/eventually.ts";
import { glnFrom, pushedDepartment, startPushHub } from "../../support/push-hub.ts";
import { startReceiver } from "../../support/push-receiver.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

test("a receiver that went away while the clock stood two hours ahead is brought its documents when the clock is set right, not two hours later", async () => {
  await using hub = await startPushHub();
  await using receiver = await startReceiver();
  await receiver.die();
  const trueNow = Date.now;
  vi.spyOn(Date, "now").mockImplementation(() => trueNow() + 7_200_000);
  const gln = glnFrom(901);
  await hub.know(pushedDepartment(gln, { webhook: { url: receiver.url(), timeoutSeconds: 1 } }));
  await hub.ask(gln, 8);
  await hub.until(gln, "it is known to be away", ({ breaker }) => breaker !== "closed");
  vi.restoreAllMocks();
  await receiver.comeBack();
  await eventually(
    () => Promise.resolve(new Set(receiver.got.map(({ id }) => id)).size === 8 ? true : undefined),
    "the eight documents",
    30_000,
  );
  expect(await hub.until(gln, "all is settled", ({ waiting }) => waiting === 0)).toMatchObject({
    breaker: "closed",
  });
}, 90_000);

import { expect, test } from "vitest";
import { Organisation } from "../../../contracts/messages/directory.ts";
import { describeBoth } from "../../support/both-platforms.ts";

const unit = (gln: string, name: string): Organisation =>
  Organisation.parse({
    gln,
    kind: "practice",
    name,
    phone: "90000001",
    channels: [{ standard: "json", transport: "inbox", accepts: ["*"], sendsReceipts: true }],
    validFrom: "2020-01-01",
  });

const changed = (organisations: Organisation[]) => ({
  changedBy: "operator",
  changedAt: "2026-11-23T09:15:00.000Z",
  organisations,
  registrations: [],
});

describeBoth("what is kept beside the streams", (within) => {
  test("a change of the directory is seen as a whole, and who changed what is kept", async () => {
    const result = await within(async ({ directory }) => {
      await directory.change(changed([unit("5790000100019", "Før"), unit("5790000100026", "Anden")]));
      await directory.change(changed([unit("5790000100019", "Efter")]));
      await directory.settled();
      const history = await directory.history("5790000100019");
      return [directory.all().map(({ name }) => name), history.map(({ organisation }) => organisation.name)];
    });
    expect(result).toEqual([
      ["Efter", "Anden"],
      ["Efter", "Før"],
    ]);
  });

  test("bytes are kept once under their digest, and read back", async () => {
    const result = await within(async ({ objects }) => {
      const bytes = Buffer.from("x".repeat(300_000));
      const [one, two] = [await objects.put(bytes), await objects.put(bytes)];
      const found = await objects.get(one.digest);
      return [one.digest === two.digest, found?.length, await objects.stat("sha256-none")];
    });
    expect(result).toEqual([true, 300_000, undefined]);
  });

  test("a position that was never noted is the beginning", async () => {
    expect(await within(({ positions }) => positions.read("port-suite"))).toBe(0);
  });
});

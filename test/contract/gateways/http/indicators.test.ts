import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { Indicators } from "../../../../contracts/messages/indicators.ts";
import { as, createTestServer, gln } from "../../../support/http-ports.ts";

const example = JSON.parse(readFileSync("contracts/examples/indicators/valid/month.json", "utf8")) as {
  message: unknown;
};
const found = Indicators.parse(example.message);
const ask = async (caller: Parameters<typeof as>[0], path: string, headers: Record<string, string> = {}) => {
  const { server, hub } = createTestServer();
  hub.next.query = () => ({ status: "ok", value: found });
  const response = await server.inject({
    method: "GET",
    url: `/v1/indicators${path}`,
    headers: { ...as(caller), ...headers },
  });
  return { response, hub };
};

test("a month is asked for as its organisation, and answered as it was counted", async () => {
  const { response, hub } = await ask("unit", "?month=2026-10&groupBy=agreement,organisation&family=advice");
  expect(response.statusCode).toBe(200);
  expect(response.json()).toEqual(found);
  expect(hub.queries).toEqual([
    {
      type: "agreement.indicators",
      viewer: gln.unit,
      payload: { from: "2026-10", to: "2026-10", groupBy: ["agreement", "organisation"], family: "advice" },
    },
  ]);
});

test("an operator asks for everybody, or with a unit for that unit", async () => {
  expect((await ask("operator", "?month=2026-10")).hub.queries[0]?.viewer).toBe("operator");
  expect((await ask("operator", `?month=2026-10&for=${gln.unit}`)).hub.queries[0]?.viewer).toBe(gln.unit);
});

test("an organisation asks for no other's", async () => {
  const { response, hub } = await ask("unit", `?month=2026-10&for=${gln.hospital}`);
  expect([response.statusCode, hub.queries]).toEqual([403, []]);
});

test("a period that is none, or an unknown dimension, is told with its place", async () => {
  const backwards = await ask("unit", "?from=2026-10&to=2026-09");
  expect(backwards.response.statusCode).toBe(400);
  expect(backwards.response.json()).toMatchObject({ problems: [{ path: "to", code: "period-order" }] });
  expect((await ask("unit", "")).response.statusCode).toBe(400);
  expect((await ask("unit", "?month=2026-10&groupBy=citizen")).response.statusCode).toBe(400);
});

test("the same is a table for a spreadsheet, by its address or by what is accepted", async () => {
  const { response } = await ask("unit", ".csv?month=2026-10&language=da");
  expect(response.headers["content-type"]).toBe("text/csv; charset=utf-8");
  expect(response.headers["content-disposition"]).toBe(
    'attachment; filename="indicators-2026-10-2026-10-clocks.csv"',
  );
  expect(response.body).toContain(";92,5;");
  const accepted = await ask("unit", "?month=2026-10", { accept: "text/csv" });
  expect(accepted.response.body).toContain(",92.5,");
  const figures = await ask("unit", ".csv?month=2026-10&part=figures");
  expect(figures.response.body).toContain("referrals-returned,Referrals returned,5790000200016");
});

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ExplainedClock } from "../../../../contracts/messages/explained-clock.ts";
import { as, createTestServer, gln } from "../../../support/http-ports.ts";

const example = JSON.parse(readFileSync("contracts/examples/clocks/valid/explained-clock.json", "utf8")) as {
  message: unknown;
};
const value = ExplainedClock.parse(example.message);

const ask = async (headers: Record<string, string> = {}, reply: unknown = { status: "ok", value }) => {
  const { server, hub } = createTestServer();
  hub.next.query = () => reply as ReturnType<NonNullable<typeof hub.next.query>>;
  const url = `/v1/cases/${value.caseId}/clocks/${value.clockId}`;
  const response = await server.inject({ method: "GET", url, headers: { ...as("unit"), ...headers } });
  return { response, hub };
};

test("a clock is told with its data and its words, in Danish unless English is asked for", async () => {
  const { response, hub } = await ask();
  expect(response.statusCode).toBe(200);
  expect(response.json()).toEqual(value);
  const { caseId, clockId } = value;
  const asked = { type: "agreement.explainClock", viewer: gln.unit };
  expect(hub.queries).toEqual([{ ...asked, payload: { caseId, clockId, language: "da" } }]);
  const english = await ask({ "accept-language": "en" });
  expect(english.hub.queries[0]?.payload).toMatchObject({ language: "en" });
  expect(english.response.headers["content-language"]).toBe("en");
});

test("as plain text it is its words alone", async () => {
  const { response } = await ask({ accept: "text/plain" });
  expect(response.headers["content-type"]).toBe("text/plain; charset=utf-8");
  expect(response.body).toBe(`${value.words.join("\n")}\n`);
});

test("a clock that there is not is not found, and so is a case that is no case", async () => {
  const { response } = await ask({}, { status: "refused", code: "clock-unknown" });
  expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([404, "clock-unknown"]);
  const { server } = createTestServer();
  const other = await server.inject({ method: "GET", url: "/v1/cases/M-1/clocks/X.1", headers: as("unit") });
  expect(other.json<{ code: string }>().code).toBe("case-unknown");
});

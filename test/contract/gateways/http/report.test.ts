import { expect, test } from "vitest";
import type { QueryReply } from "../../../../contracts/envelope.ts";
import { reportNames, reportQuestions } from "../../../../gateways/http/pages/report/answers.ts";
import { createServer } from "../../../../gateways/http/server.ts";
import { as, createFakeHub, gln, testOptions } from "../../../support/http-ports.ts";
import { madeUpAnswers } from "../../../support/report-answers.ts";

type Asked = { type: string; viewer: string; payload: unknown };

const ask = async (
  caller: Parameters<typeof as>[0],
  address: string,
  { headers = {}, answer }: { headers?: Record<string, string>; answer?: QueryReply<unknown> } = {},
) => {
  const hub = createFakeHub();
  const asked: Asked[] = [];
  const answers = madeUpAnswers();
  const query = (type: string, viewer: string, payload: unknown): Promise<QueryReply<unknown>> => {
    asked.push({ type, viewer, payload });
    const name = reportNames[(asked.length - 1) % reportNames.length] ?? "month";
    return Promise.resolve(answer ?? { status: "ok", value: answers[name] });
  };
  const server = createServer({ ...hub.ports, query }, testOptions);
  const url = `/v1/indicators/report${address}`;
  const response = await server.inject({ method: "GET", url, headers: { ...as(caller), ...headers } });
  await server.close();
  return { response, asked };
};

test("the report of a month is a page of HTML, in Danish unless another language is asked for", async () => {
  const { response, asked } = await ask("operator", "?month=2026-10");
  expect(response.statusCode).toBe(200);
  expect(response.headers).toMatchObject({
    "content-type": "text/html; charset=utf-8",
    "content-language": "da",
    "cache-control": "no-store",
  });
  expect(response.headers["content-security-policy"]).toContain("default-src 'none'");
  expect(response.body).toContain("oktober 2026");
  const questions = reportQuestions("2026-10", undefined);
  expect(asked).toEqual(
    reportNames.map((name) => ({
      type: "agreement.indicators",
      viewer: "operator",
      payload: questions[name],
    })),
  );

  const english = await ask("operator", "?month=2026-10&language=en");
  expect(english.response.headers["content-language"]).toBe("en");
  expect(english.response.body).toContain("October 2026");
  const byHeader = await ask("operator", "?month=2026-10", { headers: { "accept-language": "en" } });
  expect(byHeader.response.body).toContain("October 2026");
});

test("an organisation asks as itself, and the report says whom it is about", async () => {
  const { response, asked } = await ask("practice", "?month=2026-10");
  expect(new Set(asked.map(({ viewer }) => viewer))).toEqual(new Set([gln.practice]));
  expect(response.body).toContain("kun frister, som denne part er en del af");
});

test("an operator may ask for one organisation", async () => {
  const { asked } = await ask("operator", `?month=2026-10&organisation=${gln.hospital}`);
  for (const { payload } of asked) expect(payload).toMatchObject({ organisation: gln.hospital });
});

test("without a month it is the one before this", async () => {
  const { asked } = await ask("operator", "");
  expect(asked[0]?.payload).toMatchObject({ from: "2026-10", to: "2026-10" });
});

test("what is no month, and an organisation that asks for another, are refused", async () => {
  expect((await ask("operator", "?month=2026-13")).response.statusCode).toBe(400);
  expect((await ask("practice", `?month=2026-10&for=${gln.hospital}`)).response.statusCode).toBe(403);
});

test("where the figures cannot be told now, there is no half report", async () => {
  const answer: QueryReply<unknown> = { status: "refused", code: "index-unavailable" };
  const { response } = await ask("operator", "?month=2026-10", { answer });
  expect(response.statusCode).toBe(503);
  expect(response.json()).toMatchObject({ code: "index-unavailable" });
});

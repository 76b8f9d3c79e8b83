import { describe, expect, it } from "vitest";
import { broughtAlong, isAwake, resultOf, retryAfterMsOf } from "../../../../../gateways/push/core/answer.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const answer = (status: number, rest: object = {}) => ({ status, body: new Uint8Array(), ...rest });
const now = Date.parse("2026-11-23T09:15:00.000Z");

describe("an answer of a receiver", () => {
  it.each([200, 201, 202, 204, 299])("of %i is a yes", (status) => {
    expect(resultOf(answer(status), now)).toEqual({ result: "taken" });
  });

  it.each([400, 406, 409, 413, 415, 422])("of %i refuses the document for good", (status) => {
    expect(resultOf(answer(status), now)).toEqual({ result: "refused", code: `http-${String(status)}` });
  });

  it.each([301, 307, 401, 403, 404, 405, 408, 410, 421, 425, 451, 500, 502, 504, 100])(
    "of %i is about the receiver, so the document is tried again",
    (status) => {
      expect(resultOf(answer(status), now)).toEqual({ result: "failed", code: `http-${String(status)}` });
    },
  );

  it.each([429, 503])("of %i is not now, and may say when", (status) => {
    expect(resultOf(answer(status), now)).toEqual({ result: "busy", code: `http-${String(status)}` });
    expect(resultOf(answer(status, { retryAfter: "7" }), now)).toMatchObject({ retryAfterMs: 7_000 });
  });

  it("says when in seconds or as a date; a date that is past is now, and what is neither is nothing", () => {
    expect(retryAfterMsOf("Mon, 23 Nov 2026 09:15:30 GMT", now)).toBe(30_000);
    expect(retryAfterMsOf("Mon, 23 Nov 2026 09:00:00 GMT", now)).toBe(0);
    expect(["soon", "-1s", undefined].map((text) => retryAfterMsOf(text, now))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("gives its reason in its own words, cut to what people read", () => {
    const said = (mediaType: string, body: string) =>
      resultOf(answer(422, { mediaType, body: bytes(body) }), now).text;
    expect(said("text/plain; charset=utf-8", "Ukendt\nafdeling")).toBe("Ukendt afdeling");
    expect(said("application/problem+json", '{"title":"T","detail":"Ukendt afdeling"}')).toBe(
      "Ukendt afdeling",
    );
    expect(said("text/html", "<h1>nej</h1>")).toBeUndefined();
    expect(said("application/json", "[1]")).toBeUndefined();
    expect(said("text/plain", "x".repeat(999))).toHaveLength(350);
  });

  it("to a knock says that it is awake unless it is a fault or a plea for time", () => {
    expect([200, 401, 404, 405].every(isAwake)).toBe(true);
    expect([429, 500, 503].some(isAwake)).toBe(false);
  });
});

describe("a yes", () => {
  it("brings a receipt along when that is a document of the standard", () => {
    const body = bytes("<Emessage/>");
    const mediaType = "application/xml; charset=utf-8";
    expect(broughtAlong(answer(200, { mediaType, body }), "oioxml")).toEqual({
      receipt: { mediaType, bytes: body },
    });
    expect(broughtAlong(answer(200, { mediaType, body }), "fhir")).toBeUndefined();
    expect(broughtAlong(answer(200, { mediaType: "application/fhir+json", body }), "fhir")).toBeDefined();
  });

  it("settles the document when it says what the inbox would be told", () => {
    const json = (value: unknown) =>
      broughtAlong(
        answer(200, { mediaType: "application/json", body: bytes(JSON.stringify(value)) }),
        "oioxml",
      );
    expect(json({ outcome: "negative", code: "E1", text: "Nej" })).toEqual({
      settled: { outcome: "negative", code: "E1", text: "Nej" },
    });
    expect(json({ ok: true })).toBeUndefined();
    expect(json("positive")).toBeUndefined();
  });

  it("brings nothing along when it has no body, and a no never does", () => {
    expect(broughtAlong(answer(204, { mediaType: "application/xml" }), "oioxml")).toBeUndefined();
    expect(
      broughtAlong(answer(500, { mediaType: "application/xml", body: bytes("<x/>") }), "oioxml"),
    ).toBeUndefined();
  });
});

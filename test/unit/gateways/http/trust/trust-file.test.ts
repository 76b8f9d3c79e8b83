import { expect, test } from "vitest";
import { TrustUnusable, trustIn } from "../../../../../gateways/http/trust/trust-file.ts";

const problemsOf = (value: unknown): string => {
  try {
    trustIn("trust.json", typeof value === "string" ? value : JSON.stringify(value));
  } catch (error) {
    if (error instanceof TrustUnusable) return error.message;
    throw error;
  }
  return "";
};

test("every problem is told at once, with its place and without its value", () => {
  const said = problemsOf({
    issuers: [
      { issuer: "https://idp.example.dk", algorithms: ["HS256"], secret: "hunter2" },
      { issuer: "https://idp.example.dk", jwksUri: "http://idp.example.dk/keys" },
      { issuer: "urn:region", maxAgeSeconds: 1 },
    ],
    certificates: [{ gln: "5790000100019" }, { gln: "5790000100019", thumbprint: "12" }],
  });
  for (const place of [
    "issuers.0.algorithms.0",
    "issuers.0",
    "issuers.1.jwksUri",
    "issuers.2.maxAgeSeconds",
    "certificates.0",
    "certificates.1.thumbprint",
  ])
    expect(said).toContain(place);
  expect(said).not.toContain("hunter2");
});

test.each([
  [{ issuer: "urn:region" }, "https"],
  [{ issuer: "http://idp.example.dk" }, "https"],
  [{ issuer: "urn:region", jwksFile: "a", jwksUri: "https://idp.example.dk/k" }, "one place"],
])("an issuer whose keys cannot be found safely is refused: %j", (issuer, said) => {
  expect(problemsOf({ issuers: [issuer] })).toContain(said);
});

test("what is no JSON is told as such", () => {
  expect(problemsOf("{")).toContain("It is not JSON.");
});

test("a file may say little", () => {
  expect(trustIn("trust.json", "{}")).toEqual({
    issuers: [],
    certificates: [],
    revoked: { tokens: [], clients: [], glns: [], certificates: [] },
  });
});

import { expect, test } from "vitest";
import { type ClaimRules, ownRules, readClaims } from "../../../../../gateways/http/trust/claims.ts";
import { TrustFile } from "../../../../../gateways/http/trust/trust-file.ts";

const gln = "5790000100019";
const other = "5790000200016";
const exp = 1_795_000_000;
const rulesOf = (entry: object = {}): ClaimRules => {
  const [first] = TrustFile.parse({ issuers: [{ issuer: "https://idp.example.dk", ...entry }] }).issuers;
  if (first === undefined) throw new Error("no issuer");
  return { ...first, mayLackRole: true };
};
const read = (payload: object, entry?: object) =>
  readClaims({ sub: gln, exp, iat: exp - 600, ...payload }, rulesOf(entry));

test("which claim holds the GLN is configuration", () => {
  expect(read({ sub: "client-7", ean: gln }, { claims: { gln: "ean" } })?.caller).toEqual({
    gln,
    role: "organisation",
  });
  expect(read({ sub: gln }, { claims: { gln: "ean" } })).toBeUndefined();
});

test("a client that is listed is who the list says, whatever its token says; one that is not is nobody", () => {
  const entry = { clients: { "gp-7": gln } };
  expect(read({ sub: other, client_id: "gp-7" }, entry)?.caller.gln).toBe(gln);
  expect(read({ sub: gln, client_id: "gp-8" }, entry)).toBeUndefined();
});

test("an issuer speaks only for the organisations that it may speak for", () => {
  expect(read({}, { glns: [gln] })?.caller.gln).toBe(gln);
  expect(read({ sub: other }, { glns: [gln] })).toBeUndefined();
});

test("nobody runs the hub by the word of an issuer that may not say so", () => {
  expect(read({ role: "operator" })).toBeUndefined();
  expect(read({ role: "operator" }, { operators: true })?.caller.role).toBe("operator");
  expect(read({ role: "administrator" })).toBeUndefined();
});

test.each(["operator", "Operator", "hub"])(
  "a subject called %s is nobody: the hub calls its own so",
  (sub) => {
    expect(read({ sub })).toBeUndefined();
    expect(readClaims({ sub, exp, role: "organisation" }, ownRules)).toBeUndefined();
  },
);

test("who runs the hub may be called so, and by no other name of the hub's", () => {
  const said = (sub: string) => readClaims({ sub, exp, role: "operator" }, ownRules)?.caller.gln;
  expect(said("operator")).toBe("operator");
  expect(said("Operator")).toBeUndefined();
  expect(said("hub")).toBeUndefined();
});

test.each(["nonce", "at_hash", "c_hash"])("an ID token (%s) is no access token", (claim) => {
  expect(read({ [claim]: "x" })).toBeUndefined();
});

test("a token counts until it expires or is too old, whichever comes first", () => {
  const until = (payload: object) => Date.parse(read(payload, { maxAgeSeconds: 900 })?.until ?? "") / 1000;
  expect(until({ iat: exp - 600 })).toBe(exp + 30);
  expect(until({ iat: exp - 28_800 })).toBe(exp - 28_800 + 900 + 30);
});

test("a token that is bound says to which certificate, and one that must be and is not is none", () => {
  const x5t = Buffer.from("ab".repeat(32), "hex").toString("base64url");
  expect(read({ cnf: { "x5t#S256": x5t } })?.boundTo).toBe("ab".repeat(32));
  expect(read({}, { requireCertificate: true })).toBeUndefined();
  // Bound to a key that cannot be proven here.
  expect(read({ cnf: { jkt: "x" } })).toBeUndefined();
});

import { expect, test } from "vitest";
import type { ClientCertificate } from "../../../../../gateways/http/ports.ts";
import { callerBy } from "../../../../../gateways/http/trust/certificate.ts";
import { TrustFile } from "../../../../../gateways/http/trust/trust-file.ts";

const gln = "5790000100019";
const other = "5790000200016";
const thumbprint = "ab".repeat(32);
const shown: ClientCertificate = {
  thumbprint,
  subject: "C=DK, O=Fjordby Lægehus, CN=edi",
  sans: ["DNS:edi.fjordby.example", "URI:urn:gln:5790000100019"],
};
const by = (certificates: object[], revoked: object = {}) =>
  callerBy(shown, TrustFile.parse({ certificates, revoked }));

test.each([
  { thumbprint: `${"AB:".repeat(31)}AB` },
  { san: "DNS:edi.fjordby.example" },
  { san: "URI:urn:gln:5790000100019" },
  { subject: "C=DK, O=Fjordby Lægehus, CN=edi" },
])("a certificate is an organisation's by %j", (named) => {
  expect(
    by([
      { gln: other, san: "DNS:else.example" },
      { gln, ...named },
    ]),
  ).toEqual({ gln, role: "organisation" });
});

test.each([
  { thumbprint: "ac".repeat(32) },
  { san: "DNS:edi.fjordby.example.evil.example" },
  { san: "DNS:fjordby.example" },
  { subject: "CN=edi" },
  { subject: "C=DK, O=Fjordby Lægehus, CN=edi, OU=x" },
])("it is nobody's by %j: a part of a name is not the name", (named) => {
  expect(by([{ gln, ...named }])).toBeUndefined();
});

test("a certificate that fits two organisations speaks for neither", () => {
  expect(
    by([
      { gln, thumbprint },
      { gln: other, san: "DNS:edi.fjordby.example" },
    ]),
  ).toBeUndefined();
});

test("a certificate, or the organisation that it speaks for, is revoked", () => {
  expect(by([{ gln, thumbprint }], { certificates: [thumbprint] })).toBeUndefined();
  expect(by([{ gln, thumbprint }], { glns: [gln] })).toBeUndefined();
  expect(by([{ gln, thumbprint }], { glns: [other], tokens: ["t"] })).toBeDefined();
});

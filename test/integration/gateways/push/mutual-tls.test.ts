import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeIssuer } from "../../../support/certificates.ts";
import {
  glnFrom,
  keepSecret,
  type PushHub,
  pushedDepartment,
  startPushHub,
} from "../../../support/push-hub.ts";
import { startReceiver } from "../../../support/push-receiver.ts";

const [ours, strangers] = [makeIssuer("Testudsteder"), makeIssuer("En anden udsteder")];
const tls = { ...ours.server(), ca: ours.ca, requestCert: true, rejectUnauthorized: true };

let hub: PushHub;
beforeAll(async () => {
  hub = await startPushHub();
  const keep = (name: string, { cert, key }: { cert: string; key: string }): void => {
    keepSecret(hub, `${name}.crt`, cert);
    keepSecret(hub, `${name}.key`, key);
  };
  keep("hub", ours.client("sektorbro"));
  keep("stranger", strangers.client("sektorbro"));
  keepSecret(hub, "ours.ca", ours.ca);
  keepSecret(hub, "others.ca", strangers.ca);
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

describe("a webhook with mutual TLS", () => {
  test("gets its documents from a hub that shows the certificate that the directory names", async () => {
    await using receiver = await startReceiver(() => 200, tls);
    const gln = glnFrom(301);
    const webhook = { url: receiver.url(), clientCertificate: "hub", trusts: "ours" };
    await hub.know(pushedDepartment(gln, { webhook }));
    await hub.ask(gln, 3);
    await hub.until(
      gln,
      "all came",
      ({ waiting, lastSuccess }) => waiting === 0 && lastSuccess !== undefined,
    );
    expect(receiver.got).toHaveLength(3);
  });

  test.each([
    ["that nobody there trusts", 302, { clientCertificate: "stranger", trusts: "ours" }],
    ["that is not among the secrets", 303, { clientCertificate: "lost", trusts: "ours" }],
    ["for a server that another issuer vouches for", 304, { clientCertificate: "hub", trusts: "others" }],
    ["for a server of no public issuer", 305, { clientCertificate: "hub" }],
  ])("gets nothing by a certificate %s", async (_what, n, names) => {
    await using receiver = await startReceiver(() => 200, tls);
    const gln = glnFrom(n);
    await hub.know(pushedDepartment(gln, { webhook: { url: receiver.url(), ...names } }));
    await hub.ask(gln);
    const { why, waiting } = await hub.until(gln, "why it waits", (one) => one.why !== undefined);
    expect([waiting, receiver.got.length]).toEqual([1, 0]);
    expect(["tls", "secret-missing", "unreachable"]).toContain(why?.code);
  });
});

import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";

/** X.509 certificates of a made-up issuer, written in DER by hand: a test needs no program beside Node for them. */
const der = (tag: number, ...parts: Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  const length =
    body.length < 128
      ? Buffer.of(body.length)
      : body.length < 256
        ? Buffer.of(0x81, body.length)
        : Buffer.of(0x82, body.length >> 8, body.length & 0xff);
  return Buffer.concat([Buffer.of(tag), length, body]);
};
const sequence = (...parts: Uint8Array[]): Buffer => der(0x30, ...parts);
const oid = (...bytes: number[]): Buffer => der(0x06, Buffer.from(bytes));
const utf8 = (text: string): Buffer => der(0x0c, Buffer.from(text));
const time = (date: Date): Buffer =>
  der(0x17, Buffer.from(`${date.toISOString().replace(/[-:T]/g, "").slice(2, 14)}Z`));
const name = (text: string): Buffer => sequence(der(0x31, sequence(oid(0x55, 0x04, 0x03), utf8(text))));
const ecdsaWithSha256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
const yes = der(0x01, Buffer.of(0xff));

const extension = (id: Buffer, value: Buffer, critical = false): Buffer =>
  sequence(id, ...(critical ? [yes] : []), der(0x04, value));
const isIssuer = extension(oid(0x55, 0x1d, 0x13), sequence(yes), true);
/** Of this machine, by its address and by its name: some clients hold a certificate to a name alone. */
const loopbackAddress = extension(
  oid(0x55, 0x1d, 0x11),
  sequence(der(0x82, Buffer.from("localhost")), der(0x87, Buffer.of(127, 0, 0, 1))),
);

const pem = (bytes: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${(bytes.toString("base64").match(/.{1,64}/g) ?? []).join("\n")}\n-----END CERTIFICATE-----\n`;

const pair = (): { publicKey: KeyObject; privateKey: KeyObject } =>
  generateKeyPairSync("ec", { namedCurve: "P-256" });
const keyPem = (key: KeyObject): string => key.export({ type: "pkcs8", format: "pem" }).toString();

type Issuer = { name: string; key: KeyObject };
let serial = 0;

const issue = (
  subject: string,
  publicKey: KeyObject,
  { by, extensions }: { by: Issuer; extensions: Buffer[] },
): string => {
  const toBeSigned = sequence(
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, Buffer.of(++serial)),
    ecdsaWithSha256,
    name(by.name),
    sequence(time(new Date(Date.now() - 3_600_000)), time(new Date(Date.now() + 3_600_000))),
    name(subject),
    publicKey.export({ type: "spki", format: "der" }),
    ...(extensions.length === 0 ? [] : [der(0xa3, sequence(...extensions))]),
  );
  const signature = sign("sha256", toBeSigned, by.key);
  return pem(sequence(toBeSigned, ecdsaWithSha256, der(0x03, Buffer.of(0), signature)));
};

export type CertificateOf = { cert: string; key: string };

/** An issuer that lives for an hour, and who it vouches for. */
export const makeIssuer = (
  commonName: string,
): { ca: string; server: () => CertificateOf; client: (commonName: string) => CertificateOf } => {
  const own = pair();
  const by = { name: commonName, key: own.privateKey };
  const certify = (subject: string, extensions: Buffer[]): CertificateOf => {
    const { publicKey, privateKey } = pair();
    return { cert: issue(subject, publicKey, { by, extensions }), key: keyPem(privateKey) };
  };
  return {
    ca: issue(commonName, own.publicKey, { by, extensions: [isIssuer] }),
    server: () => certify("receiver", [loopbackAddress]),
    client: (subject) => certify(subject, []),
  };
};

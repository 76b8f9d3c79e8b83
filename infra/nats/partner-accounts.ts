import { z } from "zod";
import { Address } from "../../contracts/identifiers.ts";
import type { Organisation } from "../../contracts/messages/directory.ts";
import {
  fromPartnerSubjects,
  partnerInbox,
  partnerSubject,
  toPartnerSubjects,
} from "../../contracts/subjects.ts";

/** The public half of an nkey of a user. */
const Nkey = z.string().regex(/^U[A-Z2-7]{55}$/, "The public key of a user: U and 55 characters.");

/** Whose keys the server is to know: those of the hub, of who watches the server, and of each partner; several while one is changed. */
export const PartnerKeys = z.strictObject({
  hub: z.array(Nkey).min(1),
  system: z.array(Nkey).default([]),
  partners: z.array(z.strictObject({ gln: Address, nkeys: z.array(Nkey).min(1) })).default([]),
});
export type PartnerKeys = z.infer<typeof PartnerKeys>;

/** Files on the server's machine: its certificate and key, and the issuers of clients' certificates. */
export type ServerTls = { cert: string; key: string; ca?: string | undefined };

const channelSubjects = ({ channels }: Organisation): string[] =>
  channels.flatMap((channel) => (channel.transport === "nats" ? (channel.nats?.subject ?? []) : []));

const repeated = (list: readonly string[]): string[] => [
  ...new Set(list.filter((one, i) => list.indexOf(one) !== i)),
];

const isWithin = (subject: string, gln: string): boolean => subject.startsWith(`partner.${gln}.`);

/** Why these keys must not be made a configuration of: somebody would be two, or hear what is another's. */
export const keyProblems = (
  { hub, system, partners }: PartnerKeys,
  organisations: readonly Organisation[] | undefined,
): string[] => {
  const nkeys = [...hub, ...system, ...partners.flatMap((one) => one.nkeys)];
  const glns = partners.map(({ gln }) => gln);
  const known = new Map(organisations?.map((one) => [one.gln, one]));
  const subjects = (organisations ?? []).flatMap((one) =>
    channelSubjects(one).map((subject) => ({ subject, gln: one.gln })),
  );
  return [
    ...repeated(nkeys).map((nkey) => `${nkey} stands twice: a key is one user's.`),
    ...repeated(glns).map((gln) => `${gln} stands twice: name all its keys in one place.`),
    ...glns
      .filter((gln) => organisations !== undefined && !known.has(gln))
      .map((gln) => `${gln} is not in the directory.`),
    ...repeated(subjects.map(({ subject }) => subject)).map(
      (subject) => `${subject} is the subject of several organisations: each would hear what is the others'.`,
    ),
    ...subjects
      .filter(({ subject, gln }) => glns.some((other) => other !== gln && isWithin(subject, other)))
      .map(({ subject, gln }) => `${subject} of ${gln} is among the subjects of another partner.`),
  ];
};

const quoted = (list: readonly string[]): string => list.map((one) => JSON.stringify(one)).join(", ");

/** A user that may publish on its own subjects, hear its own, and answer what it is asked there once: nothing of JetStream. */
const partnerUser = (gln: string, nkey: string, subjects: readonly string[]): string => `      # ${gln}
      { nkey: ${nkey}, permissions: {
          publish: { allow: [${quoted([fromPartnerSubjects(gln)])}] }
          subscribe: { allow: [${quoted([...new Set([toPartnerSubjects(gln), ...subjects]), `${partnerInbox(gln)}.>`])}] }
          allow_responses: { max: 1, expires: "2m" } } }`;

const tlsText = ({ cert, key, ca }: ServerTls): string =>
  [
    "tls {",
    `  cert_file: ${JSON.stringify(cert)}`,
    `  key_file: ${JSON.stringify(key)}`,
    ...(ca === undefined ? [] : [`  ca_file: ${JSON.stringify(ca)}`, "  verify: true"]),
    '  min_version: "1.2"',
    "}",
    "",
  ].join("\n");

/**
 * What nats-server is to know of who may do what (`include` it in its configuration). One account for all, a user for each: the hub may
 * do everything, a partner what is its own. Pure.
 */
export const accountsText = (
  { hub, system, partners }: PartnerKeys,
  {
    organisations,
    tls,
  }: { organisations?: readonly Organisation[] | undefined; tls?: ServerTls | undefined },
): string => {
  const own = (gln: string): string[] =>
    (organisations?.find((one) => one.gln === gln) ?? { channels: [] }).channels.flatMap((channel) =>
      channel.transport === "nats" ? [channel.nats?.subject ?? partnerSubject(gln)] : [],
    );
  const users = [
    ...hub.map((nkey) => `      { nkey: ${nkey} }`),
    ...partners.flatMap(({ gln, nkeys }) => nkeys.map((nkey) => partnerUser(gln, nkey, own(gln)))),
  ];
  return `# Written by "sektorbro partners nats". No secret is in here: only public keys.
${tls === undefined ? "" : tlsText(tls)}accounts {
  HUB {
    jetstream: enabled
    users: [
${users.join("\n")}
    ]
  }
  SYS { users: [${system.map((nkey) => `{ nkey: ${nkey} }`).join(", ")}] }
}
system_account: SYS
`;
};

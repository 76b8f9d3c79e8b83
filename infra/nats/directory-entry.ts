import { gunzipSync, gzipSync } from "node:zlib";
import { z } from "zod";
import { Organisation } from "../../contracts/messages/directory.ts";

/** A registration as it is kept: the citizen is the key, as a keyed hash. */
const Registered = z.object({ gln: z.string(), validFrom: z.string(), validTo: z.string().optional() });
export type Registered = z.infer<typeof Registered>;

/** Everything that one import changes, and whose doing it is. */
export const DirectoryChange = z.object({
  changedBy: z.string(),
  changedAt: z.string(),
  organisations: z.array(Organisation),
  registrations: z.array(z.object({ patient: z.string(), with: z.array(Registered) })),
});
export type DirectoryChange = z.infer<typeof DirectoryChange>;

/** One version of an organisation in the bucket. */
const Version = z.object({ organisation: Organisation, changedBy: z.string(), changedAt: z.string() });
export type Version = z.infer<typeof Version>;

/** The number of the change that an entry was written by; 0 for those of the first release. */
const Numbered = z.object({ change: z.number() });
export const changeOf = (value: unknown): number => Numbered.safeParse(value).data?.change ?? 0;

const Citizen = z.object({ with: z.array(Registered) });

/** Entries of the first release were the organisation alone. */
export const versionFrom = (value: unknown, writtenAt: string): Version | undefined => {
  const version = Version.safeParse(value);
  if (version.success) return version.data;
  const bare = Organisation.safeParse(value);
  return bare.success ? { organisation: bare.data, changedBy: "operator", changedAt: writtenAt } : undefined;
};

export const registeredFrom = (value: unknown): Registered[] => Citizen.safeParse(value).data?.with ?? [];

/** A change as one entry. A directory is names over and over, so it packs to a tenth. */
export const packed = (change: DirectoryChange): Uint8Array => gzipSync(JSON.stringify(change));

const decoder = new TextDecoder();
export const unpacked = (bytes: Uint8Array): DirectoryChange =>
  DirectoryChange.parse(JSON.parse(decoder.decode(gunzipSync(bytes))));

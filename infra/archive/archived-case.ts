import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { z } from "zod";
import { type CaseRecord, isCaseRecord } from "../../contracts/record.ts";
import type { Archive } from "./archive.ts";
import { itemKinds } from "./segment-file.ts";

const [pack, unpack] = [promisify(gzip), promisify(gunzip)];

/** A case as it left the journal: every record with its sequence there, and the documents that it was read from. */
const ArchivedCase = z.object({
  version: z.literal(1),
  caseId: z.string(),
  archivedAt: z.iso.datetime(),
  records: z.array(z.object({ seq: z.number(), record: z.custom<CaseRecord>(isCaseRecord) })),
  /** Ids in INTAKE. */
  intakes: z.array(z.string()),
  /** Digests of what the records name in the object store. */
  objects: z.array(z.string()),
  /** Every id by which a receipt may name one of its deliveries. */
  envelopes: z.array(z.object({ id: z.string(), deliveryId: z.string() })),
});
export type ArchivedCase = z.infer<typeof ArchivedCase>;

export const packCase = (archived: ArchivedCase): Promise<Buffer> => pack(JSON.stringify(archived));
export const unpackCase = async (bytes: Uint8Array): Promise<ArchivedCase> =>
  ArchivedCase.parse(JSON.parse((await unpack(bytes)).toString("utf8")));

/** A case that was archived; of one that came back and left again, as it was the last time. */
export const archivedCase = async (
  archive: Pick<Archive, "find">,
  caseId: string,
): Promise<ArchivedCase | undefined> => {
  const last = (await archive.find(`case|${caseId}`)).findLast(({ kind }) => kind === itemKinds.case);
  return last === undefined ? undefined : unpackCase(last.bytes);
};

/** The cases that a hash is said of, each once. */
export const archivedCasesBy = async (
  archive: Pick<Archive, "find">,
  key: Parameters<Archive["find"]>[0],
): Promise<ArchivedCase[]> => {
  const items = (await archive.find(key)).filter(({ kind }) => kind === itemKinds.case);
  const byId = new Map<string, ArchivedCase>();
  for (const { bytes } of items) {
    const found = await unpackCase(bytes);
    byId.set(found.caseId, found);
  }
  return [...byId.values()];
};

/** The delivery that a receipt names, of a case that was archived. */
export const archivedDelivery = async (
  archive: Pick<Archive, "find">,
  envelopeId: string,
): Promise<string | undefined> => {
  const [found] = await archivedCasesBy(archive, `envelope|${envelopeId}`);
  return found?.envelopes.find(({ id }) => id === envelopeId)?.deliveryId;
};

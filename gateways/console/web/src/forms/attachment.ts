import type { StoredAnswer } from "../../../../../contracts/answers.ts";
import { sendFile } from "../api/client.ts";
import type { Values } from "./body-of.ts";

/** Brings every file of a form to the hub, and tells the digest of each. The same bytes twice are kept once. */
export const uploadAll = async (values: Values): Promise<Map<string, string>> => {
  const files = Object.values(values).flatMap((value) => (typeof value === "object" ? value : []));
  const kept = await Promise.all(
    files.map(async ({ objectId, file }) => {
      // As plain bytes: the hub would read a document of a standard by its type.
      const bytes = new Blob([file], { type: "application/octet-stream" });
      return [objectId, (await sendFile<StoredAnswer>("/v1/attachments", bytes)).digest] as const;
    }),
  );
  return new Map(kept);
};

import { z } from "zod";

/** `cmd.<index>.rebuild`; `digest`: absent: yes. To read a large index to its end takes longer than to make it. */
export const RebuildAsked = z.object({ digest: z.boolean().optional() });

/** The index that answers then: how many keys, and a digest of all that they hold, unless that was not asked for. */
export type Rebuilt = { keys?: number; sha256?: string };

/** How far an index is that is made anew from the journal. Records are counted by their places in their stream. */
export const RebuildProgress = z
  .object({
    streams: z.array(
      z.object({
        stream: z.string(),
        done: z.number().int().min(0),
        /** The journal grows meanwhile, and this with it. */
        total: z.number().int().min(0),
      }),
    ),
    done: z.number().int().min(0),
    total: z.number().int().min(0),
    recordsPerSecond: z.number().int().min(0),
    /** At the speed so far; absent before the first record. */
    leftMs: z.number().int().min(0).optional(),
  })
  .meta({ id: "RebuildProgress" });
export type RebuildProgress = z.infer<typeof RebuildProgress>;

import { z } from "zod";
import { commandOf } from "../command.ts";
import { DigestItem } from "../notices.ts";
import { RingAlarm } from "./alarm.ts";

const whose = {
  /** GLN of who is told. */
  organisation: z.string(),
  /** The Danish date of the digest. */
  date: z.iso.date(),
};

/** Sent by the hub alone: the time of a digest has come, or of a step by which somebody is told of a clock later. */
export const NoticeCommand = z.discriminatedUnion("type", [
  commandOf("clock.ring", RingAlarm),
  commandOf("digest.ring", RingAlarm),
]);

export const DigestFact = z
  .discriminatedUnion("type", [
    z.object({ type: z.literal("DigestItemAdded"), ...whose, item: DigestItem }),
    z.object({
      type: z.literal("DigestTold"),
      ...whose,
      /** What was gathered and is still so, in one message. None: nobody was told anything. */
      items: z.array(DigestItem),
      /** Keys of what was settled meanwhile. */
      settled: z.array(z.string()),
    }),
  ])
  .meta({ id: "DigestFact" });
export type DigestFact = z.infer<typeof DigestFact>;

const factTypes = new Set<string>(DigestFact.options.map(({ shape }) => shape.type.value));

/** A fact of a record that `isCaseRecord` vouches for, told by its type. */
export const isDigestFact = (fact: { type: string }): fact is DigestFact => factTypes.has(fact.type);

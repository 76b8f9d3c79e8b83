import { z } from "zod";
import type { Family } from "../family.ts";

/** What may whoever asks do on a case now? Answered by the family that decides it; one that is not a party may do nothing. */
export const CanQuery = z.object({ caseId: z.uuid() });

/** The commands that a case takes now, e.g. `advice.answer`. */
export const Can = z.array(z.string());

/** Families whose parties do something on their cases. */
const answeringFamilies = [
  "advice",
  "referral",
  "discharge",
  "observation",
  "booking",
] as const satisfies readonly Family[];
export type AnsweringFamily = (typeof answeringFamilies)[number];

export const isAnswering = (family: Family): family is AnsweringFamily =>
  answeringFamilies.some((one) => one === family);
export const canQueryOf = (family: AnsweringFamily): `can.${AnsweringFamily}` => `can.${family}`;

import { z } from "zod";
import type { ContractExample } from "./ports.ts";
import type { RouteDescription } from "./route.ts";

/** What an address names itself, and a body therefore leaves out. */
const inAddress = ["caseId", "deliveryId"];

const keysOf = (schema: z.ZodType): readonly string[] | undefined =>
  schema instanceof z.ZodObject ? Object.keys(schema.shape) : undefined;

/** An example as the body of this address: without what the address tells. `undefined`: it is no such body. */
const asBody = (schema: z.ZodType, message: unknown): unknown => {
  const keys = keysOf(schema);
  if (typeof message !== "object" || message === null || keys === undefined) return undefined;
  const own = Object.entries(message).filter(([key]) => !inAddress.includes(key) || keys.includes(key));
  const body = Object.fromEntries(own);
  return own.every(([key]) => keys.includes(key)) && schema.safeParse(body).success ? body : undefined;
};

/** `advice-giveInformation` and `GiveInformation`, `advice-answer` and `AnswerAdvice`: how near the names are. */
const nearness = (operationId: string, { schema, file }: ContractExample): number => {
  const [family = "", verb = ""] = operationId.toLowerCase().split("-");
  const name = schema.toLowerCase();
  if (name === verb || name === `${verb}${family}`) return 0;
  if (name.startsWith(verb) && file.startsWith(`${family}/`)) return 1;
  return file.startsWith(`${family}/`) ? 2 : 3;
};

/**
 * The body that the API description shows for an address: the one that the route names, else that of its own contract, else
 * the contract whose name is nearest to the operation's. Only one that the route itself would take.
 */
export const bodyExample = (
  { id, body }: Pick<RouteDescription, "id" | "body">,
  examples: readonly ContractExample[],
): unknown => {
  const schema = body?.schema;
  if (schema === undefined) return undefined;
  const name = body?.example ?? z.globalRegistry.get(schema)?.id;
  const near =
    name === undefined
      ? examples.toSorted((a, b) => nearness(id, a) - nearness(id, b))
      : examples.filter((example) => example.schema === name);
  for (const { message } of near) {
    const found = asBody(schema, message);
    if (found !== undefined) return found;
  }
  return undefined;
};

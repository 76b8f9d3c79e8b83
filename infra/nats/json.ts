import type { Payload } from "./local.ts";

const decoder = new TextDecoder();

type ValueHandler = (message: unknown) => Promise<unknown>;
/** `values`: the same for who asks in this process, without a text between: whoever answers changes nothing of what it is given. */
export type JsonHandler = ((data: Payload) => Promise<string>) & { readonly values: ValueHandler };

/** A handler of parsed JSON as one of bytes. Bytes that are no JSON are `undefined`, which no schema accepts. */
export const overJson = (handler: ValueHandler): JsonHandler =>
  Object.assign(async (data: Payload): Promise<string> => JSON.stringify(await handler(parseJson(data))), {
    values: handler,
  });

export const parseJson = (data: Payload): unknown => {
  try {
    const value: unknown = JSON.parse(typeof data === "string" ? data : decoder.decode(data));
    return value;
  } catch {
    return undefined;
  }
};

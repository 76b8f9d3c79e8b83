import type { Payload } from "./local.ts";

const decoder = new TextDecoder();

/** A handler of parsed JSON as one of bytes. Bytes that are no JSON are `undefined`, which no schema accepts. */
export const overJson =
  (handler: (message: unknown) => Promise<unknown>) =>
  async (data: Payload): Promise<string> =>
    JSON.stringify(await handler(parseJson(data)));

export const parseJson = (data: Payload): unknown => {
  try {
    const value: unknown = JSON.parse(typeof data === "string" ? data : decoder.decode(data));
    return value;
  } catch {
    return undefined;
  }
};

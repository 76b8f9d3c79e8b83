const decoder = new TextDecoder();

/** A handler of parsed JSON as one of bytes. Bytes that are no JSON are `undefined`, which no schema accepts. */
export const overJson =
  (handler: (message: unknown) => Promise<unknown>) =>
  async (data: Uint8Array): Promise<string> =>
    JSON.stringify(await handler(parseJson(data)));

export const parseJson = (data: Uint8Array): unknown => {
  try {
    const value: unknown = JSON.parse(decoder.decode(data));
    return value;
  } catch {
    return undefined;
  }
};

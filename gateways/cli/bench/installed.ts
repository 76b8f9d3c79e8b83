/** A package that is for developers only, where it is installed. */
export const installed = async (name: string): Promise<unknown> => {
  try {
    const found: unknown = await import(name);
    return found;
  } catch {
    return undefined;
  }
};

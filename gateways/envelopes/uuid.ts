/** What every envelope's identifiers are by its schema, and not always in what is sent. */
export const isUuid = (text: string): boolean =>
  /^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$/.test(text);

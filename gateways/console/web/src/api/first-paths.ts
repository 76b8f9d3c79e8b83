/** What every visit begins by asking for; `early.ts` asks before the pages do. */
export const sessionPath = "/v1/session";
export const directoryPath = "/v1/directory?limit=1000";
export const listLength = 500;
export const firstListPath = `/v1/worklist?limit=${String(listLength)}`;

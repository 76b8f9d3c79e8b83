/** What partners import: the client, what it takes and gives, and its errors. */

export type { HubOptions } from "./call-hub.ts";
export { createClient, type SektorbroClient, type Sent } from "./client.ts";
export { type CommandType, commandAddresses, type PayloadOf } from "./command-addresses.ts";
export type { HubEvent } from "./events.ts";
export { HubProblem } from "./hub-problem.ts";
export type { Delivery, Fetched, Receipt } from "./inbox.ts";
export { type ClientCredentials, clientCredentials, type TokenSource } from "./token.ts";

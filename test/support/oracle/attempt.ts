/** One try to see something: an address, or a query on the bus. `changes`: made only by those who have no part in the case. */
export type Attempt =
  | { by: "http"; method: "GET" | "POST"; path: string; body?: object; changes?: boolean }
  | { by: "bus"; type: string; payload: object };

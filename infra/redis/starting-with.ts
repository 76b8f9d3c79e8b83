import type { Redis } from "ioredis";
import { indexFault } from "./connection.ts";
import type { Projections } from "./projections.ts";

/** The members of a sorted set of equal scores that begin with a text of printable characters, so many at most, in order. */
export const startingWith =
  (redis: Redis, { prefix }: Pick<Projections, "prefix">) =>
  async (key: string, start: string, limit: number): Promise<string[]> =>
    redis
      .zrangebylex((await prefix()) + key, `[${start}`, `(${start}\x7f`, "LIMIT", "0", String(limit))
      .catch(indexFault);

import type { Redis } from "ioredis";

/** Milliseconds of processor that this process has used so far: of what others do on the machine nothing is in them. */
export const ownProcessorMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

/** The same of the server that answers as Redis. */
export const redisProcessorMs = async (redis: Redis): Promise<number> => {
  const used = (await redis.info("cpu")).matchAll(/^used_cpu_(?:sys|user):([\d.]+)/gm);
  return [...used].reduce((sum, [, seconds]) => sum + Number(seconds) * 1_000, 0);
};

/** @returns the least of the values that so large a share of them does not exceed; of none 0 */
export const shareOf = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(values.length * share) - 1)] ?? 0;

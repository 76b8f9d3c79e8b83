import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { HealthAnswer, ReadyAnswer } from "../../../../../../contracts/answers.ts";
import type { MessagePage } from "../../../../../../contracts/messages/message-log.ts";
import { parseMetrics } from "../../../../../../contracts/prometheus-text.ts";
import { getJson, getText, queryOf, Refused } from "../../api/client.ts";
import { liveKeys } from "../../api/live.tsx";
import { type Queues, queuesOf } from "./metrics.ts";

const everyMs = 5_000;
/** Ten minutes, at one look every five seconds. */
const looksKept = 120;
export const minutesShown = 30;
export const mostShown = 500;

const isHealth = (answer: object): answer is HealthAnswer => "parts" in answer;
const isReady = (answer: object): answer is ReadyAnswer => "draining" in answer;

/** A hub that is not well says so with 503, and how in the same words. */
const evenIfUnwell = async <T>(path: string, is: (answer: object) => answer is T & object): Promise<T> => {
  try {
    return await getJson<T>(path);
  } catch (error) {
    if (error instanceof Refused && is(error.answer)) return error.answer;
    throw error;
  }
};

export const useHealth = (): UseQueryResult<HealthAnswer> =>
  useQuery({
    queryKey: ["health"],
    queryFn: () => evenIfUnwell<HealthAnswer>("/health", isHealth),
    refetchInterval: everyMs,
  });

export const useReady = (): UseQueryResult<ReadyAnswer> =>
  useQuery({
    queryKey: ["ready"],
    queryFn: () => evenIfUnwell<ReadyAnswer>("/health/ready", isReady),
    refetchInterval: everyMs,
  });

export type Look = { at: number; queues: Queues };

/** What the hub told each time, oldest first; `null`: it tells nothing to this machine. */
export const useLooks = (): UseQueryResult<Look[] | null> =>
  useQuery<Look[] | null>({
    queryKey: ["metrics"],
    queryFn: async ({ client, queryKey }) => {
      try {
        const queues = queuesOf(parseMetrics(await getText("/metrics", "text/plain")));
        const before = client.getQueryData<Look[] | null>(queryKey) ?? [];
        return [...before, { at: Date.now(), queues }].slice(-looksKept);
      } catch (error) {
        if (error instanceof Refused && error.status === 404) return null;
        throw error;
      }
    },
    refetchInterval: everyMs,
  });

export const usePassed = (): UseQueryResult<MessagePage> =>
  useQuery({
    queryKey: [liveKeys.lists, "passed"],
    queryFn: ({ signal }) => {
      const from = new Date(Date.now() - minutesShown * 60_000).toISOString();
      return getJson<MessagePage>(`/v1/messages${queryOf({ from, limit: mostShown })}`, signal);
    },
    refetchInterval: 30_000,
  });

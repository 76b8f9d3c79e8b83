import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { createContext, use } from "react";
import type { PeopleAnswer, SessionAnswer } from "../../../../../contracts/messages/session.ts";
import { getJson, Refused } from "./client.ts";
import { sessionPath } from "./first-paths.ts";

const currentSession = async (): Promise<SessionAnswer | undefined> => {
  try {
    return await getJson<SessionAnswer>(sessionPath);
  } catch (error) {
    if (error instanceof Refused && error.status === 401) return undefined;
    throw error;
  }
};

/** `null`: nobody is signed in. */
export const useCurrentSession = (): UseQueryResult<SessionAnswer | null> =>
  useQuery({ queryKey: ["session"], queryFn: async () => (await currentSession()) ?? null });

export const usePeople = (): UseQueryResult<PeopleAnswer> =>
  useQuery({ queryKey: ["people"], queryFn: () => getJson<PeopleAnswer>("/v1/session/people") });

export const SessionContext = createContext<SessionAnswer | undefined>(undefined);

/** Whoever is signed in; pages are shown to nobody else. */
export const useSession = (): SessionAnswer => {
  const session = use(SessionContext);
  if (session === undefined) throw new Error("A page was shown to nobody.");
  return session;
};

import { type InfiniteData, type UseInfiniteQueryResult, useInfiniteQuery } from "@tanstack/react-query";
import type { CaseList, CaseListItem } from "../../../../../../contracts/messages/case-list.ts";
import { getJson, queryOf } from "../../api/client.ts";
import { firstListPath, listLength } from "../../api/first-paths.ts";
import { liveKeys } from "../../api/live.tsx";
import { useSession } from "../../api/session.ts";

/** A list of the hub, a page at a time as somebody comes to its end; read again when anything changes. */
export const useList = (
  path: "/v1/worklist" | "/v1/sent",
  { family, status, urgency, late, holder, unread }: Readonly<Record<string, string>>,
): UseInfiniteQueryResult<InfiniteData<CaseList>> => {
  const { person } = useSession();
  // The address says `me`: whoever is sent it sees what is theirs.
  const held = holder === "me" ? (person?.id ?? "nobody") : holder;
  return useInfiniteQuery({
    queryKey: [liveKeys.lists, path, family, status, urgency, late, held, unread],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => {
      const overdue = late === "true" ? true : undefined;
      const mine = { holder: held, unread: unread === "true" ? true : undefined };
      const query = { family, status, urgency, overdue, ...mine, limit: listLength, cursor: pageParam };
      const address = `${path}${queryOf(query)}`;
      // What was asked for before the page was there is not called off with it.
      return getJson<CaseList>(address, address === firstListPath ? undefined : signal);
    },
    getNextPageParam: ({ next }) => next,
    placeholderData: (before) => before,
  });
};

/** Each case once: one that moved between two pages while they were read stands in both. */
export const itemsOf = (data: InfiniteData<CaseList> | undefined): CaseListItem[] => [
  ...new Map(data?.pages.flatMap(({ items }) => items).map((item) => [item.caseId, item])).values(),
];

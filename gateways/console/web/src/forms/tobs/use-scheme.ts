import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import type {
  DirectoryPage,
  ListedOrganisation,
} from "../../../../../../contracts/messages/directory-query.ts";
import type { ScoreSchemesAnswer } from "../../../../../../contracts/messages/hub-rules.ts";
import type { ScoreScheme } from "../../../../../../contracts/score-scheme.ts";
import { getJson, queryOf } from "../../api/client.ts";

const usual = "tobs-dk-2013";

/** A score scheme as the hub has it. It is read once: at a bedside the connection comes and goes. */
export const useScheme = (id = usual): UseQueryResult<ScoreScheme | null> =>
  useQuery({
    queryKey: ["score-schemes"],
    queryFn: ({ signal }) => getJson<ScoreSchemesAnswer>("/v1/score-schemes", signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    select: ({ schemes }) => schemes.find((scheme) => scheme.id === id) ?? null,
  });

/** An organisation as the directory has it; its numbers are what it is asked for. */
export const useOrganisation = (gln: string | undefined): UseQueryResult<ListedOrganisation | null> =>
  useQuery({
    queryKey: ["organisation", gln],
    enabled: gln !== undefined && gln !== "",
    staleTime: 600_000,
    queryFn: ({ signal }) => getJson<DirectoryPage>(`/v1/directory${queryOf({ q: gln })}`, signal),
    select: ({ organisations }) => organisations.find((each) => each.gln === gln) ?? null,
  });

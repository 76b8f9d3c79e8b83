import { useQuery } from "@tanstack/react-query";
import type { DirectoryPage } from "../../../../../contracts/messages/directory-query.ts";
import { getJson } from "../api/client.ts";

const tenMinutesMs = 600_000;

/** What organisations are called, by GLN; a number that nobody knows is its own name. */
export const useNames = (): ((gln: string) => string) => {
  const { data } = useQuery({
    queryKey: ["directory", "names"],
    queryFn: ({ signal }) => getJson<DirectoryPage>("/v1/directory?limit=1000", signal),
    staleTime: tenMinutesMs,
  });
  const names = new Map(
    data?.organisations.map(({ gln, name, department }) => [
      gln,
      department === undefined ? name : `${name}, ${department}`,
    ]),
  );
  return (gln) => names.get(gln) ?? gln;
};

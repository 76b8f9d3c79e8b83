import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { DirectoryPage } from "../../../../../contracts/messages/directory-query.ts";
import { getJson } from "./client.ts";
import { directoryPath } from "./first-paths.ts";
import { useSession } from "./session.ts";

type Listed = DirectoryPage["organisations"][number];
export type Directory = {
  all: readonly Listed[];
  of: (gln: string) => Listed | undefined;
  /** Organisation and unit; a number that nobody knows is its own name. */
  nameOf: (gln: string) => string;
  /** Whether it is the organisation of whoever is signed in, or a unit of it. */
  isUs: (gln: string) => boolean;
};

const tenMinutesMs = 600_000;

const directoryOf = (known: ReadonlyMap<string, Listed>, ours: string): Directory => {
  const isPart = (gln: string, of: string): boolean => {
    if (gln === of) return true;
    const whole = known.get(gln)?.partOf;
    return whole !== undefined && whole !== gln && isPart(whole, of);
  };
  const isUs = (gln: string): boolean => isPart(gln, ours);
  const nameOf = (gln: string): string => {
    const { name, department } = known.get(gln) ?? { name: gln };
    return department === undefined ? name : `${name}, ${department}`;
  };
  return { all: [...known.values()], of: (gln) => known.get(gln), nameOf, isUs };
};

/** Everybody in the directory, read once for all lists. */
export const useDirectory = (): Directory => {
  const { gln } = useSession();
  const { data } = useQuery({
    queryKey: ["directory", "names"],
    // Not called off when a first page gives way to another: that one would ask for the same again.
    queryFn: () => getJson<DirectoryPage>(directoryPath),
    staleTime: tenMinutesMs,
  });
  return useMemo(
    () => directoryOf(new Map(data?.organisations.map((one) => [one.gln, one])), gln),
    [data, gln],
  );
};

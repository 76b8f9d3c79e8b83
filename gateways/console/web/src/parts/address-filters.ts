import { useSearchParams } from "wouter";

type Filters = Readonly<Record<string, string>>;

/** What a list is asked for stands in the address, so that it can be sent to a colleague and found again. Never a citizen's number. */
export const useAddressFilters = (names: readonly string[]): [Filters, (changed: Filters) => void] => {
  const [params, setParams] = useSearchParams();
  const filters = Object.fromEntries(names.map((name) => [name, params.get(name) ?? ""]));
  const change = (changed: Filters): void => {
    const kept = Object.entries({ ...filters, ...changed }).filter(([, value]) => value !== "");
    setParams(new URLSearchParams(kept), { replace: true });
  };
  return [filters, change];
};

import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { type ReactElement, type ReactNode, useState } from "react";
import type {
  DirectoryPage,
  ListedOrganisation,
} from "../../../../../../contracts/messages/directory-query.ts";
import { getJson, queryOf } from "../../api/client.ts";
import { useWords } from "../../words/language.tsx";
import { formWords } from "../words.ts";

const nameOf = ({ name, department }: ListedOrganisation): string =>
  department === undefined ? name : `${department}, ${name}`;

type Props = {
  label: ReactNode;
  value: string;
  onChange: (gln: string, chosen: ListedOrganisation | undefined) => void;
  /** Only those that offer this service (contracts/messages/directory.ts). */
  offer?: string | undefined;
  municipality?: string | undefined;
  /** Who it is already, where somebody else has found them. */
  known?: ListedOrganisation | undefined;
  description?: string | undefined;
  error?: string | undefined;
  required?: boolean;
};

/** Whoever the directory knows, found by any of their words. */
export const OrganisationField = ({
  label,
  value,
  onChange,
  offer,
  municipality,
  known,
  ...rest
}: Props): ReactElement => {
  const words = useWords(formWords);
  const [typed, setTyped] = useState("");
  const [q] = useDebouncedValue(typed.trim(), 250);
  const [chosen, setChosen] = useState<ListedOrganisation>();
  // What is in the field after a choice is a name, not a search.
  const asked = [chosen, known].some((each) => each !== undefined && q === nameOf(each)) ? "" : q;
  const { data, isFetching } = useQuery({
    queryKey: ["directory", asked, offer, municipality],
    queryFn: ({ signal }) =>
      getJson<DirectoryPage>(`/v1/directory${queryOf({ q: asked, offer, municipality, limit: 50 })}`, signal),
    placeholderData: (before) => before,
  });
  const found = data?.organisations ?? [];
  const listed = [...found, ...[chosen, known].flatMap((each) => (each === undefined ? [] : [each]))].filter(
    (each, i, all) => all.findIndex(({ gln }) => gln === each.gln) === i,
  );
  return (
    <Select
      {...rest}
      label={label}
      placeholder={words.findOrganisation}
      searchable
      clearable
      value={value === "" ? null : value}
      data={listed.map((each) => ({ value: each.gln, label: nameOf(each) }))}
      // The hub has searched already.
      filter={({ options }) => options}
      onSearchChange={setTyped}
      nothingFoundMessage={isFetching ? words.searching : words.nobodyFound}
      onChange={(gln) => {
        const organisation = listed.find((each) => each.gln === gln);
        setChosen(organisation);
        onChange(gln ?? "", organisation);
      }}
    />
  );
};

import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactElement, ReactNode } from "react";
import type { OpenSlot, SlotSearchAnswer } from "../../../../../../contracts/messages/booking-slot.ts";
import { getJson } from "../../api/client.ts";
import { useDirectory } from "../../api/directory.ts";
import { liveKeys } from "../../api/live.tsx";
import { named } from "../../parts/named.ts";
import { whenText } from "../../time/danish.ts";
import { useNow } from "../../time/use-now.ts";
import { useLanguage, useWords } from "../../words/language.tsx";
import { specialityWords } from "../../words/specialities.ts";
import { formWords } from "../words.ts";

type Props = {
  label: ReactNode;
  value: string;
  onChange: (slotId: string) => void;
  description?: string | undefined;
  error?: string | undefined;
  required?: boolean;
};

const useSlotText = (): ((slot: OpenSlot) => string) => {
  const language = useLanguage();
  const speciality = useWords(specialityWords);
  const now = useNow();
  const { nameOf } = useDirectory();
  return ({ start, speciality: code, unit, open }) =>
    `${whenText(start, now, language)} · ${named({ ...speciality }, code)}, ${nameOf(unit)} (${String(open)})`;
};

/** A sub-acute time that is free now, chosen by when and where it is. Full ones leave the list while it is looked at. */
export const SlotField = ({ value, onChange, ...rest }: Props): ReactElement => {
  const words = useWords(formWords);
  const textOf = useSlotText();
  const { data, isFetching } = useQuery({
    queryKey: [liveKeys.lists, "slots", "open"],
    queryFn: ({ signal }) => getJson<SlotSearchAnswer>("/v1/slots?limit=200", signal),
  });
  return (
    <Select
      {...rest}
      searchable
      placeholder={words.choose}
      nothingFoundMessage={isFetching ? words.searching : words.noSlots}
      value={value === "" ? null : value}
      data={(data?.slots ?? []).map((slot) => ({ value: slot.slotId, label: textOf(slot) }))}
      onChange={(slotId) => {
        onChange(slotId ?? "");
      }}
    />
  );
};

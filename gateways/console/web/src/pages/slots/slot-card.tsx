import { Badge, Button, Group, Paper, Stack, Text } from "@mantine/core";
import type { ReactElement } from "react";
import type { OpenSlot } from "../../../../../../contracts/messages/booking-slot.ts";
import { useOrganisation } from "../../forms/tobs/use-scheme.ts";
import { whenText } from "../../time/danish.ts";
import { useNow } from "../../time/use-now.ts";
import { useLanguage, useWords } from "../../words/language.tsx";
import { specialityWords } from "../../words/specialities.ts";
import { slotWords } from "./words.ts";

export const useSpeciality = (): ((code: string) => string) => {
  const named = new Map<string, string>(Object.entries(useWords(specialityWords)));
  return (code) => named.get(code) ?? code;
};

type Props = {
  slot: OpenSlot;
  /** Present: it can be taken. */
  onHold?: ((slot: OpenSlot) => void) | undefined;
  onBook?: ((slot: OpenSlot) => void) | undefined;
};

/** One free time, and one press to take it. */
export const SlotCard = ({ slot, onHold, onBook }: Props): ReactElement => {
  const words = useWords(slotWords);
  const language = useLanguage();
  const speciality = useSpeciality();
  const { data: hospital } = useOrganisation(slot.hospital);
  const now = useNow();
  return (
    <Paper withBorder p="sm">
      <Group justify="space-between" gap="sm">
        <Stack gap={2} style={{ flex: "1 1 14rem" }}>
          <Text fw={650}>
            {whenText(slot.start, now, language)}, {slot.lengthMinutes} {words.minutes}
          </Text>
          <Text size="sm">
            {speciality(slot.speciality)}, {hospital?.name ?? slot.hospital}
          </Text>
          <Text size="sm">{slot.place}</Text>
          {slot.instructions === undefined ? null : <Text size="sm">{slot.instructions}</Text>}
          <Group gap={6}>
            <Badge variant="default" tt="none">
              {slot.open} {slot.open === 1 ? words.openOne : words.open}
            </Badge>
            {slot.inTime ? null : (
              <Badge variant="default" tt="none">
                {words.notInTime}
              </Badge>
            )}
          </Group>
        </Stack>
        <Group gap="xs">
          {onHold === undefined || !slot.inTime ? null : (
            <Button
              variant="default"
              onClick={() => {
                onHold(slot);
              }}
            >
              {words.hold}
            </Button>
          )}
          {onBook === undefined || !slot.inTime ? null : (
            <Button
              onClick={() => {
                onBook(slot);
              }}
            >
              {words.book}
            </Button>
          )}
        </Group>
      </Group>
    </Paper>
  );
};

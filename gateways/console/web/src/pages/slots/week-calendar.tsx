import { ActionIcon, Group, Paper, Stack, Text, UnstyledButton } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import type { ReactElement } from "react";
import type { OpenSlot } from "../../../../../../contracts/messages/booking-slot.ts";
import { localOf } from "../../time/danish.ts";
import { useLanguage, useWords } from "../../words/language.tsx";
import { useSpeciality } from "./slot-card.tsx";
import { byDay } from "./week.ts";
import { slotWords } from "./words.ts";
import "./slots.css";

type Props = {
  days: readonly string[];
  slots: readonly OpenSlot[];
  move: (weeks: number) => void;
  onChoose?: ((slot: OpenSlot) => void) | undefined;
};

const dayName = (date: string, language: "da" | "en"): string =>
  new Intl.DateTimeFormat(language === "da" ? "da-DK" : "en-GB", {
    weekday: "long",
    day: "numeric",
    month: "short",
    timeZone: "UTC",
  }).format(Date.parse(`${date}T12:00:00Z`));

const Entry = ({ slot, onChoose }: { slot: OpenSlot; onChoose: Props["onChoose"] }): ReactElement => {
  const words = useWords(slotWords);
  const speciality = useSpeciality();
  const text = (
    <>
      <Text fw={650}>{localOf(Date.parse(slot.start)).time}</Text>
      <Text size="sm">{speciality(slot.speciality)}</Text>
      <Text size="sm">
        {slot.open} {slot.open === 1 ? words.openOne : words.open}
      </Text>
    </>
  );
  return onChoose === undefined || !slot.inTime ? (
    <div className="slot">{text}</div>
  ) : (
    <UnstyledButton
      className="slot"
      onClick={() => {
        onChoose(slot);
      }}
    >
      {text}
    </UnstyledButton>
  );
};

/** Free times day by day; on a phone the days stand under one another. */
export const WeekCalendar = ({ days, slots, move, onChoose }: Props): ReactElement => {
  const words = useWords(slotWords);
  const language = useLanguage();
  return (
    <Stack gap="sm">
      <Group gap="xs">
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={words.before}
          onClick={() => {
            move(-1);
          }}
        >
          <IconChevronLeft aria-hidden size={18} />
        </ActionIcon>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={words.after}
          onClick={() => {
            move(1);
          }}
        >
          <IconChevronRight aria-hidden size={18} />
        </ActionIcon>
        <Text fw={600}>
          {dayName(days[0] ?? "", language)} – {dayName(days.at(-1) ?? "", language)}
        </Text>
      </Group>
      <div className="week">
        {byDay(slots, days).map((day) => (
          <Paper
            key={day.date}
            withBorder
            p="xs"
            component="section"
            aria-label={dayName(day.date, language)}
          >
            <Text size="sm" fw={650} mb={6}>
              {dayName(day.date, language)}
            </Text>
            <Stack gap={6}>
              {day.slots.length === 0 ? <Text size="sm">{words.noneWeek}</Text> : null}
              {day.slots.map((slot) => (
                <Entry key={slot.slotId} slot={slot} onChoose={onChoose} />
              ))}
            </Stack>
          </Paper>
        ))}
      </div>
    </Stack>
  );
};

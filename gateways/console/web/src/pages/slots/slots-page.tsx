import { Alert, Button, Group, SegmentedControl, Select, Skeleton, Stack, Text, Title } from "@mantine/core";
import { IconPhone, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import type { OpenSlot, SlotSearchAnswer } from "../../../../../../contracts/messages/booking-slot.ts";
import { getJson, queryOf } from "../../api/client.ts";
import { liveKeys } from "../../api/live.tsx";
import { useSession } from "../../api/session.ts";
import { OrganisationField } from "../../forms/fields/organisation-field.tsx";
import { Trouble } from "../../shell/trouble.tsx";
import { useNow } from "../../time/use-now.ts";
import { useWords } from "../../words/language.tsx";
import { PublishForm } from "./publish-form.tsx";
import { SlotCard, useSpeciality } from "./slot-card.tsx";
import { TakeSlot, type Taking } from "./take-slot.tsx";
import { spanOfWeek, specialitiesIn, weekOf } from "./week.ts";
import { WeekCalendar } from "./week-calendar.tsx";
import { slotWords } from "./words.ts";

const InsteadNote = ({ instead }: { instead: NonNullable<SlotSearchAnswer["instead"]> }): ReactElement => {
  const words = useWords(slotWords);
  const whom = [...instead.acuteRoute, ...(instead.acuteTeam === undefined ? [] : [instead.acuteTeam])];
  return (
    <Alert color="yellow" title={words.instead}>
      <Group gap="xs">
        {whom.map(({ gln, name, phone }) =>
          phone === undefined ? (
            <Text key={gln}>{name}</Text>
          ) : (
            <Button
              key={gln}
              component="a"
              href={`tel:${phone}`}
              variant="default"
              h="auto"
              py={6}
              styles={{ label: { whiteSpace: "normal" } }}
              leftSection={<IconPhone aria-hidden size={18} />}
            >
              {name} {phone}
            </Button>
          ),
        )}
      </Group>
    </Alert>
  );
};

type Shown = "next" | "week";

type Search = {
  shown: Shown;
  setShown: (shown: Shown) => void;
  speciality: string | null;
  setSpeciality: (speciality: string | null) => void;
  hospital: string;
  setHospital: (gln: string) => void;
};

const Filters = ({ search, found }: { search: Search; found: readonly OpenSlot[] }): ReactElement => {
  const words = useWords(slotWords);
  const nameOf = useSpeciality();
  return (
    <Group align="end">
      <SegmentedControl
        aria-label={words.title}
        value={search.shown}
        data={[
          { value: "next", label: words.next },
          { value: "week", label: words.week },
        ]}
        onChange={(value) => {
          search.setShown(value === "week" ? "week" : "next");
        }}
      />
      <Select
        label={words.speciality}
        placeholder={words.all}
        clearable
        data={specialitiesIn(found).map((value) => ({ value, label: nameOf(value) }))}
        value={search.speciality}
        onChange={search.setSpeciality}
      />
      <OrganisationField
        label={words.hospital}
        offer="sub-acute"
        value={search.hospital}
        onChange={search.setHospital}
      />
    </Group>
  );
};

type Take = ((taking: Taking) => void) | undefined;

const taker = (take: Take, how: Taking["how"]): ((slot: OpenSlot) => void) | undefined =>
  take === undefined
    ? undefined
    : (slot) => {
        take({ slot, how });
      };

const NextFree = ({ slots, take }: { slots: readonly OpenSlot[]; take: Take }): ReactElement => {
  const words = useWords(slotWords);
  if (slots.length === 0) return <Text>{words.none}</Text>;
  return (
    <Stack>
      {slots.map((slot) => (
        <SlotCard key={slot.slotId} slot={slot} onHold={taker(take, "hold")} onBook={taker(take, "book")} />
      ))}
    </Stack>
  );
};

/** A visitation publishes its own times here; others only look and book. */
const Publishing = ({ isHospital, done }: { isHospital: boolean; done: () => void }): ReactElement => {
  const words = useWords(slotWords);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Group justify="space-between">
        <Title order={1} size="h2">
          {words.title}
        </Title>
        {isHospital ? (
          <Button
            leftSection={<IconPlus aria-hidden size={18} />}
            aria-expanded={isOpen}
            onClick={() => {
              setOpen(!isOpen);
            }}
          >
            {words.publish}
          </Button>
        ) : null}
      </Group>
      <Text>{isHospital ? words.publishLead : words.lead}</Text>
      {isOpen ? (
        <PublishForm
          done={() => {
            setOpen(false);
            done();
          }}
        />
      ) : null}
    </>
  );
};

type FoundProps = {
  answer: SlotSearchAnswer;
  search: Search;
  days: readonly string[];
  move: (weeks: number) => void;
  take: Take;
};

const Found = ({ answer, search, days, move, take }: FoundProps): ReactElement => {
  const slots =
    search.speciality === null
      ? answer.slots
      : answer.slots.filter(({ speciality }) => speciality === search.speciality);
  return (
    <>
      {answer.instead === undefined || take === undefined ? null : <InsteadNote instead={answer.instead} />}
      {search.shown === "week" ? (
        <WeekCalendar days={days} slots={slots} move={move} onChoose={taker(take, "hold")} />
      ) : (
        <NextFree slots={slots} take={take} />
      )}
    </>
  );
};

/** Sub-acute times: the next free ones with one press, or the week; a visitation publishes its own. */
const SlotsPage = (): ReactElement => {
  const { kind } = useSession();
  const isHospital = kind === "department" || kind === "hospital";
  const now = useNow();
  const [shown, setShown] = useState<Shown>(isHospital ? "week" : "next");
  const [weeksOn, setWeeksOn] = useState(0);
  const [speciality, setSpeciality] = useState<string | null>(null);
  const [hospital, setHospital] = useState("");
  const [taking, setTaking] = useState<Taking>();
  const days = weekOf(now, weeksOn);
  const query = queryOf({ ...(shown === "week" ? spanOfWeek(days) : {}), hospital, limit: 200 });
  const { data, error, refetch } = useQuery({
    queryKey: [liveKeys.lists, "slots", query],
    queryFn: ({ signal }) => getJson<SlotSearchAnswer>(`/v1/slots${query}`, signal),
    placeholderData: (before) => before,
  });
  const again = (): void => void refetch();
  const search = { shown, setShown, speciality, setSpeciality, hospital, setHospital };
  return (
    <Stack>
      <Publishing isHospital={isHospital} done={again} />
      <Filters search={search} found={data?.slots ?? []} />
      {error === null ? null : <Trouble error={error} again={again} />}
      {data === undefined ? (
        <Skeleton height={320} />
      ) : (
        <Found
          answer={data}
          search={search}
          days={days}
          move={(weeks) => {
            setWeeksOn(weeksOn + weeks);
          }}
          take={isHospital ? undefined : setTaking}
        />
      )}
      {taking === undefined ? null : (
        <TakeSlot
          taking={taking}
          onClose={() => {
            setTaking(undefined);
            again();
          }}
        />
      )}
    </Stack>
  );
};
export default SlotsPage;

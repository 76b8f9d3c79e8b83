import { Alert, Anchor, Button, Group, Skeleton, Stack, Text, Title } from "@mantine/core";
import { IconPhone, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type ReactElement, useCallback, useState } from "react";
import { Link, useParams } from "wouter";
import type { ObservationFact } from "../../../../../../contracts/messages/observation-facts.ts";
import type { CaseView } from "../../../../../../contracts/messages/worklist.ts";
import { getJson } from "../../api/client.ts";
import { liveKeys } from "../../api/live.tsx";
import { useSession } from "../../api/session.ts";
import { episodeOf, questionOf } from "../../forms/facts.ts";
import MeasureForm from "../../forms/tobs/measure-form.tsx";
import { TobsTrend } from "../../forms/tobs/trend-chart.tsx";
import { tobsWords } from "../../forms/tobs/words.ts";
import { Trouble } from "../../shell/trouble.tsx";
import { useWords } from "../../words/language.tsx";

type Asked = Extract<ObservationFact, { type: "DoctorAsked" }>;

/** Whom the question went to, by the hour: the hub has decided, and this is who is to be phoned. */
const CallNow = ({ asked }: { asked: Asked }): ReactElement => {
  const words = useWords(tobsWords);
  return (
    <Alert color="red" title={`${words.callNow}: ${asked.name}`} icon={<IconPhone aria-hidden size={20} />}>
      {asked.phone === undefined ? null : (
        <Button component="a" href={`tel:${asked.phone}`} leftSection={<IconPhone aria-hidden size={18} />}>
          {asked.phone}
        </Button>
      )}
    </Alert>
  );
};

const nameOf = ({ givenName, surname }: { givenName?: string | undefined; surname: string }): string =>
  givenName === undefined ? surname : `${givenName} ${surname}`;

/** A further measurement, for the team that measures. */
const Again = ({ view }: { view: CaseView }): ReactElement => {
  const words = useWords(tobsWords);
  const [isMeasuring, setMeasuring] = useState(false);
  const done = useCallback(() => {
    setMeasuring(false);
  }, []);
  return isMeasuring ? (
    <MeasureForm view={view} onDone={done} />
  ) : (
    <Group>
      <Button
        leftSection={<IconPlus aria-hidden size={18} />}
        onClick={() => {
          setMeasuring(true);
        }}
      >
        {words.measure}
      </Button>
    </Group>
  );
};

const Episode = ({ view }: { view: CaseView }): ReactElement => {
  const words = useWords(tobsWords);
  const { gln } = useSession();
  const episode = episodeOf(view);
  if (episode === undefined) return <Text>{words.unknownCase}</Text>;
  const isOurs = episode.team === gln && view.status !== "closed";
  const asked = view.status === "awaitingDoctor" ? questionOf(view) : undefined;
  return (
    <Stack maw={760}>
      <Group justify="space-between">
        <Title order={1} size="h2">
          {nameOf(episode.patient)}
        </Title>
        <Anchor component={Link} href={`/cases/${view.caseId}`}>
          {words.toCase}
        </Anchor>
      </Group>
      {isOurs && asked?.phoneFirst === true ? <CallNow asked={asked} /> : null}
      <Title order={2} size="h4">
        {words.trend}
      </Title>
      <TobsTrend view={view} />
      {isOurs ? <Again view={view} /> : null}
    </Stack>
  );
};

/** One episode of TOBS: how it goes, and a further measurement. */
const TrendPage = (): ReactElement => {
  const { caseId } = useParams<{ caseId: string }>();
  const {
    data: view,
    error,
    refetch,
  } = useQuery({
    queryKey: [liveKeys.case, caseId, "tobs"],
    queryFn: ({ signal }) => getJson<CaseView>(`/v1/cases/${caseId}`, signal),
  });
  if (error !== null) return <Trouble error={error} again={() => void refetch()} />;
  return view === undefined ? <Skeleton height={420} /> : <Episode view={view} />;
};
export default TrendPage;

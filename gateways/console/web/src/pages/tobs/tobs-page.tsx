import { Alert, Anchor, Group, Paper, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useEffect, useState } from "react";
import { Link, useLocation } from "wouter";
import type { ListedOrganisation } from "../../../../../../contracts/messages/directory-query.ts";
import { liveKeys } from "../../api/live.tsx";
import { useSession } from "../../api/session.ts";
import { OrganisationField } from "../../forms/fields/organisation-field.tsx";
import { PatientFields } from "../../forms/fields/patient-fields.tsx";
import { Measure } from "../../forms/tobs/measure.tsx";
import {
  forget,
  isUnderWay,
  keyFor,
  type OnItsWay,
  type Posted,
  post,
  useOutbox,
} from "../../forms/tobs/outbox.ts";
import { SendingState } from "../../forms/tobs/sending-state.tsx";
import { useOrganisation, useScheme } from "../../forms/tobs/use-scheme.ts";
import { tobsWords } from "../../forms/tobs/words.ts";
import { Trouble } from "../../shell/trouble.tsx";
import { useWords } from "../../words/language.tsx";
import { Rule } from "../help/rule.tsx";
import { type Citizen, useCitizen } from "./use-citizen.ts";

type WhoseProps = { citizen: Citizen; doctor: ListedOrganisation | null | undefined };

/** Whose measurement it is, and which practice; nothing more where an episode is under way. */
const Whose = ({ citizen, doctor }: WhoseProps): ReactElement => {
  const words = useWords(tobsWords);
  const { ongoing } = citizen;
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Title order={2} size="h4">
          {words.patient}
        </Title>
        <PatientFields value={citizen.patient} onChange={citizen.setPatient} hasTried={false} />
        {ongoing === undefined ? (
          <OrganisationField
            label={words.practice}
            required
            value={citizen.practice}
            known={doctor ?? undefined}
            onChange={citizen.setPractice}
          />
        ) : (
          <Alert>
            {words.ongoing}{" "}
            <Anchor component={Link} href={`/tobs/${ongoing}`}>
              {words.trend}
            </Anchor>
          </Alert>
        )}
      </Stack>
    </Paper>
  );
};

/** What a measurement is sent as: a first one opens an episode, which its id names; another is added to the one under way. */
const postedOf = ({ ongoing, said, practice }: Citizen, key: string, measurement: object): Posted =>
  ongoing === undefined
    ? { key, path: "/v1/observations", body: { messageId: key, patient: said, practice, measurement } }
    : { key, path: `/v1/observations/${ongoing}/measurements`, body: { measurement } };

const isKnown = ({ ongoing, said, practice }: Citizen): boolean =>
  ongoing !== undefined || (said !== undefined && practice !== "");

/** The measurement on its way; when it has come there, its episode is shown. */
const useSent = (key: string): OnItsWay | undefined => {
  const client = useQueryClient();
  const [, go] = useLocation();
  const one = useOutbox().find((each) => each.key === key);
  const { state, answer } = one ?? {};
  const caseId = answer?.caseId;
  useEffect(() => {
    if (state !== "sent") return;
    forget(key);
    void client.invalidateQueries({ queryKey: [liveKeys.lists] });
    if (caseId !== undefined) go(`/tobs/${caseId}`);
  }, [state, key, caseId, client, go]);
  return one;
};

/** TOBS at the bedside: the five values first, whose they are before it is sent. */
const TobsPage = (): ReactElement => {
  const words = useWords(tobsWords);
  const { gln } = useSession();
  const { data: scheme, error } = useScheme();
  const citizen = useCitizen();
  const [key, setKey] = useState<string>(() => crypto.randomUUID());
  const { data: own } = useOrganisation(gln);
  const { data: doctor } = useOrganisation(citizen.practice);
  const one = useSent(key);
  if (error !== null) return <Trouble error={error} />;
  if (scheme === undefined || scheme === null) return <Skeleton height={560} />;
  return (
    <Stack maw={680}>
      <Group gap="xs">
        <Title order={1} size="h2">
          {words.newTitle}
        </Title>
        <Rule id="tobs" />
      </Group>
      <Text>{words.lead}</Text>
      <Measure
        scheme={scheme}
        own={own}
        doctor={doctor}
        who={<Whose citizen={citizen} doctor={doctor} />}
        isReady={isKnown(citizen)}
        isSending={isUnderWay(one)}
        onSend={(measurement) => {
          const fresh = keyFor(one, key);
          setKey(fresh);
          post(postedOf(citizen, fresh, measurement));
        }}
      />
      <SendingState one={one} />
    </Stack>
  );
};
export default TobsPage;

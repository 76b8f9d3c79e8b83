import { Skeleton, Stack } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useEffect, useState } from "react";
import { liveKeys } from "../../api/live.tsx";
import { useSession } from "../../api/session.ts";
import { Trouble } from "../../shell/trouble.tsx";
import { adjustmentOf, episodeOf, measurementsOf } from "../facts.ts";
import type { FormProps } from "../form-props.ts";
import { Measure } from "./measure.tsx";
import { forget, isUnderWay, keyFor, post, useOutbox } from "./outbox.ts";
import { SendingState } from "./sending-state.tsx";
import { useOrganisation, useScheme } from "./use-scheme.ts";

type Before = { total?: number | undefined; values: ReadonlyMap<string, string> };

const beforeIn = (view: FormProps["view"]): Before | undefined => {
  const last = measurementsOf(view).at(-1);
  if (last === undefined) return undefined;
  const { total, parts } = last.score;
  return { total, values: new Map(parts.map(({ parameter, measured }) => [parameter, measured])) };
};

/** A further measurement of an episode. */
const MeasureForm = ({ view, onDone }: FormProps): ReactElement => {
  const client = useQueryClient();
  const episode = episodeOf(view);
  const { data: scheme, error } = useScheme(episode?.scheme.id);
  const { data: own } = useOrganisation(useSession().gln);
  const { data: doctor } = useOrganisation(episode?.practice);
  const [key, setKey] = useState<string>(() => crypto.randomUUID());
  const [openedAt] = useState(() => Date.now());
  const one = useOutbox().find((each) => each.key === key);
  const isSent = one?.state === "sent";
  useEffect(() => {
    if (!isSent) return;
    forget(key);
    void client.invalidateQueries({ queryKey: [liveKeys.lists] });
    void client.invalidateQueries({ queryKey: [liveKeys.case, view.caseId] });
    onDone();
  }, [isSent, key, client, view.caseId, onDone]);
  if (error !== null) return <Trouble error={error} />;
  if (scheme === undefined || scheme === null) return <Skeleton height={420} />;
  return (
    <Stack>
      <Measure
        scheme={scheme}
        before={beforeIn(view)}
        ordered={adjustmentOf(view, openedAt)?.limits}
        own={own}
        doctor={doctor}
        isReady
        isSending={isUnderWay(one)}
        onSend={(measurement) => {
          const fresh = keyFor(one, key);
          setKey(fresh);
          post({ key: fresh, path: `/v1/observations/${view.caseId}/measurements`, body: { measurement } });
        }}
      />
      <SendingState one={one} />
    </Stack>
  );
};
export default MeasureForm;

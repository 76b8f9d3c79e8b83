import { Badge, Text, Timeline } from "@mantine/core";
import type { ReactElement } from "react";
import type { MessageHop } from "../../../../../contracts/messages/message-log.ts";
import { useDirectory } from "../api/directory.ts";
import { hopWords } from "../words/hops.ts";
import { useWords } from "../words/language.tsx";
import { Moment } from "./moment.tsx";
import { named } from "./named.ts";

/** A message's way, hop by hop, with the stations of EHMI's delivery status (EDS). */
export const Hops = ({ hops }: { hops: readonly MessageHop[] }): ReactElement => {
  const words = useWords(hopWords);
  const { nameOf } = useDirectory();
  return (
    <Timeline bulletSize={14} active={hops.length}>
      {hops.map(({ at, what, by, station, subtype, code, envelopeId }) => (
        <Timeline.Item key={`${at} ${what} ${by}`} title={named(words.steps, what)}>
          <Text size="sm">
            <Moment at={at} /> · {by === "hub" ? words.hub : nameOf(by)}
            {code === undefined ? "" : ` (${code})`}
          </Text>
          {station === undefined ? null : (
            <Badge variant="outline" color="gray" tt="none" c="var(--mantine-color-text)">
              EDS: {words.station[station]}
              {subtype === undefined ? "" : `, ${subtype}`}
            </Badge>
          )}
          {envelopeId === undefined ? null : (
            <Text size="sm" style={{ overflowWrap: "anywhere" }}>
              {words.envelope}: {envelopeId}
            </Text>
          )}
        </Timeline.Item>
      ))}
    </Timeline>
  );
};

import { Button, Group, Menu, Paper, Text } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { Trouble } from "../../shell/trouble.tsx";
import { useWords } from "../../words/language.tsx";
import { deskWords } from "./desk-words.ts";
import { useColleagues, useDesk } from "./use-desk.ts";

type Cases = readonly { caseId: string; no: number }[];
type Props = { cases: Cases; onDone: () => void };

type Give = (to: { id: string; name: string }) => void;

/** Colleagues are asked for when somebody wants to see them. */
export const AssignMenu = ({ onGive }: { onGive: Give }): ReactElement => {
  const words = useWords(deskWords);
  const [opened, setOpened] = useState(false);
  const colleagues = useColleagues(opened);
  return (
    <Menu opened={opened} onChange={setOpened} position="bottom-start">
      <Menu.Target>
        <Button variant="default" size="compact-md" mih={36}>
          {words.assign}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {colleagues.length === 0 ? <Menu.Label maw={240}>{words.nobodyElse}</Menu.Label> : null}
        {colleagues.map((one) => (
          <Menu.Item
            key={one.id}
            onClick={() => {
              onGive(one);
            }}
          >
            {one.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
};

/** What can be done at once to the cases that are chosen in a list; none: nothing is shown. */
export const DeskBar = ({ cases, onDone }: Props): ReactElement | null => {
  const words = useWords(deskWords);
  const { mutate, isPending, error } = useDesk(onDone);
  if (cases.length === 0) return null;
  const all = cases.map(({ caseId }) => ({ caseId }));
  const acts = [
    ["claim", words.claim, all],
    ["release", words.release, all],
    ["read", words.read, [...cases]],
  ] as const;
  return (
    <Paper withBorder p="xs" className="desk-bar" component="section" aria-label={words.chosen}>
      <Group gap="xs">
        <Text fw={600} role="status">
          {cases.length} {words.chosen}
        </Text>
        {acts.map(([act, name, chosen]) => (
          <Button
            key={act}
            size="compact-md"
            mih={36}
            variant={act === "claim" ? "filled" : "default"}
            disabled={isPending}
            onClick={() => {
              mutate({ act, cases: [...chosen] });
            }}
          >
            {name}
          </Button>
        ))}
        <AssignMenu
          onGive={(to) => {
            mutate({ act: "assign", cases: all, to });
          }}
        />
        <Button size="compact-md" mih={36} variant="subtle" onClick={onDone}>
          {words.clear}
        </Button>
      </Group>
      {error === null ? null : <Trouble error={error} />}
    </Paper>
  );
};

import { Paper, Skeleton, Stack, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useWords } from "../words/language.tsx";
import { shellWords } from "../words/shell.ts";

/** What will come here, and how to make it come. */
export const Nothing = ({ title, text }: { title: string; text: string }): ReactElement => (
  <Paper withBorder p="lg">
    <Text fw={600}>{title}</Text>
    <Text c="dimmed">{text}</Text>
  </Paper>
);

/** The shape of a list that is on its way. */
export const LinesComing = ({ count = 4 }: { count?: number }): ReactElement => (
  <Stack gap="xs" role="status" aria-label={useWords(shellWords).loading}>
    {Array.from({ length: count }, (_, at) => `line ${String(at)}`).map((key) => (
      <Skeleton key={key} height={44} />
    ))}
  </Stack>
);

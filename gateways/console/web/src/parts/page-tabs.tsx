import { Button, Group } from "@mantine/core";
import type { ReactElement } from "react";
import { Link } from "wouter";

/** The parts of a page, each with an address of its own; the first one's is the page's. */
export const PageTabs = ({
  label,
  base,
  here,
  tabs,
}: {
  label: string;
  base: string;
  here: string;
  tabs: readonly { id: string; name: string }[];
}): ReactElement => (
  <Group component="nav" aria-label={label} gap={4} mb="md">
    {tabs.map(({ id, name }, at) => (
      <Button
        key={id}
        component={Link}
        href={at === 0 ? base : `${base}/${id}`}
        variant={id === here ? "filled" : "subtle"}
        {...(id === here ? { "aria-current": "page" as const } : {})}
        size="sm"
        mih={44}
      >
        {name}
      </Button>
    ))}
  </Group>
);

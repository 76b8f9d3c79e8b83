import { Table } from "@mantine/core";
import type { ReactElement, ReactNode } from "react";

/** A table that is wider than a phone: it moves sideways by itself, by finger and by arrow keys, and the page stays where it is. */
export const WideTable = ({
  label,
  head,
  children,
  minWidth = 640,
}: {
  label: string;
  head: readonly string[];
  children: ReactNode;
  minWidth?: number;
}): ReactElement => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what moves sideways must be reached by keyboard (WCAG 2.2, 2.1.1).
  <section aria-label={label} tabIndex={0} style={{ overflowX: "auto" }}>
    <Table miw={minWidth} highlightOnHover verticalSpacing="xs">
      <Table.Thead>
        <Table.Tr>
          {head.map((name) => (
            <Table.Th key={name} scope="col">
              {name}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>{children}</Table.Tbody>
    </Table>
  </section>
);

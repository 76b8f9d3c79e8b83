import { Table, Title } from "@mantine/core";
import type { ReactElement } from "react";
import type {
  WhatIfFigures,
  WhatIfProgress,
  WhatIfResult,
} from "../../../../../../contracts/messages/what-if.ts";
import { sendJson } from "../../api/client.ts";
import { WideTable } from "../../parts/wide-table.tsx";
import { useWords } from "../../words/language.tsx";
import { agreementWords } from "./words.ts";

type Answer = WhatIfResult | WhatIfProgress;
const waitMs = 2_000;

/** Asks again for as long as the journal is read. */
export const tried = async (question: object): Promise<WhatIfResult> => {
  for (;;) {
    const answer = await sendJson<Answer>("/v1/agreements/what-if", question);
    if ("answers" in answer) return answer;
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
};

export const BeforeAndAfter = ({ result }: { result: WhatIfResult }): ReactElement => {
  const words = useWords(agreementWords);
  const rows = [
    { key: words.everybody, ...result.answers },
    ...result.parties.map(({ promise, name, ...sides }) => ({ key: `${promise}: ${name}`, ...sides })),
  ];
  const both = (
    { now, tried: then }: { now: WhatIfFigures | null; tried: WhatIfFigures | null },
    name: "clocks" | "inTime" | "late" | "warned",
  ): string =>
    now === null || then === null ? words.hidden : `${String(now[name])} → ${String(then[name])}`;
  return (
    <section>
      <Title order={3} size="h4">
        {words.whatIf}
      </Title>
      <WideTable
        label={words.whatIf}
        head={[words.promise, words.clocks, words.inTime, words.late, words.warned]}
      >
        {rows.map(({ key, ...sides }) => (
          <Table.Tr key={key}>
            <Table.Th scope="row">{key}</Table.Th>
            {(["clocks", "inTime", "late", "warned"] as const).map((name) => (
              <Table.Td key={name}>{both(sides, name)}</Table.Td>
            ))}
          </Table.Tr>
        ))}
      </WideTable>
    </section>
  );
};

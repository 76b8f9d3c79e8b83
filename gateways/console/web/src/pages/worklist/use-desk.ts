import { notifications } from "@mantine/notifications";
import { type UseMutationResult, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type {
  Colleague,
  Colleagues,
  DeskOrder,
  DeskOutcomes,
} from "../../../../../../contracts/messages/desk.ts";
import type { PeopleAnswer } from "../../../../../../contracts/messages/session.ts";
import { getJson, sendJson } from "../../api/client.ts";
import { liveKeys } from "../../api/live.tsx";
import { useSession } from "../../api/session.ts";
import { useWords } from "../../words/language.tsx";
import { deskWords } from "./desk-words.ts";
import { cameOf } from "./selection.ts";

type Ordered = Pick<DeskOrder, "act" | "cases" | "to" | "takeOver">;

/** Does one thing to many cases among our own people, and tells of each that could not be had, and why. */
export const useDesk = (
  done: () => void = () => undefined,
): UseMutationResult<DeskOutcomes, Error, Ordered> => {
  const client = useQueryClient();
  const words = useWords(deskWords);
  return useMutation({
    networkMode: "always",
    mutationFn: (order: Ordered) =>
      sendJson<DeskOutcomes>("/v1/worklist/desk", order, { key: crypto.randomUUID() }),
    onSuccess: ({ outcomes }, { act }) => {
      void client.invalidateQueries({ queryKey: [liveKeys.lists] });
      for (const { caseId } of outcomes) void client.invalidateQueries({ queryKey: [liveKeys.case, caseId] });
      done();
      const { count, held, lost } = cameOf(outcomes);
      const lines = [
        ...held.map(({ name, cases }) => `${name} ${words.hasTaken} ${String(cases)}.`),
        ...(lost === 0 ? [] : [`${String(lost)} ${words.lost}`]),
      ];
      if (act === "read" && lines.length === 0) return;
      notifications.show({
        title: `${words.did[act]}: ${String(count)}`,
        message: lines.join(" "),
        color: lines.length === 0 ? "teal" : "yellow",
        closeButtonProps: { "aria-label": words.close },
      });
    },
  });
};

/** To whom a case can be given: who has worked on cases here, and on a hub on loopback the made-up people of the house. */
export const useColleagues = (isWanted: boolean): readonly Colleague[] => {
  const { gln, person } = useSession();
  const { data: known } = useQuery({
    queryKey: [liveKeys.lists, "colleagues"],
    enabled: isWanted,
    queryFn: ({ signal }) => getJson<Colleagues>("/v1/worklist/colleagues", signal),
  });
  const { data: made } = useQuery({
    queryKey: ["people"],
    enabled: isWanted,
    queryFn: ({ signal }) => getJson<PeopleAnswer>("/v1/session/people", signal),
  });
  const here = (made?.people ?? []).filter((one) => one.gln === gln);
  const all = new Map([...here, ...(known?.colleagues ?? [])].map(({ id, name }) => [id, { id, name }]));
  return [...all.values()]
    .filter(({ id }) => id !== person?.id)
    .toSorted((a, b) => a.name.localeCompare(b.name, "da"));
};

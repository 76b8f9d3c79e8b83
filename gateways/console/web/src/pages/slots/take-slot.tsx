import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { Link } from "wouter";
import type { CommandAnswer } from "../../../../../../contracts/answers.ts";
import type { OpenSlot } from "../../../../../../contracts/messages/booking-slot.ts";
import { sendJson } from "../../api/client.ts";
import { liveKeys } from "../../api/live.tsx";
import { noPatient, patientOf } from "../../forms/cpr.ts";
import { PatientFields } from "../../forms/fields/patient-fields.tsx";
import { isFinal } from "../../forms/use-command.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Trouble } from "../../shell/trouble.tsx";
import { localOf } from "../../time/danish.ts";
import { useWords } from "../../words/language.tsx";
import { SlotCard } from "./slot-card.tsx";
import { slotWords } from "./words.ts";

export type Taking = { slot: OpenSlot; how: "hold" | "book" };
type Props = { taking: Taking; onClose: () => void };
type Step = "open" | "held" | "booked" | "released";

/** A place is named by an id of its own, so that it is taken once; the steps after it have their keys. */
const newKeys = () => ({
  open: crypto.randomUUID(),
  book: crypto.randomUUID(),
  release: crypto.randomUUID(),
});
/** How long a hold lasts (services/booking). */
const holdMs = 10 * 60_000;

const useTaking = ({ slot, how }: Taking) => {
  const client = useQueryClient();
  const [keys, setKeys] = useState(newKeys);
  const [step, setStep] = useState<Step>("open");
  const [held, setHeld] = useState<{ caseId: string; until: string }>();
  const act = useMutation({
    networkMode: "always",
    mutationFn: async ({ to, patient }: { to: Step; patient?: object }) => {
      if (step === "open") {
        const path = how === "hold" ? "/v1/bookings" : "/v1/bookings/direct";
        const answer = await sendJson<CommandAnswer>(path, {
          messageId: keys.open,
          slotId: slot.slotId,
          patient,
        });
        return { to, answer };
      }
      const name = to === "booked" ? "book" : "release";
      const path = `/v1/bookings/${held?.caseId ?? ""}/${name}`;
      return { to, answer: await sendJson<CommandAnswer>(path, {}, { key: keys[name] }) };
    },
    onSuccess: ({ to, answer }) => {
      if (answer.status === "accepted" && held === undefined)
        setHeld({
          caseId: answer.caseId,
          until: localOf(Date.parse(answer.at) + holdMs).time,
        });
      setStep(to);
      void client.invalidateQueries({ queryKey: [liveKeys.lists] });
    },
    onError: (error) => {
      if (isFinal(error)) setKeys(newKeys());
    },
  });
  return { step, held, act };
};

/** Holds or books one time for a patient, and then books or gives back what is held. */
export const TakeSlot = ({ taking, onClose }: Props): ReactElement => {
  const words = useWords(slotWords);
  const [patient, setPatient] = useState(noPatient);
  const [hasTried, setTried] = useState(false);
  const { step, held, act } = useTaking(taking);
  const take = (): void => {
    setTried(true);
    const said = patientOf(patient);
    if (said !== undefined) act.mutate({ to: taking.how === "hold" ? "held" : "booked", patient: said });
  };
  return (
    <Dialog title={words.who} close={words.close} onClose={onClose} size="lg">
      <SlotCard slot={taking.slot} />
      {step === "open" ? (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            take();
          }}
        >
          <Stack>
            <PatientFields value={patient} onChange={setPatient} hasTried={hasTried} />
            <Group>
              <Button type="submit" loading={act.isPending}>
                {taking.how === "hold" ? words.hold : words.book}
              </Button>
            </Group>
          </Stack>
        </form>
      ) : null}
      {step === "held" ? (
        <Alert color="yellow" title={`${words.heldFor} ${held?.until ?? ""}`} role="status">
          <Group>
            <Button
              loading={act.isPending}
              onClick={() => {
                act.mutate({ to: "booked" });
              }}
            >
              {words.book}
            </Button>
            <Button
              variant="default"
              onClick={() => {
                act.mutate({ to: "released" });
              }}
            >
              {words.release}
            </Button>
          </Group>
        </Alert>
      ) : null}
      {step === "booked" ? (
        <Alert color="teal" role="status" title={words.booked}>
          {held === undefined ? null : <Link href={`/cases/${held.caseId}`}>{words.case}</Link>}
        </Alert>
      ) : null}
      {step === "released" ? <Text role="status">{words.released}</Text> : null}
      {act.error === null ? null : <Trouble error={act.error} />}
    </Dialog>
  );
};

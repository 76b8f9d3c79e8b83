import type { ReactElement } from "react";
import { lineAt, longAt, momentAt, optional } from "../../forms/described/fields.ts";
import { both, type CommandForm, type Option } from "../../forms/described/form.ts";
import { OpeningForm } from "../../forms/opening-form.tsx";
import { specialityWords } from "../../words/specialities.ts";

const english = new Map<string, string>(Object.entries(specialityWords.en));
const specialities: Option[] = Object.entries(specialityWords.da).map(([value, da]) => ({
  value,
  label: both(da, english.get(value) ?? da),
}));

/** What a visitation says of a time (contracts/messages/booking-slot.ts, PublishSlot). */
const publishForm: CommandForm = {
  path: "/v1/slots",
  title: both("Subakut tid", "Sub-acute time"),
  send: both("Opret", "Publish"),
  fields: [
    { kind: "choice", name: "speciality", label: both("Speciale", "Speciality"), options: specialities },
    momentAt("start", "Tidspunkt", "Time"),
    {
      kind: "whole",
      name: "lengthMinutes",
      min: 5,
      max: 600,
      initial: "30",
      label: both("Varighed i minutter", "Length in minutes"),
    },
    { kind: "whole", name: "places", min: 1, max: 500, initial: "1", label: both("Pladser", "Places") },
    lineAt("place", ["Sted", "Place"], 200),
    optional(longAt("instructions", ["Hvad patienten skal vide", "What the patient is to know"], 1000)),
    {
      kind: "organisation",
      name: "unit",
      isOptional: true,
      label: both("Afdeling, der ser patienten", "Unit that sees the patient"),
    },
  ],
};

export const PublishForm = ({ done }: { done: () => void }): ReactElement => (
  <OpeningForm name="booking.publish" form={publishForm} hasPatient={false} done={done} />
);

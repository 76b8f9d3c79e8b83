import { Skeleton, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import type { ReferralRulesAnswer } from "../../../../../../contracts/messages/hub-rules.ts";
import type { ReferralKind } from "../../../../../../contracts/messages/referral-content.ts";
import { getJson } from "../../api/client.ts";
import { type Directory, useDirectory } from "../../api/directory.ts";
import { textOf, type Values } from "../../forms/body-of.ts";
import { files } from "../../forms/described/fields.ts";
import { both, type CommandForm, type Field, option } from "../../forms/described/form.ts";
import { OpeningForm } from "../../forms/opening-form.tsx";
import { Trouble } from "../../shell/trouble.tsx";
import type { Both } from "../../words/both.ts";
import { useWords } from "../../words/language.tsx";
import { withChoices } from "./directory-choices.ts";
import { allReferralFields, besides, referralFields } from "./referral-fields.ts";

const pageWords = {
  da: {
    title: "Henvis",
    lead: "Formularen spørger om det, modtageren kræver. Resten er ønsker: de mangler aldrig, men de hjælper.",
  },
  en: {
    title: "Refer",
    lead: "The form asks for what the receiver demands. The rest is wished for: nothing fails without it, but it helps.",
  },
} satisfies Both<object>;

const kinds: ReadonlyMap<string, { kind: ReferralKind; finds: boolean }> = new Map([
  ["hospital", { kind: "hospital", finds: false }],
  ["cancer", { kind: "cancer", finds: false }],
  ["imaging", { kind: "imaging", finds: true }],
  ["psychiatry", { kind: "psychiatry", finds: true }],
  ["prevention", { kind: "prevention", finds: true }],
  ["acute-team", { kind: "acute-team", finds: true }],
]);

const kindField: Field = {
  kind: "choice",
  name: "kind",
  initial: "hospital",
  label: both("Hvad henvises til", "Referred to"),
  options: [
    option("hospital", "Sygehus: undersøgelse eller behandling", "Hospital: examination or treatment"),
    option("cancer", "Kræftpakke", "Cancer package"),
    option("imaging", "Billeddiagnostik", "Imaging"),
    option("psychiatry", "Psykiatri", "Psychiatry"),
    option("prevention", "Kommunal forebyggelse", "Municipal prevention"),
    option("acute-team", "Akutteam", "Acute team"),
  ],
};
const receiver: Field = { kind: "organisation", name: "to.gln", label: both("Til", "To") };

const offers: Readonly<Record<string, string>> = {
  hospital: "referral",
  cancer: "referral",
  imaging: "imaging",
  psychiatry: "psychiatry",
  prevention: "prevention",
  "acute-team": "acute-nursing",
};

/** What is asked for (contracts/messages/referral-commands.ts, SendReferral); which of it, the rules tell. */
const referForm: CommandForm = {
  path: "/v1/referrals",
  title: both("Henvisning", "Referral"),
  send: both("Send henvisning", "Send the referral"),
  fields: [kindField, receiver, ...allReferralFields, files],
  fixed: besides,
};

/** Whom it goes to is left to the directory where the hub finds it by itself. */
const toField = (chosen: string): Field => ({
  ...receiver,
  offer: offers[chosen] ?? "referral",
  ...(kinds.get(chosen)?.finds === true
    ? {
        isOptional: true,
        help: both(
          "Kan stå tomt: vejviseren finder, hvem der tager imod i dag.",
          "May be left empty: the directory finds who takes it today.",
        ),
      }
    : {}),
});

const fieldsFrom =
  ({ rules }: ReferralRulesAnswer, listed: Directory["all"]) =>
  (values: Values): readonly Field[] => {
    const chosen = textOf(values["kind"]);
    const kind = kinds.get(chosen)?.kind ?? "hospital";
    const to = textOf(values["to.gln"]);
    const fields = referralFields(rules, { kind, receiver: to, values });
    return [kindField, toField(chosen), ...withChoices(fields, listed, values)];
  };

const ReferralPage = (): ReactElement => {
  const words = useWords(pageWords);
  const { all } = useDirectory();
  const { data, error, refetch } = useQuery({
    queryKey: ["referral-rules"],
    queryFn: ({ signal }) => getJson<ReferralRulesAnswer>("/v1/referral-rules", signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Stack>
      <Title order={1} size="h2">
        {words.title}
      </Title>
      <Text>{words.lead}</Text>
      {error === null ? null : <Trouble error={error} again={() => void refetch()} />}
      {data === undefined ? (
        <Skeleton height={480} maw={760} />
      ) : (
        <OpeningForm name="referral.send" form={referForm} fieldsFor={fieldsFrom(data, all)} hasPatient />
      )}
    </Stack>
  );
};
export default ReferralPage;

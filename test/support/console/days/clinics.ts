import { expect } from "vitest";
import {
  act,
  caseShown,
  choose,
  type Day,
  fill,
  fillPatient,
  gln,
  type Me,
  open,
  type Pair,
  patientOf,
  pick,
  press,
} from "./day.ts";

const answered = "Sæt dosis ned til 75 mikrogram, og kontrollér om seks uger.";

const askAndRead = async (me: Me): Promise<void> => {
  const { page, others } = me;
  await open(me, "/new/advice");
  await fillPatient(me, me.no, "Hverdag");
  await choose(me, ["Til", "To"], "Kardiologisk");
  await fill(me, ["Emne", "Subject"], "Hverdagens spørgsmål");
  await fill(me, ["Spørgsmål", "Question"], "Bør dosis sættes ned?");
  await press(me, ["Send spørgsmål", "Send the question"], page);
  const caseId = await caseShown(me);
  const answer = { text: answered, outcome: "advice", adviser: { name: "Karla Kjærbo" } };
  await others.post(gln.cardiology, `/v1/cases/${caseId}/answer`, answer);
  // It comes by itself to whoever has the case open.
  await page.getByText(answered).first().waitFor();
  await others.until(caseId, gln.practice, "answered");
};

const refer = async (me: Me): Promise<void> => {
  await press(me, ["Ny", "New"], me.page);
  await me.page.getByRole("menuitem", { name: me.say(["Henvis", "Refer"]), exact: true }).click();
  await fillPatient(me, me.no, "Hverdag");
  await choose(me, ["Til", "To"], "Kardiologisk");
  for (const [name, text] of [
    [["Hvad der spørges om, og hvorfor", "What is asked, and why"], "Palpitationer gennem to måneder."],
    [["Henvisningsdiagnose", "Referral diagnosis"], "Palpitationer"],
    [["Diagnosekode (SKS)", "Code (SKS)"], "DR002"],
    [["Sygehistorie", "History"], "Ingen kendt hjertesygdom."],
    [["Objektive fund", "Findings"], "Upåfaldende."],
    [["Aktuel medicin (FMK)", "Present medicine"], "Ingen."],
    [["CAVE (skriv også, når der ingen er)", "CAVE (also when there is none)"], "Ingen."],
    [["Telefon, hvor lægen kan nås", "Number that reaches the doctor"], "90000001"],
    [["Patientens telefon", "The patient's telephone"], "20000001"],
  ] as const)
    await fill(me, name, text);
  await pick(me, ["Hvor hurtigt", "How soon"], ["Elektivt", "Elective"]);
  await pick(me, ["Form", "Form"], ["Ambulant", "Out-patient"]);
  await press(me, ["Send henvisning", "Send the referral"], me.page);
  await me.others.until(await caseShown(me), gln.cardiology, "sent");
};

const measure = async (me: Me): Promise<void> => {
  const { page, say } = me;
  await open(me, "/tobs");
  for (const [name, value] of [
    [["Respiration", "Respiration"], "24"],
    [["Puls", "Pulse"], "118"],
    [["Systolisk blodtryk", "Systolic blood pressure"], "98"],
    [["Temperatur", "Temperature"], "38,6"],
  ] as const)
    await page.getByRole("textbox", { name: new RegExp(`^${say(name)}`) }).fill(value);
  await page.getByRole("button", { name: /^(Habituel|As usual)/ }).click();
  await page
    .getByRole("group", { name: say(["Hvor er temperaturen", "Where was the temperature"]) })
    .getByRole("button")
    .first()
    .click();
  await page.getByText(say(["Det skal du gøre nu", "What to do now"])).waitFor();
  await page.getByText(say(["ISBAR til opkaldet", "ISBAR for the call"])).waitFor();
  await fillPatient(me, 20 + me.no, "Sengekant");
  await choose(me, ["Praksis (egen læge)", "Practice (GP)"], "Åparken");
  await press(me, ["Gem og send målingen", "Save and send"], page);
  await page.waitForURL(/\/tobs\/[0-9a-f-]{36}/);
  // Score and tier, as the nurse reads them on the trend.
  await page.getByRole("heading", { level: 1, name: /Sengekant/ }).waitFor();
};

const bookAndHold = async (me: Me): Promise<void> => {
  const { page, say } = me;
  await open(me, "/slots");
  const dialog = page.getByRole("dialog");
  const take = async (how: Pair): Promise<void> => {
    await press(me, how, page.locator("main"));
    await fillPatient(me, 30 + me.no, "Subakut");
    await press(me, how, dialog);
  };
  await take(["Book", "Book"]);
  await dialog.getByText(say(["Tiden er booket.", "The time is booked."])).waitFor();
  await press(me, ["Luk", "Close"], dialog);
  await take(["Reservér", "Hold"]);
  await press(me, ["Frigiv", "Give back"], dialog);
  await dialog.getByText(say(["Tiden er givet fri igen.", "The time is free again."])).waitFor();
};

const askBackAndAnswer = async (me: Me): Promise<void> => {
  const { page, others } = me;
  const caseId = await others.post(gln.practice, "/v1/advice", {
    messageId: `ask-back-${String(me.no)}`,
    ...{ to: { gln: gln.endocrinology }, patient: patientOf(40 + me.no, "Tilbage") },
    ...{ subject: "Stofskifte", question: "Hvad nu?", mayConvert: true },
  });
  await open(me, "/");
  await page.locator(`[data-case="${caseId}"]`).click();
  await act(
    me,
    ["Spørg tilbage", "Ask back"],
    () => fill(me, ["Hvad mangler I?", "What do you need?"], "Hvad er vægten?"),
    ["Send spørgsmål", "Send the question"],
  );
  await others.post(gln.practice, `/v1/cases/${caseId}/give-information`, { text: "82 kg." });
  await page.getByText("82 kg.").first().waitFor();
  await act(me, ["Svar", "Answer"], () => fill(me, ["Svar", "Answer"], answered), [
    "Send svar",
    "Send the answer",
  ]);
  await others.until(caseId, gln.endocrinology, "answered");
};

const referred = (me: Me, what: string): Promise<string> =>
  me.others.post(gln.practice, "/v1/referrals", {
    ...{ messageId: `visitation-${what}-${String(me.no)}`, kind: "hospital", to: { gln: gln.visitation } },
    patient: { ...patientOf(me.no, what), telephones: [{ number: "20000001", code: "mobil" }] },
    ...{ municipality: "0890", priority: "elektiv", referralStatus: "ambulant", cave: "Ingen." },
    ...{ clinicalReason: "Palpitationer gennem to måneder.", anamnesis: "Ingen kendt hjertesygdom." },
    ...{ examination: "Upåfaldende.", actualMedicine: "Ingen." },
    refer: { code: "DR002", codeType: "SKSdiagnosekode", text: "Palpitationer" },
    referrer: { name: "Asta Åkjær", phone: "90000001" },
  });

const triage = async (me: Me): Promise<void> => {
  const { page, others } = me;
  const [asked, forwarded, returned, accepted] = [
    await referred(me, "Mangler"),
    await referred(me, "Videre"),
    await referred(me, "Tilbage"),
    await referred(me, "Modtages"),
  ];
  const opened = async (caseId: string): Promise<void> => {
    await open(me, "/");
    await page.locator(`[data-case="${caseId}"]`).click();
  };
  await opened(asked);
  await act(me, ["Bed om flere oplysninger", "Ask for more"], () =>
    fill(me, ["Hvad mangler I?", "What do you need?"], "Seneste EKG?"),
  );
  await opened(forwarded);
  await act(me, ["Omvisitér", "Forward"], async () => {
    await choose(me, ["Til", "To"], "Kardiologisk");
    await fill(me, ["Begrundelse", "Reason"], "Hører til på kardiologisk.");
  });
  await others.until(forwarded, gln.cardiology, "sent");
  await opened(returned);
  await act(me, ["Returnér", "Return"], async () => {
    await pick(me, ["Årsag", "Reason"], ["Kan behandles i praksis", "Can be treated in the practice"]);
    await fill(me, ["Råd: hvad lægen kan gøre", "Advice: what the doctor can do"], "Se tiden an i to uger.");
    await fill(me, ["Telefon, hvor lægen kan nås", "Number that reaches the doctor"], "90000002");
  });
  await others.until(returned, gln.practice, "returned");
  await opened(accepted);
  await act(me, ["Visitér og acceptér", "Accept"], () => Promise.resolve());
  await others.until(accepted, gln.visitation, "accepted");
  expect((await others.caseOf(asked, gln.practice)).card?.awaits).toMatchObject([{ who: gln.practice }]);
};

const coordinate = async (me: Me): Promise<void> => {
  const stay = (event: string, hours: number): Promise<string> =>
    me.others.post(gln.hospital, "/v1/discharges/notifications", {
      ...{ messageId: `stay-${String(me.no)}-${event}`, stayId: `stay-${String(me.no)}`, event },
      ...{ patient: patientOf(60 + me.no, "Hjemad"), municipality: gln.municipality, practice: gln.practice },
      occurredAt: new Date(Date.now() - hours * 3_600_000).toISOString(),
      department: gln.cardiology,
    });
  await stay("admitted", 60);
  const caseId = await stay("discharged", 1);
  const left = async (): Promise<string[]> =>
    (await me.others.caseOf(caseId, gln.cardiology)).card?.awaits.map((awaited) => awaited.act) ?? [];
  await open(me, "/");
  await me.page.locator(`[data-case="${caseId}"]`).click();
  for (const item of [
    ["Behandlingsplan", "Treatment plan"],
    ["Medicin medgivet", "Medicine sent along"],
    ["Recepter", "Prescriptions"],
  ] as const)
    await act(me, ["Tjekliste", "Checklist"], () => pick(me, ["Punkt", "Item"], item));
  expect(await left()).toEqual(["make-ready-summary"]);
};

const publish = async (me: Me): Promise<void> => {
  const { page, say } = me;
  const place = `Ambulatorium ${String(80 + me.no)}`;
  await open(me, "/slots");
  await press(me, ["Opret tider", "Publish times"], page);
  await pick(me, ["Speciale", "Speciality"], ["Kardiologi", "Cardiology"]);
  const start = new Date(Date.now() + 4 * 3_600_000).toLocaleString("sv-SE", {
    timeZone: "Europe/Copenhagen",
  });
  await page.locator('form input[type="datetime-local"]').fill(start.slice(0, 16).replace(" ", "T"));
  await fill(me, ["Sted", "Place"], place);
  await press(me, ["Opret", "Publish"], page.locator("form").last());
  await page.locator("form").last().waitFor({ state: "detached" });
  await page.getByText(say(["De næste ledige", "The next free ones"])).click();
  await page.getByText(place).waitFor();
};

/** Of those who treat, plan and book. */
export const clinicDays: readonly Day[] = [
  {
    role: "a doctor asks for advice, reads the answer as it comes, and refers",
    person: "doctor-aaparken",
    live: async (me) => {
      await askAndRead(me);
      await refer(me);
    },
  },
  {
    role: "a specialist asks back, and answers what comes",
    person: "specialist-endocrinology",
    live: askBackAndAnswer,
  },
  { role: "an acute nurse measures at the bedside", person: "acute-nurse-nordfjord", live: measure },
  {
    role: "a visitation secretary asks, forwards, returns and accepts",
    person: "secretary-visitation",
    live: triage,
  },
  { role: "a ward goes through what a discharge needs", person: "specialist-cardiology", live: coordinate },
  { role: "a visitation publishes a sub-acute time", person: "secretary-visitation", live: publish },
  {
    role: "a practice nurse books a sub-acute time, and gives back one that was held",
    person: "nurse-aaparken",
    live: bookAndHold,
  },
];

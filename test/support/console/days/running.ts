import { eventually } from "../../eventually.ts";
import { department, practice, xdis91 } from "../../golden-samples.ts";
import { type Day, fill, gln, type Me, open, press } from "./day.ts";

/** A whole letter without its end, as a line that broke leaves it. */
const end = "</ClinicalEmail></Emessage>";
const tornLetter = (no: number): Uint8Array => {
  const whole = Buffer.from(
    xdis91({
      ...{
        from: practice,
        to: department,
        cpr: `0708${String(50 + no)}0000`,
        episode: `${String(no)}e`.padStart(32, "0"),
      },
      ...{ letterId: `DAG${String(no)}BREV`, envelopeId: `DAG${String(no)}KUV`, subject: "Knækket over" },
    }),
  ).toString("latin1");
  return Buffer.from(whole.slice(0, -end.length), "latin1");
};

const repair = async (me: Me): Promise<void> => {
  const { page, say, others } = me;
  const before = new Set(await others.unreadable());
  await others.sendLetter(gln.practice, tornLetter(me.no));
  const id = await eventually(
    async () => (await others.unreadable()).find((one) => !before.has(one)),
    "the torn letter is there",
  );
  await open(me, "/operations/dead-letters");
  await page.locator(`a[href$="/operations/dead-letters/${id}"]`).click();
  await press(me, ["Ret dokumentet og send igen", "Correct the document and send again"], page);
  const text = page.getByRole("textbox", { name: say(["Dokumentet", "The document"]), exact: true });
  await text.fill(`${await text.inputValue()}${end}`);
  await press(me, ["Send igen", "Send again"], page.locator("form").last());
  await page
    .getByText(say(["Sendt igen, rettet", "Sent again, corrected"]))
    .first()
    .waitFor();
};

const pauseAndResume = async (me: Me): Promise<void> => {
  const { page, say } = me;
  await open(me, "/operations/receivers");
  const pause = page.getByRole("button", { name: say(["Sæt på pause …", "Pause …"]) });
  await pause.first().click();
  const dialog = page.getByRole("dialog");
  await fill(me, ["Hvorfor", "Why"], "Nyt system i nat");
  await press(me, ["Sæt på pause", "Pause"], dialog);
  await page.getByText("Nyt system i nat").waitFor();
  await press(me, ["Genoptag", "Resume"], page);
  await pause.first().waitFor();
};

/** Tried on the past by a member of the committee. */
const tryOnThePast = async (me: Me): Promise<void> => {
  const { page, say } = me;
  await open(me, "/indicators");
  await page.getByRole("combobox", { name: say(["Fordelt på", "By"]) }).waitFor();
  await open(me, "/agreements/ADVICE-MSG");
  await page
    .getByRole("textbox", { name: new RegExp(`^${say(["Frist", "Limit"])}`) })
    .fill(String(2 + me.no));
  await press(me, ["Prøv på en periode", "Try it on a period"], page);
  await page.getByRole("heading", { name: say(["Før og efter", "Before and after"]) }).waitFor();
};

/** Put in force by whoever runs the hub, and compared with the version before it. */
const putInForce = async (me: Me): Promise<void> => {
  const { page, say } = me;
  await open(me, "/agreements/ADVICE-MSG");
  await page
    .getByRole("textbox", { name: new RegExp(`^${say(["Frist", "Limit"])}`) })
    .fill(String(4 + me.no));
  await press(me, ["Sæt i kraft", "Put in force"], page);
  const compared = page.getByRole("region", {
    name: say(["Versioner ved siden af hinanden", "Versions side by side"]),
  });
  await compared
    .getByText(String(4 + me.no))
    .first()
    .waitFor();
};

/** Of those who run the hub, and those who agree what it promises. */
export const runningDays: readonly Day[] = [
  {
    role: "an operator mends a torn letter, lets a receiver rest, and puts an agreement in force",
    person: "operator",
    live: async (me) => {
      await repair(me);
      await pauseAndResume(me);
      await putInForce(me);
    },
  },
  {
    role: "a member of the committee reads the figures and tries an agreement on the past",
    person: "committee-region",
    live: tryOnThePast,
  },
];

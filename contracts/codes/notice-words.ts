/** What a notice of a clock says, in Danish and in English. */
import type { InBothLanguages } from "../agreement.ts";
import type { DigestItem, NoticeFact } from "../notices.ts";

/** What happened, as a heading says it. */
export const noticeHeadings: Readonly<Record<NoticeFact["type"] | "DigestTold", InBothLanguages>> = {
  ClockWarned: { da: "Svarfrist nærmer sig", en: "An answer is due soon" },
  ClockBreached: { da: "Svarfrist overskredet", en: "An answer is late" },
  ClockEscalated: { da: "Svar mangler stadig", en: "An answer is still missing" },
  NoticeGathered: { da: "Sat på dagens oversigt", en: "Put on the day's list" },
  DigestTold: { da: "Dagens oversigt over svarfrister", en: "The day's list of answers that are due" },
};

/** How an item of a digest stands. `{due}` is filled in with a Danish time. */
export const digestStates: Readonly<Record<DigestItem["state"], InBothLanguages>> = {
  late: { da: "for sent siden {due}", en: "late since {due}" },
  soon: { da: "frist {due}", en: "due {due}" },
  waits: {
    da: "venter på svar fra den, der spurgte; frist var {due}",
    en: "waits for whoever asked; was due {due}",
  },
};

export const noNumber: InBothLanguages = {
  da: "Vejviseren har intet telefonnummer.",
  en: "The directory has no phone number.",
};

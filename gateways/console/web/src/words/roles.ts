import type { PersonRole } from "../../../../../contracts/messages/session.ts";
import type { Both } from "./both.ts";

export const roleWords: Both<Record<PersonRole, string>> = {
  da: {
    doctor: "Læge",
    nurse: "Sygeplejerske",
    secretary: "Sekretær",
    acuteNurse: "Akutsygeplejerske",
    visitation: "Visitation",
    operator: "Drift",
    committee: "Praksisplanudvalg",
    controller: "Kontrol af opslag",
  },
  en: {
    doctor: "Doctor",
    nurse: "Nurse",
    secretary: "Secretary",
    acuteNurse: "Acute nurse",
    visitation: "Visitation",
    operator: "Operations",
    committee: "Practice-plan committee",
    controller: "Control of look-ups",
  },
};

/** MedCom OIOXML MedicalSpecialityCode (ValueLists.xsd 2006/07/01 and 2012/03/28). Frozen misspellings are part of the list. */
export const oioxmlSpecialities: readonly string[] = `
  ikkeklassificeret intern_medicin_sygehus geriatri hepatologi haematologi infektionsmedicin kardiologi
  med_allergologi med_endokrinologi med_gastroenterologi med_lungesygdomme nefrologi reumatologi
  dermato_venerologi_sygehus neurologi onkologi kirurgi_sygehus karkirurgi kir_gastroenterologi
  plastikkirurgi thoraxkirurgi urologi gynaekologi_obstetrik_sygehus neurokirurgi
  ortopaedisk_kirurgi_sygehus oftalmologi oto_rhino_laryngologi hospitalsodontologi psykiatri_sygehus
  boerne_ungdomspsykiatri klin_biokemi klin_fys_nuklearmedicin klin_immunologi klin_mikrobiologi
  klin_neurofysiologi patologisk_anatomi diagnostisk_radiologi klin_farmakologi klin_genetik
  anaestesiologi_sygehus arbejdsmedicin almen_medicin samfundsmedicin almenlaege_laegevagt oejenlaege
  oere_naese_halslaege anaestesiologi_praksis roentgen_kbh dermato_venerologi_praksis roentgen
  reumatologi_fysiurgi gynaekologi_obstetrik_praksis intern_medicin_praksis kirurgi_praksis klinisk_kemi
  neuromedicin ortopaedisk_kirurgi_praksis patologi plastkirurgi psykiatri_praksis paediatri
  boernepsykiatri tropemedicin tandlaege fysioterapi kiropraktor briller fodterapi fodbehandlking
  med_laboratorier omegnslaboratorier psykolog akut almenlaege_vagtkoersel almenlaege_vagtlaegehjaelp
  blandet fodterapi_leddegigt fodterapi_radioaktiv fysioterapi_sygehus fysioterapi_vederlagsfri
  kiropraktor_64 med_laboratorier_kpll med_laboratorier_ssi neurokirurgi_praksis paediatri_sygehus
  palliativ retsmedicin ridefysioterapi ridefysioterapi_vederlagsfri sexologi tandplejere teddy vagtlaege
  vagtlaegehjaelp vagtlaegehjaelp_kbh
`
  .trim()
  .split(/\s+/);

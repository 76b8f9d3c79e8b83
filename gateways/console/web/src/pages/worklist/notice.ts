import { useEffect, useRef, useState } from "react";
import { isPressing, type Row } from "./rows.ts";

/** How many wait, or how many of them are urgent, in the tab: numbers alone, since a title is seen by whoever passes. */
export const useTitle = (name: string, badge: string): void => {
  useEffect(() => {
    document.title = `${badge === "" ? "" : `(${badge}) `}${name} · Sektorbro`;
    return () => {
      document.title = "Sektorbro";
    };
  }, [name, badge]);
};

const chosen = "sektorbro-sound";

const beep = (): void => {
  const audio = new AudioContext();
  const tone = audio.createOscillator();
  const loudness = audio.createGain();
  loudness.gain.value = 0.08;
  tone.frequency.value = 660;
  tone.connect(loudness).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + 0.25);
  tone.addEventListener("ended", () => void audio.close());
};

/** A short tone when something that presses is new; off until somebody wants it, and the choice is kept. */
export const useSound = (rows: readonly Row[] | undefined): [boolean, (isOn: boolean) => void] => {
  const [isOn, setIsOn] = useState(() => localStorage.getItem(chosen) === "on");
  const heard = useRef<ReadonlySet<string>>(undefined);
  useEffect(() => {
    if (rows === undefined) return;
    const pressing = new Set(rows.flatMap(({ item }) => (isPressing(item) ? [item.caseId] : [])));
    const before = heard.current;
    heard.current = pressing;
    if (isOn && before !== undefined && [...pressing].some((id) => !before.has(id))) beep();
  }, [rows, isOn]);
  const choose = (wanted: boolean): void => {
    localStorage.setItem(chosen, wanted ? "on" : "off");
    setIsOn(wanted);
  };
  return [isOn, choose];
};

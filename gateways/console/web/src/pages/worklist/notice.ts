import { useEffect, useRef, useState } from "react";
import { isPressing, type Row } from "./rows.ts";

/** How many wait, in the tab: a number alone, since a title is seen by whoever passes. */
export const useTitle = (name: string, count: number): void => {
  useEffect(() => {
    document.title = `${count === 0 ? "" : `(${String(count)}) `}${name} · Sektorbro`;
    return () => {
      document.title = "Sektorbro";
    };
  }, [name, count]);
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

const read = new Map<string, number>();
let begun: number | undefined;

/** What was there when this tab was opened is not new; what was changed since is, until its case is opened here. In memory alone. */
export const isUnread = ({ item }: Row): boolean => {
  begun ??= Date.now();
  const seen = read.get(item.caseId);
  return seen === undefined ? Date.parse(item.updatedAt) > begun : item.no > seen;
};
export const markRead = (caseId: string, no: number): void => {
  read.set(caseId, no);
};

export type Phase = "focus" | "short" | "long";

export interface Settings {
  /** Lengths in minutes. */
  focus: number;
  short: number;
  long: number;
  /** Focus sessions before a long break. */
  rounds: number;
  autoStart: boolean;
  sound: boolean;
}

export interface Session {
  id: string;
  task: string;
  minutes: number;
  /** When it ended, in milliseconds since 1970. */
  endedAt: number;
}

export const defaultSettings: Settings = { focus: 25, short: 5, long: 15, rounds: 4, autoStart: false, sound: true };

export const phases: readonly { id: Phase; name: string }[] = [
  { id: "focus", name: "Focus" },
  { id: "short", name: "Short break" },
  { id: "long", name: "Long break" },
];

export const phaseName = (phase: Phase) => phases.find(({ id }) => id === phase)?.name ?? phase;

export const phaseMs = (phase: Phase, settings: Settings) => settings[phase] * 60_000;

/** What follows a phase; `finished` counts the focus sessions of this run, the last one included. */
export function nextPhase(phase: Phase, finished: number, { rounds }: Settings): Phase {
  if (phase !== "focus") return "focus";
  return finished % rounds === 0 ? "long" : "short";
}

export function formatClock(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
}

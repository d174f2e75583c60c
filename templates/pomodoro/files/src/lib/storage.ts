import { startOfDay, startOfWeek, subDays } from "date-fns";
import { nanoid } from "nanoid";
import { defaultSettings, type Session, type Settings } from "./timer";

function read<T>(key: string, isValid: (value: unknown) => value is T): T | null {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? "null");
    return isValid(stored) ? stored : null;
  } catch {
    return null;
  }
}

/** Stores a value; a full or blocked storage keeps it only until the page closes. */
export function save(key: "pomodoro.settings" | "pomodoro.sessions", value: Settings | Session[]) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Nothing to do: the app goes on with what it has in memory.
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
const isCount = (value: unknown, most: number) => typeof value === "number" && value >= 1 && value <= most;

function isSettings(value: unknown): value is Settings {
  return (
    isRecord(value) &&
    [value.focus, value.short, value.long].every((minutes) => isCount(minutes, 180)) &&
    isCount(value.rounds, 12) &&
    typeof value.autoStart === "boolean" &&
    typeof value.sound === "boolean"
  );
}

function isSession(value: unknown): value is Session {
  return (
    isRecord(value) &&
    typeof value.id === "string" &&
    typeof value.task === "string" &&
    typeof value.minutes === "number" &&
    typeof value.endedAt === "number"
  );
}

const isSessions = (value: unknown): value is Session[] => Array.isArray(value) && value.every(isSession);

export const loadSettings = (): Settings => read("pomodoro.settings", isSettings) ?? defaultSettings;

export const loadSessions = (): Session[] => read("pomodoro.sessions", isSessions) ?? sampleSessions();

/** A week of sessions, newest first. */
function sampleSessions(): Session[] {
  const now = Date.now();
  const today = startOfDay(now).getTime();
  const session = (task: string, endedAt: number): Session => ({ id: nanoid(8), task, minutes: 25, endedAt });

  // Today's lie before now, and not before midnight.
  const recent = [
    session("Outline of the talk", now - 22 * 60_000),
    session("Reply to Jonas", now - 54 * 60_000),
    session("Read chapter three", now - 118 * 60_000),
  ].filter(({ endedAt }) => endedAt > today);

  const monday = startOfWeek(now, { weekStartsOn: 1 }).getTime();
  const tasks = ["Draft the report", "Review pull requests", "Outline of the talk", "Spanish lesson"];
  const earlier = [1, 2, 3, 4, 5, 6].flatMap((back) => {
    const day = startOfDay(subDays(now, back)).getTime();
    if (day < monday) return [];
    return Array.from({ length: 2 + ((back * 3) % 5) }, (_, index) =>
      session(tasks[(back + index) % tasks.length] ?? "", day + (9.5 + index * 0.6) * 3_600_000),
    ).reverse();
  });
  return [...recent, ...earlier];
}

import { addDays, differenceInCalendarDays, format, startOfWeek, subDays, subWeeks } from "date-fns";

export interface Habit {
  id: string;
  name: string;
  /** Days a week that keep the streak, from 1 to 7. */
  goal: number;
  /** Days on which it was done, YYYY-MM-DD. */
  days: string[];
}

export const toDay = (date: Date) => format(date, "yyyy-MM-dd");

export const weekStart = (date: Date) => startOfWeek(date, { weekStartsOn: 1 });

/** The seven days of the week that begins at `monday`. */
export const weekDays = (monday: Date) => Array.from({ length: 7 }, (_, index) => addDays(monday, index));

export function doneInWeek(habit: Habit, monday: Date): number {
  return weekDays(monday).filter((day) => habit.days.includes(toDay(day))).length;
}

export function toggleDay(habit: Habit, day: string): Habit {
  const days = habit.days.includes(day) ? habit.days.filter((other) => other !== day) : [...habit.days, day].sort();
  return { ...habit, days };
}

export interface Streak {
  length: number;
  unit: "day" | "week";
}

/**
 * Daily habits count days in a row, others weeks in a row that met the goal.
 * The day or week under way adds to a streak, but doesn't break it yet.
 */
export function currentStreak(habit: Habit, today: Date): Streak {
  let length = 0;
  if (habit.goal === 7) {
    const done = new Set(habit.days);
    let day = done.has(toDay(today)) ? today : subDays(today, 1);
    for (; done.has(toDay(day)); day = subDays(day, 1)) length += 1;
    return { length, unit: "day" };
  }
  const met = (monday: Date) => doneInWeek(habit, monday) >= habit.goal;
  let monday = weekStart(today);
  if (!met(monday)) monday = subWeeks(monday, 1);
  for (; met(monday); monday = subWeeks(monday, 1)) length += 1;
  return { length, unit: "week" };
}

export function bestStreak(habit: Habit, today: Date): Streak {
  const unit = habit.goal === 7 ? "day" : "week";
  const first = habit.days[0];
  if (!first) return { length: 0, unit };
  const done = new Set(habit.days);
  let best = 0;
  let run = 0;
  const count = (kept: boolean) => {
    run = kept ? run + 1 : 0;
    best = Math.max(best, run);
  };
  if (unit === "day") {
    for (let day = new Date(`${first}T00:00`); day <= today; day = addDays(day, 1)) count(done.has(toDay(day)));
  } else {
    for (let monday = weekStart(new Date(`${first}T00:00`)); monday <= today; monday = addDays(monday, 7)) {
      count(doneInWeek(habit, monday) >= habit.goal);
    }
  }
  return { length: best, unit };
}

/** Share of the goal reached in the last 30 days, in percent. */
export function recentRate(habit: Habit, today: Date): number {
  const done = habit.days.filter((day) => {
    const age = differenceInCalendarDays(today, new Date(`${day}T00:00`));
    return age >= 0 && age < 30;
  }).length;
  return Math.min(100, Math.round((done / ((30 / 7) * habit.goal)) * 100));
}

export function describeStreak({ length, unit }: Streak): string {
  return `${length} ${unit}${length === 1 ? "" : "s"}`;
}

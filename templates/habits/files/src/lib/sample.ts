import { getISODay, subDays } from "date-fns";
import { nanoid } from "nanoid";
import { toDay, type Habit } from "./habits";

/** A habit whose past follows a rule: days back and weekday (1 is Monday). */
function habit(name: string, goal: number, since: number, done: (back: number, weekday: number) => boolean): Habit {
  const today = new Date();
  const days = Array.from({ length: since }, (_, index) => since - 1 - index)
    .map((back) => ({ back, date: subDays(today, back) }))
    .filter(({ back, date }) => done(back, getISODay(date)))
    .map(({ date }) => toDay(date));
  return { id: nanoid(8), name, goal, days };
}

/** Habits for the first visit; today is left for the person to tick. */
export function sampleHabits(): Habit[] {
  return [
    habit("Read 20 pages", 7, 110, (back) => back > 0 && (back < 24 || back % 5 !== 0) && back !== 24),
    habit("Run", 3, 100, (back, weekday) => back > 0 && [2, 4, 6].includes(weekday) && back % 29 !== 0),
    habit("No phone after ten", 5, 80, (back, weekday) => back > 0 && weekday <= 5 && back % 11 !== 0 && back !== 36),
    habit("Practise the piano", 4, 90, (back, weekday) => back >= 0 && weekday !== 3 && weekday !== 5 && back % 4 !== 1),
    habit("Call someone", 1, 70, (back, weekday) => weekday === 7 && back > 6),
  ];
}

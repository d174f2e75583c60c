import { nanoid } from "nanoid";
import { useEffect, useState } from "react";
import { toggleDay, type Habit } from "./habits";
import { sampleHabits } from "./sample";

const KEY = "habits.v1";

function isHabit(value: unknown): value is Habit {
  if (typeof value !== "object" || value === null) return false;
  const { id, name, goal, days } = value as Partial<Record<keyof Habit, unknown>>;
  return (
    typeof id === "string" &&
    typeof name === "string" &&
    typeof goal === "number" &&
    goal >= 1 &&
    goal <= 7 &&
    Array.isArray(days) &&
    days.every((day) => typeof day === "string" && /^\d{4}-\d{2}-\d{2}$/.test(day))
  );
}

function load(): Habit[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? "null");
    return Array.isArray(stored) && stored.every(isHabit) ? stored : sampleHabits();
  } catch {
    return sampleHabits();
  }
}

/** The habits in their order, kept in localStorage. */
export function useHabits() {
  const [habits, setHabits] = useState(load);

  useEffect(() => {
    try {
      localStorage.setItem(KEY, JSON.stringify(habits));
    } catch {
      // Storage is full or blocked: the habits live until the page closes.
    }
  }, [habits]);

  const change = (id: string, edit: (habit: Habit) => Habit) =>
    setHabits((now) => now.map((habit) => (habit.id === id ? edit(habit) : habit)));

  return {
    habits,
    add: (name: string, goal: number) => {
      const habit: Habit = { id: nanoid(8), name, goal, days: [] };
      setHabits((now) => [...now, habit]);
      return habit.id;
    },
    toggle: (id: string, day: string) => change(id, (habit) => toggleDay(habit, day)),
    update: (id: string, fields: Pick<Habit, "name" | "goal">) => change(id, (habit) => ({ ...habit, ...fields })),
    remove: (id: string) => setHabits((now) => now.filter((habit) => habit.id !== id)),
    insert: (habit: Habit, index: number) => setHabits((now) => now.toSpliced(index, 0, habit)),
  };
}

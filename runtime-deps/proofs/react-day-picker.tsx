// proves: react-day-picker, react-day-picker/locale
import type { Proof } from "./harness/harness";
import { useState } from "react";
import { type DateRange, DayPicker } from "react-day-picker";
import { de } from "react-day-picker/locale";

export default function App() {
  const [range, setRange] = useState<DateRange>();
  const [day, setDay] = useState<Date>();
  return (
    <main>
      <DayPicker id="one" mode="single" selected={day} onSelect={setDay} defaultMonth={new Date(2024, 1)} />
      <DayPicker
        id="two"
        mode="range"
        selected={range}
        onSelect={setRange}
        defaultMonth={new Date(2024, 1)}
        locale={de}
      />
      <output>{`${day?.getDate()}; ${range?.from?.getDate()} to ${range?.to?.getDate()}`}</output>
    </main>
  );
}

export async function prove(t: Proof) {
  await t.until("February 2024");
  await t.until("Februar 2024");
  await t.press("#one [data-day='2024-02-29'] button");
  await t.press("#two [data-day='2024-02-05'] button");
  await t.press("#two [data-day='2024-02-09'] button");
  await t.shows("output", "29; 5 to 9");
  await t.press("#one button[aria-label*='Next']");
  await t.until("March 2024");
}

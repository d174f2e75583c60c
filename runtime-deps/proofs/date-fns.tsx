// proves: date-fns, date-fns/locale
import type { Proof } from "./harness/harness";
import {
  addDays,
  differenceInCalendarDays,
  eachDayOfInterval,
  format,
  formatDistance,
  isWeekend,
  parse,
  parseISO,
} from "date-fns";
import { de, fr, ja } from "date-fns/locale";

const start = parseISO("2024-02-28");

export default function App() {
  const days = eachDayOfInterval({ start, end: addDays(start, 3) });
  return (
    <ul>
      {days.map((day) => (
        <li key={day.toISOString()}>{format(day, "EEE d MMM", { locale: de })}</li>
      ))}
    </ul>
  );
}

export function prove(t: Proof) {
  t.equal(
    t.all("li").map((item) => item.textContent),
    ["Mi. 28 Feb.", "Do. 29 Feb.", "Fr. 1 März", "Sa. 2 März"],
  );
  t.equal(format(start, "PPPP", { locale: fr }), "mercredi 28 février 2024");
  t.equal(format(start, "yyyy年M月d日(E)", { locale: ja }), "2024年2月28日(水)");
  t.equal(formatDistance(start, addDays(start, 40)), "about 1 month");
  t.equal(format(parse("3/2/2021", "d/M/yyyy", new Date()), "yyyy-MM-dd"), "2021-02-03");
  t.equal(differenceInCalendarDays(new Date(2024, 2, 1), start), 2);
  t.equal(isWeekend(new Date(2024, 2, 2)), true);
}

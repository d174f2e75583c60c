// proves: dayjs
import type { Proof } from "./harness/harness";
import dayjs from "dayjs";
import { useState } from "react";

export default function App() {
  const [day, setDay] = useState(dayjs("2024-02-28"));
  return (
    <button onClick={() => setDay(day.add(1, "month").endOf("month"))}>{day.format("ddd D MMM YYYY")}</button>
  );
}

export async function prove(t: Proof) {
  t.equal(t.text("button"), "Wed 28 Feb 2024");
  await t.press("button");
  await t.shows("button", "Sun 31 Mar 2024");
  t.equal(dayjs("2024-03-10").diff("2024-02-28", "day"), 11);
  t.equal(dayjs("nonsense").isValid(), false);
}

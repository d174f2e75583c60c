// proves: dayjs/plugin/advancedFormat, dayjs/plugin/arraySupport, dayjs/plugin/badMutable, dayjs/plugin/bigIntSupport, dayjs/plugin/buddhistEra, dayjs/plugin/calendar, dayjs/plugin/customParseFormat, dayjs/plugin/dayOfYear, dayjs/plugin/devHelper, dayjs/plugin/duration, dayjs/plugin/isBetween, dayjs/plugin/isLeapYear, dayjs/plugin/isMoment, dayjs/plugin/isSameOrAfter, dayjs/plugin/isSameOrBefore, dayjs/plugin/isToday, dayjs/plugin/isTomorrow, dayjs/plugin/isYesterday, dayjs/plugin/isoWeek, dayjs/plugin/isoWeeksInYear, dayjs/plugin/localeData, dayjs/plugin/localizedFormat, dayjs/plugin/minMax, dayjs/plugin/negativeYear, dayjs/plugin/objectSupport, dayjs/plugin/pluralGetSet, dayjs/plugin/preParsePostFormat, dayjs/plugin/quarterOfYear, dayjs/plugin/relativeTime, dayjs/plugin/timezone, dayjs/plugin/toArray, dayjs/plugin/toObject, dayjs/plugin/updateLocale, dayjs/plugin/utc, dayjs/plugin/weekOfYear, dayjs/plugin/weekYear, dayjs/plugin/weekday
import type { Proof } from "./harness/harness";
import dayjs from "dayjs";
import advancedFormat from "dayjs/plugin/advancedFormat";
import arraySupport from "dayjs/plugin/arraySupport";
import badMutable from "dayjs/plugin/badMutable";
import bigIntSupport from "dayjs/plugin/bigIntSupport";
import buddhistEra from "dayjs/plugin/buddhistEra";
import calendar from "dayjs/plugin/calendar";
import customParseFormat from "dayjs/plugin/customParseFormat";
import dayOfYear from "dayjs/plugin/dayOfYear";
import devHelper from "dayjs/plugin/devHelper";
import duration from "dayjs/plugin/duration";
import isBetween from "dayjs/plugin/isBetween";
import isLeapYear from "dayjs/plugin/isLeapYear";
import isMoment from "dayjs/plugin/isMoment";
import isSameOrAfter from "dayjs/plugin/isSameOrAfter";
import isSameOrBefore from "dayjs/plugin/isSameOrBefore";
import isToday from "dayjs/plugin/isToday";
import isTomorrow from "dayjs/plugin/isTomorrow";
import isYesterday from "dayjs/plugin/isYesterday";
import isoWeek from "dayjs/plugin/isoWeek";
import isoWeeksInYear from "dayjs/plugin/isoWeeksInYear";
import localeData from "dayjs/plugin/localeData";
import localizedFormat from "dayjs/plugin/localizedFormat";
import minMax from "dayjs/plugin/minMax";
import negativeYear from "dayjs/plugin/negativeYear";
import objectSupport from "dayjs/plugin/objectSupport";
import pluralGetSet from "dayjs/plugin/pluralGetSet";
import preParsePostFormat from "dayjs/plugin/preParsePostFormat";
import quarterOfYear from "dayjs/plugin/quarterOfYear";
import relativeTime from "dayjs/plugin/relativeTime";
import timezone from "dayjs/plugin/timezone";
import toArray from "dayjs/plugin/toArray";
import toObject from "dayjs/plugin/toObject";
import updateLocale from "dayjs/plugin/updateLocale";
import utc from "dayjs/plugin/utc";
import weekday from "dayjs/plugin/weekday";
import weekOfYear from "dayjs/plugin/weekOfYear";
import weekYear from "dayjs/plugin/weekYear";

for (const plugin of [
  utc,
  timezone,
  advancedFormat,
  calendar,
  customParseFormat,
  dayOfYear,
  duration,
  isBetween,
])
  dayjs.extend(plugin);
for (const plugin of [isLeapYear, isMoment, isSameOrAfter, isSameOrBefore, isToday, isTomorrow, isYesterday])
  dayjs.extend(plugin);
for (const plugin of [isoWeek, isoWeeksInYear, localeData, localizedFormat, minMax, pluralGetSet])
  dayjs.extend(plugin);
for (const plugin of [
  quarterOfYear,
  relativeTime,
  toArray,
  toObject,
  updateLocale,
  weekday,
  weekOfYear,
  weekYear,
])
  dayjs.extend(plugin);

const day = dayjs("2024-02-28T10:00:00Z");

export default function App() {
  return (
    <main>
      <p>{day.tz("Asia/Tokyo").format("Do MMMM YYYY HH:mm")}</p>
      <i>{dayjs("2024-03-01").from("2024-02-28")}</i>
    </main>
  );
}

export function prove(t: Proof) {
  t.equal([t.text("p"), t.text("i")], ["28th February 2024 19:00", "in 2 days"]);
  t.equal(dayjs("28/02/24", "DD/MM/YY").format("YYYY-MM-DD"), "2024-02-28");
  t.equal(day.utc().add(1, "day").calendar(day.utc()), "Tomorrow at 10:00 AM");
  t.equal(dayjs.duration({ hours: 1, minutes: 30 }).asMinutes(), 90);
  t.equal(
    [
      day.dayOfYear(),
      day.quarter(),
      day.isoWeek(),
      day.week(),
      day.weekYear(),
      day.isoWeeksInYear(),
      day.weekday(),
    ],
    [59, 1, 9, 9, 2024, 52, 3],
  );
  t.equal(
    [day.isBetween("2024-01-01", "2024-12-31"), day.isLeapYear(), dayjs.isMoment(day)],
    [true, true, true],
  );
  t.equal([day.isSameOrAfter(day), day.isSameOrBefore("2020-01-01")], [true, false]);
  const now = dayjs();
  t.equal(
    [now.isToday(), now.add(1, "day").isTomorrow(), now.subtract(1, "day").isYesterday()],
    [true, true, true],
  );
  t.equal(
    [dayjs.min(day, dayjs("2020-01-01"))?.year(), day.months(), dayjs.months()[0], day.utc().format("LL")],
    [2020, 1, "January", "February 28, 2024"],
  );
  t.equal([day.utc().toArray(), day.utc().toObject().years], [[2024, 1, 28, 10, 0, 0, 0], 2024]);
  dayjs.updateLocale("en", { months: ["First", ...dayjs.months().slice(1)] });
  t.equal(dayjs("2024-01-01").format("MMMM"), "First");
  // These change what every dayjs does, so that they come last.
  for (const plugin of [
    arraySupport,
    bigIntSupport,
    buddhistEra,
    devHelper,
    negativeYear,
    objectSupport,
    preParsePostFormat,
  ])
    dayjs.extend(plugin);
  t.equal(dayjs([2021, 4, 3]).format("YYYY-MM-DD"), "2021-05-03");
  t.equal(dayjs({ year: 2020, month: 1, day: 2 }).format("YYYY-MM-DD"), "2020-02-02");
  t.equal(day.utc().format("BBBB"), "2567");
  t.equal(dayjs("-2020-01-01").year(), -2020);
  t.equal(dayjs(BigInt(86_400_000)).valueOf(), 86_400_000);
  dayjs.extend(badMutable);
  const changing = dayjs("2024-01-01");
  changing.add(1, "year");
  t.equal(changing.year(), 2025);
}

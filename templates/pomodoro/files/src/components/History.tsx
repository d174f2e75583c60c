import clsx from "clsx";
import { addDays, format, isSameDay, startOfWeek } from "date-fns";
import { AnimatePresence, motion } from "framer-motion";
import { X } from "lucide-react";
import type { Session } from "@/lib/timer";

const sumMinutes = (sessions: Session[]) => sessions.reduce((sum, { minutes }) => sum + minutes, 0);

export function formatMinutes(minutes: number) {
  const hours = Math.floor(minutes / 60);
  return hours > 0 ? `${hours} h ${minutes % 60} min` : `${minutes} min`;
}

function Week({ sessions }: { sessions: Session[] }) {
  const now = new Date();
  const monday = startOfWeek(now, { weekStartsOn: 1 });
  const days = Array.from({ length: 7 }, (_, index) => {
    const date = addDays(monday, index);
    return { date, minutes: sumMinutes(sessions.filter(({ endedAt }) => isSameDay(endedAt, date))) };
  });
  const most = Math.max(60, ...days.map(({ minutes }) => minutes));

  return (
    <ul aria-label="This week" className="grid grid-cols-7 gap-2">
      {days.map(({ date, minutes }) => (
        <li key={date.getTime()} title={formatMinutes(minutes)} className="text-center text-xs text-neutral-600 dark:text-neutral-400">
          <span aria-hidden className="flex h-20 items-end rounded bg-neutral-100 dark:bg-neutral-800/60">
            <span
              className={clsx("w-full rounded", isSameDay(date, now) ? "bg-accent dark:bg-accent-bright" : "bg-neutral-400 dark:bg-neutral-600")}
              style={{ height: `${(minutes / most) * 100}%` }}
            />
          </span>
          <span className={clsx("mt-1.5 block", isSameDay(date, now) && "font-semibold text-neutral-900 dark:text-neutral-100")}>{format(date, "EEEEEE")}</span>
          <span className="sr-only">, {formatMinutes(minutes)}</span>
        </li>
      ))}
    </ul>
  );
}

interface HistoryProps {
  /** Newest first. */
  sessions: Session[];
  onRemove: (session: Session) => void;
}

export function History({ sessions, onRemove }: HistoryProps) {
  const today = sessions.filter(({ endedAt }) => isSameDay(endedAt, Date.now()));

  return (
    <section aria-labelledby="today" className="rounded-xl border border-neutral-200 bg-white p-5 dark:border-neutral-800 dark:bg-neutral-900">
      <Week sessions={sessions} />
      <div className="mt-5 flex items-baseline justify-between border-t border-neutral-200 pt-4 dark:border-neutral-800">
        <h2 id="today" className="text-sm font-semibold">
          Today
        </h2>
        <span className="text-[13px] text-neutral-600 tabular-nums dark:text-neutral-400">{formatMinutes(sumMinutes(today))}</span>
      </div>
      {today.length === 0 ? (
        <p className="py-6 text-center text-sm text-neutral-600 dark:text-neutral-400">No session yet. The first one counts most.</p>
      ) : (
        <ul className="mt-2">
          <AnimatePresence initial={false}>
            {today.map((session) => (
              <motion.li
                key={session.id}
                initial={{ opacity: 0, height: 0 }}
                animate={{ opacity: 1, height: "auto" }}
                exit={{ opacity: 0, height: 0 }}
                transition={{ duration: 0.18, ease: "easeOut" }}
                className="flex items-center gap-3 overflow-hidden text-sm"
              >
                <span className="py-2 text-neutral-600 tabular-nums dark:text-neutral-400">{format(session.endedAt, "HH:mm")}</span>
                <span className="min-w-0 flex-1 truncate">{session.task || "Focus"}</span>
                <span className="text-neutral-600 tabular-nums dark:text-neutral-400">{session.minutes} min</span>
                <button
                  type="button"
                  onClick={() => onRemove(session)}
                  aria-label={`Delete session ${session.task || "Focus"}`}
                  className="-mr-1.5 rounded p-1 text-neutral-500 hover:bg-neutral-100 hover:text-neutral-900 dark:text-neutral-400 dark:hover:bg-neutral-800 dark:hover:text-neutral-100"
                >
                  <X aria-hidden className="size-4" />
                </button>
              </motion.li>
            ))}
          </AnimatePresence>
        </ul>
      )}
    </section>
  );
}

import clsx from "clsx";
import { ArrowRight } from "lucide-react";
import { useState } from "react";
import type { Best } from "@/lib/best";
import { topics, type TopicId } from "@/lib/questions";
import { SECONDS_PER_QUESTION, type Options } from "@/lib/quiz";

interface StartScreenProps {
  best: Best;
  onStart: (topic: TopicId, options: Options) => void;
}

const counts = [4, 8] as const;

export function StartScreen({ best, onStart }: StartScreenProps) {
  const [options, setOptions] = useState<Options>({ count: 8, timed: true });

  return (
    <>
      <h1 className="text-3xl font-semibold tracking-tight">What do you know?</h1>
      <p className="mt-2 text-zinc-600 dark:text-zinc-400">Choose a topic. Every answer comes with a line of explanation.</p>

      <ul aria-label="Topics" className="mt-8 space-y-3">
        {topics.map(({ id, name, about, icon: Icon }) => (
          <li key={id}>
            <button
              type="button"
              onClick={() => onStart(id, options)}
              className="group flex w-full items-center gap-4 rounded-xl border border-zinc-200 bg-white p-4 text-left transition-colors hover:border-accent dark:border-zinc-800 dark:bg-zinc-900 dark:hover:border-accent-bright"
            >
              <span className="grid size-11 shrink-0 place-items-center rounded-lg bg-accent/10 text-accent dark:bg-accent-bright/10 dark:text-accent-bright">
                <Icon aria-hidden className="size-5" />
              </span>
              <span className="min-w-0 flex-1">
                <span className="block font-medium">{name}</span>
                <span className="block text-sm text-zinc-600 dark:text-zinc-400">{about}</span>
              </span>
              {best[id] !== undefined && <span className="text-sm text-zinc-600 tabular-nums dark:text-zinc-400">Best {best[id]} %</span>}
              <ArrowRight aria-hidden className="size-4 shrink-0 text-zinc-500 transition-transform group-hover:translate-x-0.5 dark:text-zinc-400" />
            </button>
          </li>
        ))}
      </ul>

      <div className="mt-6 flex flex-wrap items-center gap-x-8 gap-y-3 text-sm">
        <div role="group" aria-label="Number of questions" className="flex rounded-md border border-zinc-300 p-0.5 dark:border-zinc-700">
          {counts.map((count) => (
            <button
              key={count}
              type="button"
              aria-pressed={options.count === count}
              onClick={() => setOptions({ ...options, count })}
              className={clsx(
                "rounded px-3 py-1 tabular-nums",
                options.count === count ? "bg-zinc-200 font-medium dark:bg-zinc-700" : "text-zinc-600 hover:text-zinc-900 dark:text-zinc-400 dark:hover:text-zinc-100",
              )}
            >
              {count} questions
            </button>
          ))}
        </div>
        <label className="flex items-center gap-2.5">
          <input
            type="checkbox"
            checked={options.timed}
            onChange={(event) => setOptions({ ...options, timed: event.target.checked })}
            className="size-4 accent-accent dark:accent-accent-bright"
          />
          {SECONDS_PER_QUESTION} seconds per question
        </label>
      </div>
    </>
  );
}

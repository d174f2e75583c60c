import clsx from "clsx";
import { Check, X } from "lucide-react";
import { correctAnswer, formatDuration, isRight, score, type Run } from "@/lib/quiz";

interface ResultScreenProps {
  run: Run;
  bestPercent: number;
  onAgain: () => void;
  onTopics: () => void;
}

function comment(percent: number) {
  if (percent === 100) return "Nothing left to learn here";
  if (percent >= 75) return "Very good";
  if (percent >= 50) return "More right than wrong";
  return "A good reason for another round";
}

export function ResultScreen({ run, bestPercent, onAgain, onTopics }: ResultScreenProps) {
  const right = score(run);
  const total = run.rounds.length;
  const percent = Math.round((right / total) * 100);
  const figures = [
    { label: "Score", value: `${percent} %` },
    { label: "Time", value: formatDuration((run.endedAt ?? run.startedAt) - run.startedAt) },
    { label: "Best", value: `${bestPercent} %` },
  ];

  return (
    <>
      <p className="text-sm text-zinc-600 dark:text-zinc-400">{comment(percent)}</p>
      <h1 className="mt-1 text-3xl font-semibold tracking-tight tabular-nums">
        {right} of {total} right
      </h1>
      <dl className="mt-6 grid grid-cols-3 divide-x divide-zinc-200 rounded-xl border border-zinc-200 bg-white dark:divide-zinc-800 dark:border-zinc-800 dark:bg-zinc-900">
        {figures.map(({ label, value }) => (
          <div key={label} className="px-4 py-3">
            <dt className="text-[13px] text-zinc-600 dark:text-zinc-400">{label}</dt>
            <dd className="text-lg font-semibold tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      <div className="mt-6 flex gap-2">
        <button
          type="button"
          onClick={onAgain}
          className="rounded-md bg-accent px-4 py-2 text-sm font-medium text-white hover:bg-accent/90 dark:bg-accent-bright dark:hover:bg-accent-bright/90 dark:text-zinc-950"
        >
          Play again
        </button>
        <button
          type="button"
          onClick={onTopics}
          className="rounded-md border border-zinc-300 bg-white px-4 py-2 text-sm hover:bg-zinc-50 dark:border-zinc-700 dark:bg-zinc-900 dark:hover:bg-zinc-800"
        >
          Other topics
        </button>
      </div>

      <h2 className="mt-10 text-sm font-semibold">Review</h2>
      <ol aria-label="Review" className="mt-3 divide-y divide-zinc-200 border-y border-zinc-200 dark:divide-zinc-800 dark:border-zinc-800">
        {run.rounds.map((round) => {
          const good = isRight(round);
          const Icon = good ? Check : X;
          return (
            <li key={round.question.text} className="flex gap-3 py-3.5">
              <Icon
                aria-label={good ? "Right" : "Wrong"}
                className={clsx("mt-0.5 size-5 shrink-0", good ? "text-emerald-700 dark:text-emerald-400" : "text-red-700 dark:text-red-400")}
              />
              <div className="min-w-0 text-[15px]">
                <p className="font-medium">{round.question.text}</p>
                <p className="mt-0.5 text-zinc-700 dark:text-zinc-300">
                  {correctAnswer(round.question)}
                  {!good && <span className="text-zinc-600 dark:text-zinc-400"> · {round.answer ? `you said ${round.answer}` : "no answer in time"}</span>}
                </p>
                <p className="mt-0.5 text-sm text-zinc-600 dark:text-zinc-400">{round.question.explanation}</p>
              </div>
            </li>
          );
        })}
      </ol>
    </>
  );
}

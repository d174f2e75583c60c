import clsx from "clsx";
import { Check, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { correctAnswer, isRight, SECONDS_PER_QUESTION, type Round } from "@/lib/quiz";
import { useCountdown } from "@/lib/useCountdown";

function Countdown({ running, onEnd }: { running: boolean; onEnd: () => void }) {
  const left = useCountdown(SECONDS_PER_QUESTION, running, onEnd);
  const short = left <= 5;
  return (
    <span role="timer" aria-label="Seconds left" className={clsx("tabular-nums", short && "font-semibold text-red-700 dark:text-red-400")}>
      {Math.ceil(left)} s
    </span>
  );
}

interface OptionProps {
  number: number;
  text: string;
  round: Round;
  onChoose: () => void;
}

function Option({ number, text, round, onChoose }: OptionProps) {
  const open = round.answer === undefined;
  const right = !open && text === correctAnswer(round.question);
  const wrong = !open && text === round.answer && !right;

  return (
    <button
      type="button"
      // Not disabled: focus stays where it is after an answer.
      aria-disabled={!open}
      aria-keyshortcuts={String(number)}
      onClick={onChoose}
      className={clsx(
        "flex w-full items-center gap-3 rounded-lg border px-4 py-3 text-left transition-colors",
        open && "border-zinc-300 bg-white hover:border-accent dark:border-zinc-700 dark:bg-zinc-900 dark:hover:border-accent-bright",
        right && "border-emerald-700 bg-emerald-50 dark:border-emerald-500 dark:bg-emerald-950/60",
        wrong && "border-red-700 bg-red-50 dark:border-red-500 dark:bg-red-950/60",
        !open && !right && !wrong && "border-zinc-200 text-zinc-600 dark:border-zinc-800 dark:text-zinc-400",
      )}
    >
      <kbd className="grid size-6 shrink-0 place-items-center rounded border border-zinc-300 bg-white font-sans text-xs text-zinc-600 tabular-nums dark:border-zinc-700 dark:bg-zinc-900 dark:text-zinc-400">
        {number}
      </kbd>
      <span className="flex-1">{text}</span>
      {right && <Check aria-label="Right" className="size-5 text-emerald-700 dark:text-emerald-400" />}
      {wrong && <X aria-label="Wrong" className="size-5 text-red-700 dark:text-red-400" />}
    </button>
  );
}

interface QuestionScreenProps {
  topic: string;
  rounds: Round[];
  current: number;
  timed: boolean;
  onAnswer: (answer: string | null) => void;
  onNext: () => void;
  onQuit: () => void;
}

export function QuestionScreen({ topic, rounds, current, timed, onAnswer, onNext, onQuit }: QuestionScreenProps) {
  const round = rounds[current];
  const heading = useRef<HTMLHeadingElement>(null);
  const answered = round?.answer !== undefined;

  useEffect(() => heading.current?.focus(), [current]);

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const option = round?.options[Number(event.key) - 1];
      if (option !== undefined && !answered) onAnswer(option);
      // A focused button answers Enter itself; an answered option has nothing left to do with it.
      const onButton = event.target instanceof HTMLButtonElement && event.target.getAttribute("aria-disabled") !== "true";
      if (event.key === "Enter" && answered && !onButton) {
        event.preventDefault();
        onNext();
      }
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [round, answered, onAnswer, onNext]);

  if (!round) return null;
  const last = current === rounds.length - 1;
  const verdict = round.answer === null ? "Time is up." : isRight(round) ? "Right." : "Not quite.";

  return (
    <>
      <div className="flex items-center justify-between text-sm text-zinc-600 dark:text-zinc-400">
        <span className="tabular-nums">
          {topic}, question {current + 1} of {rounds.length}
        </span>
        <div className="-mr-2 flex items-center gap-3">
          {timed && <Countdown key={current} running={!answered} onEnd={() => onAnswer(null)} />}
          <button type="button" onClick={onQuit} className="rounded-md px-2 py-1 hover:bg-zinc-200/70 dark:hover:bg-zinc-800">
            Quit
          </button>
        </div>
      </div>
      <ol aria-label="Progress" className="mt-3 flex gap-1">
        {rounds.map((item, index) => (
          <li
            key={item.question.text}
            className={clsx(
              "h-1.5 flex-1 rounded-full",
              item.answer === undefined
                ? index === current
                  ? "bg-accent/40 dark:bg-accent-bright/40"
                  : "bg-zinc-200 dark:bg-zinc-800"
                : isRight(item)
                  ? "bg-accent dark:bg-accent-bright"
                  : "bg-zinc-400 dark:bg-zinc-600",
            )}
          >
            <span className="sr-only">{item.answer === undefined ? "Open" : isRight(item) ? "Right" : "Wrong"}</span>
          </li>
        ))}
      </ol>

      <h1 ref={heading} tabIndex={-1} className="mt-8 min-h-16 text-2xl leading-8 font-semibold tracking-tight outline-none">
        {round.question.text}
      </h1>
      <div role="group" aria-label="Answers" className="mt-5 grid gap-2.5">
        {round.options.map((option, index) => (
          <Option key={option} number={index + 1} text={option} round={round} onChoose={() => onAnswer(option)} />
        ))}
      </div>

      <div className="mt-6 flex min-h-24 flex-wrap items-start justify-between gap-4 sm:flex-nowrap">
        <p role="status" className="text-[15px] leading-6">
          {answered && (
            <>
              <strong className="font-semibold">{verdict}</strong> <span className="text-zinc-700 dark:text-zinc-300">{round.question.explanation}</span>
            </>
          )}
        </p>
        {answered && (
          <button
            type="button"
            onClick={onNext}
            className="shrink-0 rounded-md bg-accent px-4 py-2 text-sm font-medium text-white hover:bg-accent/90 dark:bg-accent-bright dark:hover:bg-accent-bright/90 dark:text-zinc-950"
          >
            {last ? "See result" : "Next question"}
          </button>
        )}
      </div>
    </>
  );
}

import { useEffect, useReducer, useState } from "react";
import { toast, Toaster } from "sonner";
import { QuestionScreen } from "@/components/QuestionScreen";
import { ResultScreen } from "@/components/ResultScreen";
import { StartScreen } from "@/components/StartScreen";
import { loadBest, saveBest } from "@/lib/best";
import { topics, type TopicId } from "@/lib/questions";
import { reduce, score, type Options } from "@/lib/quiz";
import "./index.css";

export default function App() {
  const [{ run }, dispatch] = useReducer(reduce, { run: null });
  const [best, setBest] = useState(loadBest);
  const topic = topics.find(({ id }) => id === run?.topicId);

  useEffect(() => saveBest(best), [best]);

  function start(id: TopicId, options: Options) {
    const chosen = topics.find((candidate) => candidate.id === id);
    if (chosen) dispatch({ type: "start", topic: chosen, options, now: Date.now() });
  }

  function next() {
    if (!run) return;
    dispatch({ type: "next", now: Date.now() });
    if (run.current < run.rounds.length - 1) return;

    const percent = Math.round((score(run) / run.rounds.length) * 100);
    const before = best[run.topicId];
    if (before === undefined || percent > before) {
      setBest({ ...best, [run.topicId]: percent });
      if (before !== undefined) toast(`New best score: ${percent} %`);
    }
  }

  return (
    <div className="mx-auto min-h-dvh max-w-2xl px-4 py-8 sm:px-6 sm:py-14">
      <main>
        {!run || !topic ? (
          <StartScreen best={best} onStart={start} />
        ) : run.endedAt === null ? (
          <QuestionScreen
            topic={topic.name}
            rounds={run.rounds}
            current={run.current}
            timed={run.timed}
            onAnswer={(answer) => dispatch({ type: "answer", answer })}
            onNext={next}
            onQuit={() => dispatch({ type: "quit" })}
          />
        ) : (
          <ResultScreen
            run={run}
            bestPercent={best[topic.id] ?? 0}
            onAgain={() => start(topic.id, { count: run.rounds.length === 4 ? 4 : 8, timed: run.timed })}
            onTopics={() => dispatch({ type: "quit" })}
          />
        )}
      </main>
      <Toaster theme="system" position="bottom-center" toastOptions={{ actionButtonStyle: { height: 28 } }} />
    </div>
  );
}

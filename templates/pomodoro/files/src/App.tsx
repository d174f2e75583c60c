import { MotionConfig } from "framer-motion";
import { Settings2 } from "lucide-react";
import { nanoid } from "nanoid";
import { useEffect, useRef, useState } from "react";
import { toast, Toaster } from "sonner";
import { Controls } from "@/components/Controls";
import { History } from "@/components/History";
import { PhaseTabs } from "@/components/PhaseTabs";
import { ProgressRing } from "@/components/ProgressRing";
import { SettingsDialog } from "@/components/SettingsDialog";
import { playChime } from "@/lib/chime";
import { loadSessions, loadSettings, save } from "@/lib/storage";
import { formatClock, phaseName, type Phase, type Session, type Settings } from "@/lib/timer";
import { useTimer } from "@/lib/useTimer";
import "./index.css";

/** Space belongs to a focused control; anywhere else it starts and pauses. */
const isControl = (target: EventTarget | null) => target instanceof Element && target.closest("input, textarea, select, button, dialog") !== null;

export default function App() {
  const [settings, setSettings] = useState(loadSettings);
  const [sessions, setSessions] = useState(loadSessions);
  const [task, setTask] = useState("");
  const [settingsOpen, setSettingsOpen] = useState(false);
  const timer = useTimer(settings, onPhaseEnd);

  useEffect(() => save("pomodoro.sessions", sessions), [sessions]);
  useEffect(() => save("pomodoro.settings", settings), [settings]);

  const toggle = useRef(timer.toggle);
  useEffect(() => {
    toggle.current = timer.toggle;
  });
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.code !== "Space" || event.repeat || isControl(event.target)) return;
      event.preventDefault();
      toggle.current();
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);

  function onPhaseEnd(phase: Phase) {
    if (settings.sound) playChime();
    if (phase === "focus") {
      setSessions((now) => [{ id: nanoid(8), task: task.trim(), minutes: settings.focus, endedAt: Date.now() }, ...now]);
      toast("Session finished. Time for a break.");
    } else {
      toast("The break is over.");
    }
  }

  function removeSession(session: Session) {
    setSessions((now) => now.filter(({ id }) => id !== session.id));
    toast("Deleted the session", {
      action: {
        label: "Undo",
        onClick: () => setSessions((now) => [...now, session].sort((a, b) => b.endedAt - a.endedAt)),
      },
    });
  }

  function saveSettings(changed: Settings) {
    setSettings(changed);
    timer.apply(changed);
    setSettingsOpen(false);
  }

  const round = (timer.finished % settings.rounds) + 1;

  return (
    <MotionConfig reducedMotion="user">
      <div className="mx-auto max-w-4xl px-4 py-6 sm:px-6">
        <header className="flex items-center justify-between">
          <h1 className="text-xl font-semibold tracking-tight">Pomodoro</h1>
          <button
            type="button"
            onClick={() => setSettingsOpen(true)}
            className="-mr-2 flex items-center gap-2 rounded-md px-2 py-1.5 text-sm text-neutral-600 hover:bg-neutral-200/70 dark:text-neutral-400 dark:hover:bg-neutral-800"
          >
            <Settings2 aria-hidden className="size-4" />
            Settings
          </button>
        </header>
        <main className="mt-6 grid items-start gap-8 md:mt-10 md:grid-cols-[1fr_20rem] md:gap-12">
          <div className="space-y-7">
            <PhaseTabs phase={timer.phase} onChoose={timer.choose} />
            <ProgressRing progress={timer.progress}>
              <p role="timer" aria-label={`${phaseName(timer.phase)}, time left`} className="text-6xl font-semibold tracking-tight tabular-nums">
                {formatClock(timer.leftMs)}
              </p>
              <p className="mt-2 text-sm text-neutral-600 tabular-nums dark:text-neutral-400">
                Round {round} of {settings.rounds}
              </p>
            </ProgressRing>
            <Controls running={timer.running} onToggle={timer.toggle} onReset={timer.reset} onSkip={timer.skip} />
            <p role="status" className="sr-only">
              {phaseName(timer.phase)} {timer.running ? "running" : "paused"}
            </p>
          </div>
          <div className="space-y-4">
            <label className="block space-y-1.5 text-sm font-medium">
              <span className="block">Working on</span>
              <input
                value={task}
                onChange={(event) => setTask(event.target.value)}
                maxLength={80}
                placeholder="One thing at a time"
                className="w-full rounded-md border border-neutral-300 bg-white px-3 py-2 font-normal placeholder:text-neutral-500 dark:border-neutral-700 dark:bg-neutral-900 dark:placeholder:text-neutral-400"
              />
            </label>
            <History sessions={sessions} onRemove={removeSession} />
          </div>
        </main>
        {settingsOpen && <SettingsDialog settings={settings} onSave={saveSettings} onClose={() => setSettingsOpen(false)} />}
        <Toaster theme="system" position="bottom-center" toastOptions={{ actionButtonStyle: { height: 28 } }} />
      </div>
    </MotionConfig>
  );
}

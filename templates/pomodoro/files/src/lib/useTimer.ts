import { useEffect, useRef, useState } from "react";
import { formatClock, nextPhase, phaseMs, phaseName, type Phase, type Settings } from "./timer";

interface TimerState {
  phase: Phase;
  /** Focus sessions finished since the page opened. */
  finished: number;
  /** Time left when not running, in milliseconds. */
  leftMs: number;
  /** When the phase ends, or null while paused. Counting towards a moment stays exact in a background tab. */
  endsAt: number | null;
}

/**
 * The countdown. `onEnd` is called when a phase runs out, not when it is skipped.
 */
export function useTimer(settings: Settings, onEnd: (phase: Phase) => void) {
  const [state, setState] = useState<TimerState>(() => ({ phase: "focus", finished: 0, leftMs: phaseMs("focus", settings), endsAt: null }));
  const [now, setNow] = useState(() => Date.now());
  const totalMs = phaseMs(state.phase, settings);
  const leftMs = Math.min(totalMs, state.endsAt === null ? state.leftMs : Math.max(0, state.endsAt - now));
  const running = state.endsAt !== null;

  function enter(phase: Phase, finished: number, start: boolean) {
    const leftMs = phaseMs(phase, settings);
    setNow(Date.now());
    setState({ phase, finished, leftMs, endsAt: start ? Date.now() + leftMs : null });
  }

  function advance(completed: boolean) {
    const finished = state.finished + (completed && state.phase === "focus" ? 1 : 0);
    // A skipped focus session is followed by a short break.
    const next = state.phase === "focus" && !completed ? "short" : nextPhase(state.phase, finished, settings);
    enter(next, finished, completed && settings.autoStart);
  }

  function tick() {
    setNow(Date.now());
    if (state.endsAt !== null && Date.now() >= state.endsAt) {
      onEnd(state.phase);
      advance(true);
    }
  }

  const latestTick = useRef(tick);
  useEffect(() => {
    latestTick.current = tick;
  });

  useEffect(() => {
    if (!running) return;
    const interval = setInterval(() => latestTick.current(), 250);
    return () => clearInterval(interval);
  }, [running]);

  useEffect(() => {
    document.title = `${formatClock(leftMs)} · ${phaseName(state.phase)}`;
  }, [leftMs, state.phase]);

  return {
    phase: state.phase,
    finished: state.finished,
    running,
    leftMs,
    /** Share of the phase that has passed, from 0 to 1. */
    progress: totalMs > 0 ? 1 - leftMs / totalMs : 0,
    toggle: () => {
      setNow(Date.now());
      setState((old) =>
        old.endsAt === null
          ? { ...old, endsAt: Date.now() + Math.min(old.leftMs, totalMs) }
          : { ...old, leftMs: Math.max(0, old.endsAt - Date.now()), endsAt: null },
      );
    },
    reset: () => enter(state.phase, state.finished, false),
    skip: () => advance(false),
    choose: (phase: Phase) => enter(phase, state.finished, false),
    /** Starts the phase over with changed lengths. */
    apply: (changed: Settings) =>
      setState((old) => ({ ...old, endsAt: null, leftMs: phaseMs(old.phase, changed) })),
  };
}

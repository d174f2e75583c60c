import { useEffect, useRef, useState } from "react";

/** Seconds left of a time limit. Mount it anew, with a key, to start over. */
export function useCountdown(seconds: number, running: boolean, onEnd: () => void): number {
  const [endsAt] = useState(() => Date.now() + seconds * 1000);
  const [left, setLeft] = useState(seconds);
  const latestOnEnd = useRef(onEnd);
  useEffect(() => {
    latestOnEnd.current = onEnd;
  });

  useEffect(() => {
    if (!running) return;
    const interval = setInterval(() => {
      const now = Math.max(0, (endsAt - Date.now()) / 1000);
      setLeft(now);
      if (now === 0) {
        clearInterval(interval);
        latestOnEnd.current();
      }
    }, 200);
    return () => clearInterval(interval);
  }, [running, endsAt]);

  return left;
}

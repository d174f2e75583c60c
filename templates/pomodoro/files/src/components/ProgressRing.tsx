import { motion } from "framer-motion";
import type { ReactNode } from "react";

const RADIUS = 46;

/** A ring that empties as time passes; `progress` runs from 0 to 1. */
export function ProgressRing({ progress, children }: { progress: number; children: ReactNode }) {
  return (
    <div className="relative mx-auto aspect-square w-full max-w-80">
      <svg viewBox="0 0 100 100" className="size-full -rotate-90" aria-hidden>
        <circle cx="50" cy="50" r={RADIUS} fill="none" strokeWidth="2.5" className="stroke-neutral-200 dark:stroke-neutral-800" />
        <motion.circle
          cx="50"
          cy="50"
          r={RADIUS}
          fill="none"
          strokeWidth="2.5"
          strokeLinecap="round"
          className="stroke-accent dark:stroke-accent-bright"
          initial={false}
          animate={{ pathLength: 1 - progress, opacity: progress < 1 ? 1 : 0 }}
          transition={{ duration: 0.3, ease: "linear" }}
        />
      </svg>
      <div className="absolute inset-0 flex flex-col items-center justify-center">{children}</div>
    </div>
  );
}

import clsx from "clsx";
import { motion } from "framer-motion";
import { phases, type Phase } from "@/lib/timer";

interface PhaseTabsProps {
  phase: Phase;
  onChoose: (phase: Phase) => void;
}

export function PhaseTabs({ phase, onChoose }: PhaseTabsProps) {
  return (
    <div role="group" aria-label="Phase" className="mx-auto flex w-fit rounded-lg bg-neutral-200/60 p-1 dark:bg-neutral-900">
      {phases.map(({ id, name }) => (
        <button
          key={id}
          type="button"
          aria-pressed={phase === id}
          onClick={() => onChoose(id)}
          className={clsx(
            "relative rounded-md px-3 py-1.5 text-sm whitespace-nowrap transition-colors",
            phase === id ? "font-medium" : "text-neutral-600 hover:text-neutral-900 dark:text-neutral-400 dark:hover:text-neutral-100",
          )}
        >
          {phase === id && (
            <motion.span
              layoutId="phase"
              className="absolute inset-0 rounded-md border border-neutral-200 bg-white dark:border-neutral-700 dark:bg-neutral-800"
              transition={{ duration: 0.18, ease: "easeOut" }}
            />
          )}
          <span className="relative">{name}</span>
        </button>
      ))}
    </div>
  );
}

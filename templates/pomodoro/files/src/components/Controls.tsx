import { Pause, Play, RotateCcw, SkipForward } from "lucide-react";

interface ControlsProps {
  running: boolean;
  onToggle: () => void;
  onReset: () => void;
  onSkip: () => void;
}

const side =
  "grid size-11 place-items-center rounded-full text-neutral-600 transition-colors hover:bg-neutral-200/70 hover:text-neutral-900 dark:text-neutral-400 dark:hover:bg-neutral-800 dark:hover:text-neutral-100";

export function Controls({ running, onToggle, onReset, onSkip }: ControlsProps) {
  return (
    <div className="flex items-center justify-center gap-4">
      <button type="button" onClick={onReset} aria-label="Reset" title="Reset" className={side}>
        <RotateCcw aria-hidden className="size-5" />
      </button>
      <button
        type="button"
        onClick={onToggle}
        aria-keyshortcuts="Space"
        className="flex h-12 w-36 items-center justify-center gap-2 rounded-full bg-accent font-medium text-white transition-colors hover:bg-accent/90 dark:bg-accent-bright dark:hover:bg-accent-bright/90 dark:text-neutral-950"
      >
        {running ? <Pause aria-hidden className="size-4.5" /> : <Play aria-hidden className="size-4.5" />}
        {running ? "Pause" : "Start"}
      </button>
      <button type="button" onClick={onSkip} aria-label="Skip" title="Skip" className={side}>
        <SkipForward aria-hidden className="size-5" />
      </button>
    </div>
  );
}

// proves: motion, motion/react
import type { Proof } from "./harness/harness";
import { animate, stagger } from "motion";
import { AnimatePresence, motion } from "motion/react";
import { useState } from "react";

export default function App() {
  const [open, setOpen] = useState(false);
  return (
    <main>
      <button onClick={() => setOpen(!open)}>Toggle</button>
      <b>x</b>
      <AnimatePresence>
        {open && (
          <motion.section
            initial={{ height: 0 }}
            animate={{ height: 80 }}
            exit={{ height: 0 }}
            transition={{ duration: 0.05 }}
          >
            panel
          </motion.section>
        )}
      </AnimatePresence>
    </main>
  );
}

export async function prove(t: Proof) {
  await t.press("text=Toggle");
  await t.until(() => document.querySelector<HTMLElement>("section")?.offsetHeight === 80, "80 pixels high");
  await t.press("text=Toggle");
  await t.gone("section");
  await animate("b", { opacity: 0.5 }, { duration: 0.02, delay: stagger(0.01) });
  t.equal(getComputedStyle(t.find("b")).opacity, "0.5");
}

// proves: framer-motion
import type { Proof } from "./harness/harness";
import {
  AnimatePresence,
  animate,
  motion,
  useMotionValue,
  useReducedMotion,
  useSpring,
  useTransform,
} from "framer-motion";
import { useState } from "react";

export default function App() {
  const [items, setItems] = useState(["a", "b"]);
  const x = useMotionValue(0);
  const opacity = useTransform(x, [0, 100], [1, 0]);
  const spring = useSpring(0);
  return (
    <main>
      <button onClick={() => setItems(items.slice(1))}>Remove</button>
      <button onClick={() => animate(x, 100, { duration: 0.05 })}>Move</button>
      <motion.p id="box" style={{ x, opacity }}>
        {useReducedMotion() ? "calm" : "moving"}
      </motion.p>
      <motion.i layout whileHover={{ scale: 2 }} style={{ y: spring, display: "block", width: 50 }}>
        hover
      </motion.i>
      <ul>
        <AnimatePresence>
          {items.map((item) => (
            <motion.li
              key={item}
              initial={{ opacity: 0 }}
              animate={{ opacity: 1 }}
              exit={{ opacity: 0 }}
              transition={{ duration: 0.05 }}
            >
              {item}
            </motion.li>
          ))}
        </AnimatePresence>
      </ul>
    </main>
  );
}

export async function prove(t: Proof) {
  await t.until(() => t.all("li").every((item) => item.style.opacity === "1"), "entered");
  await t.press("text=Remove");
  await t.until(() => t.all("li").length === 1, "the first one has left");
  await t.press('text="Move"');
  await t.until(() => t.find("#box").style.opacity === "0", `moved, not ${t.find("#box").outerHTML}`);
  await t.hover("i");
  await t.until(() => t.find("i").style.transform.includes("scale(2)"), "grown");
}

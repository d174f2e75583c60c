// proves: @react-spring/web, react-spring
import type { Proof } from "./harness/harness";
import { animated, config, useSpring, useTransition } from "@react-spring/web";
import { useState } from "react";
import { animated as sameAnimated, useTrail } from "react-spring";

export default function App() {
  const [open, setOpen] = useState(false);
  const style = useSpring({ width: open ? 200 : 0, config: config.stiff });
  const shown = useTransition(open ? ["hello"] : [], {
    from: { opacity: 0 },
    enter: { opacity: 1 },
    leave: { opacity: 0 },
  });
  const trail = useTrail(2, { opacity: open ? 1 : 0 });
  return (
    <main>
      <button onClick={() => setOpen(!open)}>Toggle</button>
      <animated.div id="bar" style={{ ...style, height: 10 }} />
      {shown((styles, item) => (
        <animated.p style={styles}>{item}</animated.p>
      ))}
      {trail.map((styles, index) => (
        <sameAnimated.i key={index} style={styles}>
          {index}
        </sameAnimated.i>
      ))}
    </main>
  );
}

export async function prove(t: Proof) {
  await t.press("text=Toggle");
  await t.until(() => t.find("#bar").offsetWidth === 200, "200 pixels wide");
  await t.until(
    () => t.all("i").every((item) => getComputedStyle(item).opacity === "1"),
    "the trail arrived",
  );
  t.equal(t.text("p"), "hello");
  await t.press("text=Toggle");
  await t.gone("p");
  await t.until(() => t.find("#bar").offsetWidth === 0, "closed");
}

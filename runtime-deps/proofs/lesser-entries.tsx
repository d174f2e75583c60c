// proves: clsx/lite, classnames/bind, nanoid/non-secure, just-debounce, just-flatten, date-fns/constants, framer-motion/m, chart.js/helpers, zustand/vanilla, jotai/vanilla, valtio/vanilla, react-icons/lib
import type { Proof } from "./harness/harness";
import { color, isNullOrUndef } from "chart.js/helpers";
import classNames from "classnames/bind";
import { clsx } from "clsx/lite";
import { daysInWeek, millisecondsInHour } from "date-fns/constants";
import { domAnimation, LazyMotion } from "framer-motion";
import * as m from "framer-motion/m";
import { atom, createStore as createJotai } from "jotai/vanilla";
import debounce from "just-debounce";
import flatten from "just-flatten";
import { nanoid } from "nanoid/non-secure";
import { useMemo, useState } from "react";
import { GenIcon } from "react-icons/lib";
import { proxy, snapshot } from "valtio/vanilla";
import { createStore } from "zustand/vanilla";

const cx = classNames.bind({ button: "button_x1" });
const Dot = GenIcon({
  tag: "svg",
  attr: { viewBox: "0 0 2 2" },
  child: [{ tag: "circle", attr: { r: "1" }, child: [] }],
});

export default function App() {
  const [text, setText] = useState("");
  const later = useMemo(() => debounce(setText, 20), []);
  return (
    <LazyMotion features={domAnimation}>
      <input onChange={(event) => later(event.target.value)} />
      <m.p
        className={clsx("a", text && "b", cx("button"))}
        initial={{ opacity: 0 }}
        animate={{ opacity: 1 }}
        transition={{ duration: 0.02 }}
      >
        {text}
      </m.p>
      <Dot />
    </LazyMotion>
  );
}

export async function prove(t: Proof) {
  await t.type("input", "pear");
  await t.shows("p", "pear");
  t.equal(t.find("p").className, "a b button_x1");
  await t.until(() => t.find("p").style.opacity === "1", "it appeared");
  t.ok(t.find("svg circle"), "an icon of one's own");
  t.equal([flatten([1, [2]]), daysInWeek, millisecondsInHour, nanoid(5).length], [[1, 2], 7, 3_600_000, 5]);
  t.equal([isNullOrUndef(null), color("red").hexString()], [true, "#F00"]);
  const count = atom(1);
  const jotai = createJotai();
  jotai.set(count, 5);
  t.equal(jotai.get(count), 5);
  const store = createStore<{ n: number }>(() => ({ n: 1 }));
  store.setState({ n: 2 });
  const state = proxy({ n: 3 });
  t.equal([store.getState().n, snapshot(state).n], [2, 3]);
}

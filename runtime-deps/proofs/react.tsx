// proves: react, react-dom, react-dom/client, react/jsx-runtime, react/jsx-dev-runtime
import type { Proof } from "./harness/harness";
import * as React from "react";
import {
  createContext,
  memo,
  Suspense,
  use,
  useDeferredValue,
  useEffect,
  useReducer,
  useRef,
  useState,
} from "react";
import { createPortal, flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { jsxDEV } from "react/jsx-dev-runtime";
import { jsx, jsxs } from "react/jsx-runtime";

const Unit = createContext("apples");
const loaded = new Promise<string>((resolve) => setTimeout(() => resolve("loaded"), 20));

const Counter = memo(function Counter() {
  const [count, add] = useReducer((sum: number, by: number) => sum + by, 0);
  return <button onClick={() => add(2)}>{`${useDeferredValue(count)} ${use(Unit)}`}</button>;
});

function Late() {
  return <p id="late">{use(loaded)}</p>;
}

export default function App() {
  const box = useRef<HTMLElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => setWidth(box.current?.offsetWidth ?? 0), []);
  return (
    <main ref={box}>
      <Unit value="pears">
        <Counter />
      </Unit>
      <Suspense fallback="…">
        <Late />
      </Suspense>
      <p id="width">{width > 0 ? "measured" : "not yet"}</p>
      {createPortal(<aside>over there</aside>, document.body)}
    </main>
  );
}

export async function prove(t: Proof) {
  await t.press("role=button");
  await t.shows("button", "2 pears");
  await t.shows("#late", "loaded");
  await t.shows("#width", "measured");
  t.equal(t.find("aside").parentElement, document.body);
  const island = document.createElement("div");
  const root = createRoot(island);
  flushSync(() =>
    root.render(
      jsxs("p", {
        children: [jsx("b", { children: "a" }), jsxDEV("i", { children: "b" }, undefined, false)],
      }),
    ),
  );
  t.equal(island.innerHTML, "<p><b>a</b><i>b</i></p>");
  root.unmount();
  t.equal(island.innerHTML, "");
  t.ok(/^19\./.test(React.version), `React 19, not ${React.version}`);
}

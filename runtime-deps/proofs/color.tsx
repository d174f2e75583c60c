// proves: tinycolor2, colord, chroma-js
import type { Proof } from "./harness/harness";
import chroma from "chroma-js";
import { colord } from "colord";
import { useState } from "react";
import tinycolor from "tinycolor2";

export default function App() {
  const [base, setBase] = useState("#3366cc");
  return (
    <main>
      <button onClick={() => setBase(colord(base).rotate(180).toHex())}>Opposite</button>
      <p style={{ background: base, color: tinycolor(base).isDark() ? "white" : "black" }}>{base}</p>
      {chroma
        .scale(["white", base])
        .colors(3)
        .map((color) => (
          <i key={color} style={{ background: color }}>
            {color}
          </i>
        ))}
    </main>
  );
}

export async function prove(t: Proof) {
  t.equal(
    t.all("i").map((step) => step.innerText),
    ["#ffffff", "#99b3e6", "#3366cc"],
  );
  t.equal(getComputedStyle(t.find("p")).color, "rgb(255, 255, 255)");
  await t.press("text=Opposite");
  await t.shows("p", "#cc9933");
  t.equal(tinycolor("hsl(0, 100%, 50%)").lighten(10).toHexString(), "#ff3333");
  t.equal(tinycolor.readability("#000", "#fff"), 21);
  t.equal(chroma("hotpink").darken().hex(), "#c93384");
  t.equal(colord("rgb(255 0 0 / 50%)").toRgbString(), "rgba(255, 0, 0, 0.5)");
}

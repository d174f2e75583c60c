// proves: react-confetti, canvas-confetti
// sandbox: canvas-confetti's useWorker option draws in a worker made of a blob, which previews allow.
import type { Proof } from "./harness/harness";
import confetti from "canvas-confetti";
import { useRef, useState } from "react";
import Confetti from "react-confetti";

export default function App() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [thrown, setThrown] = useState(false);
  const fire = () => {
    if (!canvas.current) return;
    const shoot = confetti.create(canvas.current, { resize: false, useWorker: false });
    shoot({ particleCount: 80, ticks: 400, origin: { y: 0.5 } });
    setThrown(true);
  };
  return (
    <main>
      <button onClick={fire}>Fire</button>
      <canvas id="own" ref={canvas} width={300} height={200} />
      {thrown && <Confetti width={300} height={200} numberOfPieces={100} />}
    </main>
  );
}

function isDrawn(canvas: HTMLCanvasElement): boolean {
  return (
    canvas
      .getContext("2d")
      ?.getImageData(0, 0, 300, 200)
      .data.some((value) => value > 0) ?? false
  );
}

export async function prove(t: Proof) {
  const own = t.find<HTMLCanvasElement>("#own");
  t.ok(!isDrawn(own), "empty at first");
  await t.press("text=Fire");
  await t.until(() => isDrawn(own), "particles of canvas-confetti");
  const other = await t.element<HTMLCanvasElement>("canvas:not(#own)");
  await t.until(() => isDrawn(other), "pieces of react-confetti");
  const far = document.createElement("canvas");
  await confetti.create(far, { useWorker: true })({ particleCount: 1, ticks: 1 });
  await t.throws(() => far.getContext("2d"), /InvalidStateError/);
}

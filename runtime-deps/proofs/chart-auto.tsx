// proves: chart.js/auto
import type { Proof } from "./harness/harness";
import Chart from "chart.js/auto";
import { useEffect, useRef } from "react";

export default function App() {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const chart = new Chart(canvas.current as HTMLCanvasElement, {
      type: "doughnut",
      options: { animation: false, responsive: false },
      data: {
        labels: ["x", "y"],
        datasets: [{ data: [1, 3], backgroundColor: ["rgb(0, 0, 255)", "rgb(0, 255, 0)"] }],
      },
    });
    return () => chart.destroy();
  }, []);
  return <canvas ref={canvas} width={200} height={200} />;
}

export async function prove(t: Proof) {
  await t.pause(50);
  const { data } = t.find<HTMLCanvasElement>("canvas").getContext("2d")?.getImageData(0, 0, 200, 200) ?? {
    data: [],
  };
  let [blue, green] = [0, 0];
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 2] === 255 && data[at + 1] === 0) blue++;
    if (data[at + 1] === 255 && data[at + 2] === 0) green++;
  }
  t.ok(
    blue > 500 && Math.abs(green / blue - 3) < 0.4,
    `three times as much green as blue: ${green} and ${blue}`,
  );
}

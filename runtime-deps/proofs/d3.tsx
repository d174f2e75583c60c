// proves: d3
import type { Proof } from "./harness/harness";
import * as d3 from "d3";
import { useEffect, useRef } from "react";

const data = [
  { month: new Date(2024, 0, 1), sold: 10 },
  { month: new Date(2024, 1, 1), sold: 30 },
  { month: new Date(2024, 2, 1), sold: 20 },
];

export default function App() {
  const svg = useRef<SVGSVGElement>(null);
  useEffect(() => {
    const x = d3
      .scaleTime()
      .domain(d3.extent(data, ({ month }) => month) as [Date, Date])
      .range([30, 290]);
    const y = d3
      .scaleLinear()
      .domain([0, d3.max(data, ({ sold }) => sold) ?? 0])
      .nice()
      .range([180, 10]);
    const root = d3.select(svg.current);
    root.selectAll("*").remove();
    root
      .append("g")
      .attr("class", "x")
      .attr("transform", "translate(0,180)")
      .call(d3.axisBottom<Date>(x).ticks(3).tickFormat(d3.timeFormat("%b")) as never);
    root.append("path").attr(
      "d",
      d3
        .line<(typeof data)[0]>()
        .x(({ month }) => x(month))
        .y(({ sold }) => y(sold))(data),
    );
    root
      .selectAll("circle")
      .data(data)
      .join("circle")
      .attr("cx", ({ month }) => x(month))
      .attr("cy", 180)
      .attr("r", 4)
      .on("click", (event) => d3.select(event.currentTarget as SVGCircleElement).classed("chosen", true))
      .transition()
      .duration(30)
      .attr("cy", ({ sold }) => y(sold));
  }, []);
  return <svg ref={svg} width={300} height={200} />;
}

export async function prove(t: Proof) {
  await t.until(
    () =>
      t
        .all("circle")
        .map((dot) => Math.round(Number(dot.getAttribute("cy"))))
        .join() === "123,10,67",
    "moved to their places",
  );
  t.ok(/^M30,123\.\d+L/.test(t.find(":scope svg > path").getAttribute("d") ?? ""), "the line");
  t.ok(t.text("svg").includes("Feb"), "the axis has months");
  await t.press("circle");
  t.equal(t.all("circle.chosen").length, 1);
}

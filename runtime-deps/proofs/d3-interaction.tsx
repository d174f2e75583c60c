// proves: d3-axis, d3-brush, d3-drag, d3-selection, d3-timer, d3-transition, d3-zoom
import type { Proof } from "./harness/harness";
import { axisLeft } from "d3-axis";
import { brushX } from "d3-brush";
import { drag } from "d3-drag";
import { scaleLinear } from "d3-scale";
import { select } from "d3-selection";
import { timeout } from "d3-timer";
import { transition } from "d3-transition";
import { zoom, zoomIdentity } from "d3-zoom";
import { useEffect, useRef, useState } from "react";

export default function App() {
  const svg = useRef<SVGSVGElement>(null);
  const [brushed, setBrushed] = useState("");
  const [timed, setTimed] = useState(false);
  useEffect(() => {
    const root = select(svg.current as SVGSVGElement);
    root.selectAll("*").remove();
    root
      .append("g")
      .attr("class", "axis")
      .attr("transform", "translate(30,0)")
      .call(axisLeft(scaleLinear([0, 10], [190, 10])).ticks(2));
    root
      .append("g")
      .attr("class", "brush")
      .attr("transform", "translate(50,0)")
      .call(
        brushX<unknown>()
          .extent([
            [0, 0],
            [200, 90],
          ])
          .on("end", ({ selection }) => setBrushed(String(selection?.map(Math.round)))),
      );
    const move = drag<SVGRectElement, unknown>().on("drag", function ({ x }) {
      select(this).attr("x", x);
    });
    root
      .append("rect")
      .attr("id", "box")
      .attr("x", 60)
      .attr("y", 110)
      .attr("width", 40)
      .attr("height", 40)
      .call(move);
    root
      .append("circle")
      .attr("r", 5)
      .attr("cx", 300)
      .attr("cy", 150)
      .transition(transition().duration(20))
      .attr("r", 15);
    timeout(() => setTimed(true), 10);
  }, []);
  return (
    <main>
      <svg ref={svg} width={400} height={200} />
      <output>{`${brushed} ${timed}`}</output>
    </main>
  );
}

export async function prove(t: Proof) {
  await t.shows("output", "true");
  t.ok(t.all(".axis .tick text").length >= 2, "ticks");
  await t.until(() => t.find("circle").getAttribute("r") === "15", "grown");
  await t.drag("#box", ".axis");
  t.ok(Number(t.find("#box").getAttribute("x")) < 60, "dragged to the left");
  await t.drag(".brush .overlay", "circle");
  await t.until(() => /^\d+,200 true$/.test(t.text("output")), "brushed to the end");
  const pane = select(document.createElementNS("http://www.w3.org/2000/svg", "svg"));
  let scale = 0;
  const zooming = zoom<SVGSVGElement, unknown>()
    .extent([
      [0, 0],
      [10, 10],
    ])
    .on("zoom", (event) => {
      scale = event.transform.k;
    });
  pane.call(zooming as never).call(zooming.transform as never, zoomIdentity.scale(3));
  t.equal(scale, 3);
}

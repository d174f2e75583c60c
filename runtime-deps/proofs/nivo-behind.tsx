// proves: @nivo/annotations, @nivo/arcs, @nivo/axes, @nivo/canvas, @nivo/colors, @nivo/grid, @nivo/legends, @nivo/polar-axes, @nivo/rects, @nivo/scales, @nivo/text, @nivo/theming, @nivo/tooltip
import type { Proof } from "./harness/harness";
import { bindAnnotations } from "@nivo/annotations";
import { computeArcCenter } from "@nivo/arcs";
import { Axis } from "@nivo/axes";
import { roundedRect } from "@nivo/canvas";
import { colorSchemes, getOrdinalColorScale } from "@nivo/colors";
// @ts-expect-error: its declarations leave this one out
import { MotionConfigProvider } from "@nivo/core";
import { generateGrid } from "@nivo/grid";
import { BoxLegendSvg } from "@nivo/legends";
import { PolarGrid } from "@nivo/polar-axes";
import { buildRoundedRectPath } from "@nivo/rects";
import { computeScale, createLinearScale } from "@nivo/scales";
import { Text } from "@nivo/text";
import { ThemeProvider, useTheme } from "@nivo/theming";
import { BasicTooltip } from "@nivo/tooltip";
import { scaleLinear } from "d3-scale";

const scale = scaleLinear([0, 10], [0, 200]);

function FontSize() {
  return <desc>{useTheme().text.fontSize}</desc>;
}

function Label() {
  const { text } = useTheme();
  return <Text style={{ ...text, outlineWidth: 0, outlineColor: "none", outlineOpacity: 1 }}>written</Text>;
}

export default function App() {
  return (
    <ThemeProvider theme={{ text: { fontSize: 21 } }}>
      <MotionConfigProvider animate={false}>
        <svg width={300} height={200}>
          <FontSize />
          <Axis axis="x" scale={scale as never} x={10} y={100} length={200} ticksPosition="after" />
          <BoxLegendSvg
            containerWidth={300}
            containerHeight={50}
            anchor="top-left"
            direction="row"
            itemWidth={60}
            itemHeight={20}
            data={[{ id: "pears", label: "Pears", color: "green" }]}
          />
          <Label />
          <PolarGrid
            center={[250, 150]}
            enableRadialGrid
            enableCircularGrid
            angleScale={scaleLinear([0, 10], [0, 360]) as never}
            radiusScale={scaleLinear([0, 10], [0, 40]) as never}
            startAngle={0}
            endAngle={360}
          />
        </svg>
        <BasicTooltip id="pears" value={4} color="green" enableChip />
      </MotionConfigProvider>
    </ThemeProvider>
  );
}

export async function prove(t: Proof) {
  await t.until("Pears");
  t.equal(t.find("desc").textContent, "21");
  t.ok(
    t.all("svg text").some((text) => text.textContent === "10"),
    "ticks of the axis",
  );
  t.ok(t.text().includes("pears: 4"), "the tooltip");
  t.equal(getOrdinalColorScale({ scheme: "nivo" }, "id")({ id: "a" }), colorSchemes.nivo[0]);
  t.equal(
    createLinearScale(
      { type: "linear", min: 0, max: 10 },
      { all: [], min: 0, max: 10 } as never,
      100,
      "x",
    )(5),
    50,
  );
  t.equal(typeof computeScale, "function");
  t.equal(generateGrid({ width: 100, height: 100, columns: 2, rows: 2 }).cells.length, 4);
  t.ok(buildRoundedRectPath(0, 0, 10, 10, 2, 2, 2, 2).startsWith("M"), "a path with round corners");
  t.equal(
    computeArcCenter({ startAngle: 0, endAngle: Math.PI, innerRadius: 0, outerRadius: 10 } as never, 0.5),
    { x: 5, y: 0 },
  );
  t.equal(
    bindAnnotations({
      data: [{ id: 1 }],
      annotations: [{ match: { id: 1 }, type: "circle", note: "x", noteX: 1, noteY: 1 }],
      getPosition: () => ({ x: 0, y: 0 }),
      getDimensions: () => ({ size: 1, width: 1, height: 1 }),
    } as never).length,
    1,
  );
  const context = document.createElement("canvas").getContext("2d") as CanvasRenderingContext2D;
  context.beginPath();
  roundedRect(context, 0, 0, 10, 10, 2);
  t.equal(context.isPointInPath(5, 5), true);
}

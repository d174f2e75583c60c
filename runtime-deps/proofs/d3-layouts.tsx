// proves: d3-chord, d3-contour, d3-delaunay, d3-force, d3-geo, d3-hierarchy, d3-path, d3-sankey, d3-shape
import type { Proof } from "./harness/harness";
import { chord, ribbon } from "d3-chord";
import { contours } from "d3-contour";
import { Delaunay } from "d3-delaunay";
import { forceCollide, forceLink, forceManyBody, forceSimulation } from "d3-force";
import { geoMercator, geoPath } from "d3-geo";
import { hierarchy, pack, tree, treemap } from "d3-hierarchy";
import { path } from "d3-path";
import { sankey, sankeyLinkHorizontal } from "d3-sankey";
import { arc, curveMonotoneX, line, pie, stack } from "d3-shape";

const family = {
  name: "root",
  children: [
    { name: "a", value: 3 },
    { name: "b", value: 1 },
  ],
};

export default function App() {
  const slices = pie<number>()([1, 3]);
  const box = treemap<typeof family>().size([100, 100])(
    hierarchy(family).sum((node) => (node as { value?: number }).value ?? 0),
  );
  return (
    <svg width={400} height={200}>
      <g transform="translate(50,50)">
        {slices.map((slice) => (
          <path key={slice.index} d={arc()({ ...slice, innerRadius: 0, outerRadius: 50 }) ?? ""} />
        ))}
      </g>
      {box.leaves().map((leaf) => (
        <rect
          key={leaf.data.name}
          x={leaf.x0}
          y={leaf.y0}
          width={leaf.x1 - leaf.x0}
          height={leaf.y1 - leaf.y0}
        />
      ))}
    </svg>
  );
}

export function prove(t: Proof) {
  const areas = t.all<SVGGraphicsElement>("rect").map((rect) => rect.getBBox().width * rect.getBBox().height);
  t.equal(areas.map(Math.round), [7500, 2500]);
  t.equal(t.all("svg path").filter((slice) => slice.getAttribute("d")?.includes("A50,50")).length, 2);
  t.equal(
    line().curve(curveMonotoneX)([
      [0, 0],
      [10, 10],
    ]),
    "M0,0L10,10",
  );
  t.equal(
    stack()
      .keys(["a", "b"])([{ a: 1, b: 2 }])[1]?.[0]
      ?.slice(),
    [1, 3],
  );
  t.equal(tree().size([10, 10])(hierarchy(family) as never).x, 5);
  t.equal(pack().size([10, 10])(hierarchy(family).sum(() => 1) as never).r, 5);
  t.equal(
    Delaunay.from([
      [0, 0],
      [10, 0],
      [0, 10],
    ]).find(9, 1),
    1,
  );
  t.ok(
    chord()([
      [0, 1],
      [1, 0],
    ]).length === 1 && typeof ribbon() === "function",
    "a chord",
  );
  t.equal(contours().size([3, 3]).thresholds([0.5])([0, 0, 0, 0, 1, 0, 0, 0, 0])[0]?.type, "MultiPolygon");
  const nodes = [{ id: "a" }, { id: "b" }];
  const simulation = forceSimulation(nodes as never[])
    .force("charge", forceManyBody())
    .force("collide", forceCollide(5))
    .force(
      "link",
      forceLink([{ source: "a", target: "b" }] as never[]).id((node) => (node as { id: string }).id),
    )
    .stop();
  simulation.tick(50);
  t.ok(
    nodes.every((node) => Number.isFinite((node as { x?: number }).x)),
    "places",
  );
  t.equal(geoMercator().center([0, 0]).translate([0, 0])([0, 0])?.map(Math.round), [0, 0]);
  t.ok(
    geoPath(geoMercator())({
      type: "LineString",
      coordinates: [
        [0, 0],
        [10, 10],
      ],
    })?.startsWith("M"),
    "a path on the map",
  );
  const drawing = path();
  drawing.moveTo(1, 2);
  drawing.lineTo(3, 4);
  t.equal(drawing.toString(), "M1,2L3,4");
  const flow = sankey().size([100, 50])({
    nodes: [{}, {}],
    links: [{ source: 0, target: 1, value: 2 }],
  } as never);
  t.ok(sankeyLinkHorizontal()(flow.links[0] as never)?.startsWith("M"), "a flow");
}

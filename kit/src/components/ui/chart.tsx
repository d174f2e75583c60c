import * as React from "react";
import {
  Legend,
  type LegendPayload,
  ResponsiveContainer,
  Tooltip,
  type TooltipContentProps,
  type TooltipPayloadEntry,
} from "recharts";
import { cn } from "@/lib/utils";

/** What selects each theme's colours. */
const THEMES = { light: "", dark: ".dark" } as const;

/** By the series' key: its name, its icon and its colour, one for both themes or one for each. */
type ChartConfig = Record<
  string,
  { label?: React.ReactNode; icon?: React.ComponentType } & (
    | { color?: string; theme?: never }
    | { color?: never; theme: Record<keyof typeof THEMES, string> }
  )
>;

const ChartContext = React.createContext<{ config: ChartConfig } | null>(null);

function useChart(): { config: ChartConfig } {
  const context = React.useContext(ChartContext);
  if (!context) throw new Error("useChart must be used within a <ChartContainer />");
  return context;
}

/** A class that sets a height. */
const HEIGHT = /(?:^|[\s:])(?:h|min-h|size|aspect)-/;

function ChartContainer({
  id,
  className,
  children,
  config,
  style,
  ...props
}: React.ComponentProps<"div"> & {
  config: ChartConfig;
  children: React.ComponentProps<typeof ResponsiveContainer>["children"];
}) {
  const ownId = React.useId();
  // Beside a height, a ratio would be a width that narrow columns can't shrink.
  const sized = HEIGHT.test(className ?? "") || style?.height !== undefined;
  const chartId = `chart-${(id ?? ownId).replace(/[^\w-]/g, "")}`;
  return (
    <ChartContext.Provider value={{ config }}>
      <div
        data-slot="chart"
        data-chart={chartId}
        style={style}
        className={cn(
          "flex justify-center text-xs [&_[class*=axis-tick-value]]:fill-muted-foreground [&_.recharts-cartesian-grid_line]:stroke-border/60 [&_.recharts-curve.recharts-tooltip-cursor]:stroke-border [&_.recharts-layer]:outline-hidden [&_.recharts-polar-grid_[stroke='#ccc']]:stroke-border [&_.recharts-radial-bar-background-sector]:fill-muted [&_.recharts-rectangle.recharts-tooltip-cursor]:fill-muted [&_.recharts-reference-line_[stroke='#ccc']]:stroke-border [&_.recharts-sector]:outline-hidden [&_.recharts-surface]:outline-hidden",
          !sized && "aspect-video",
          className,
        )}
        {...props}
      >
        <ChartStyle id={chartId} config={config} />
        <ResponsiveContainer initialDimension={{ width: 320, height: 200 }}>{children}</ResponsiveContainer>
      </div>
    </ChartContext.Provider>
  );
}

/** Gives the chart a variable `--color-KEY` for each series with a colour. */
function ChartStyle({ id, config }: { id: string; config: ChartConfig }) {
  const coloured = Object.entries(config).filter(([, item]) => item.theme ?? item.color);
  if (coloured.length === 0) return null;
  const rules = Object.entries(THEMES).map(([theme, prefix]) => {
    const colours = coloured.map(([key, item]) => {
      const colour = item.theme ? item.theme[theme as keyof typeof THEMES] : item.color;
      return `  --color-${key}: ${colour};`;
    });
    return `${prefix} [data-chart=${id}] {\n${colours.join("\n")}\n}`;
  });
  return <style>{rules.join("\n")}</style>;
}

const ChartTooltip = Tooltip;

type ChartTooltipContentProps = Partial<Omit<TooltipContentProps, "payload" | "label">> &
  React.ComponentProps<"div"> & {
    payload?: readonly TooltipPayloadEntry[];
    label?: React.ReactNode;
    hideLabel?: boolean;
    hideIndicator?: boolean;
    indicator?: "line" | "dot" | "dashed";
    /** The field of the data that names a series, where it isn't the series' own key. */
    nameKey?: string;
    /** The field of the data that the heading is looked up by. */
    labelKey?: string;
  };

/** The key under which the configuration knows a series. */
function entryKey(entry: { dataKey?: unknown; name?: unknown } | undefined, key: string | undefined): string {
  if (key) return key;
  if (entry?.name != null) return String(entry.name);
  return typeof entry?.dataKey === "string" || typeof entry?.dataKey === "number"
    ? String(entry.dataKey)
    : "value";
}

function field(value: unknown, key: string): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const found: unknown = (value as Record<string, unknown>)[key];
  return typeof found === "string" ? found : undefined;
}

/** An entry's part of the configuration: by the value of the named field, or by the name itself. */
function configOf(config: ChartConfig, entry: { payload?: unknown }, key: string) {
  const name = field(entry, key) ?? field(entry.payload, key) ?? key;
  return config[name] ?? config[key];
}

function ChartTooltipContent({
  active,
  payload,
  className,
  indicator = "dot",
  hideLabel = false,
  hideIndicator = false,
  label,
  labelFormatter,
  labelClassName,
  formatter,
  color,
  nameKey,
  labelKey,
}: ChartTooltipContentProps) {
  const { config } = useChart();
  if (!active || !payload?.length) return null;

  const shown = payload.filter((entry) => entry.type !== "none");
  const nested = shown.length === 1 && indicator !== "dot";
  const heading = hideLabel ? null : tooltipHeading();

  function tooltipHeading() {
    const first = payload?.[0];
    if (!first || !payload) return null;
    const key = labelKey ?? String(first.dataKey ?? first.name ?? "value");
    const found = configOf(config, first, key)?.label;
    const value =
      !labelKey && typeof label === "string"
        ? (config[label]?.label ?? label)
        : labelKey
          ? found
          : (label ?? found);
    const text = labelFormatter ? labelFormatter(value, payload) : value;
    return text ? <div className={cn("font-medium", labelClassName)}>{text}</div> : null;
  }

  return (
    <div
      data-slot="chart-tooltip-content"
      className={cn(
        "grid min-w-32 items-start gap-1.5 rounded-lg border bg-popover px-2.5 py-1.5 text-xs text-popover-foreground shadow-md",
        className,
      )}
    >
      {nested ? null : heading}
      <div className="grid gap-1.5">
        {shown.map((entry, index) => {
          const found = configOf(config, entry, entryKey(entry, nameKey));
          const tone = color ?? field(entry.payload, "fill") ?? entry.color;
          const id = `${String(entry.graphicalItemId)}-${String(entry.dataKey)}-${String(entry.name)}`;
          if (formatter && entry.value !== undefined && entry.name !== undefined) {
            return (
              <div key={id} className={cn("flex w-full flex-wrap items-center gap-2 [&>svg]:size-2.5")}>
                {formatter(entry.value, entry.name, entry, index, payload)}
              </div>
            );
          }
          return (
            <div
              key={id}
              className={cn(
                "flex w-full flex-wrap items-stretch gap-2 [&>svg]:size-2.5 [&>svg]:text-muted-foreground",
                indicator === "dot" && "items-center",
              )}
            >
              {found?.icon ? (
                <found.icon />
              ) : hideIndicator ? null : (
                <Indicator shape={indicator} color={tone} nested={nested} />
              )}
              <div
                className={cn(
                  "flex flex-1 justify-between gap-4 leading-none",
                  nested ? "items-end" : "items-center",
                )}
              >
                <div className="grid gap-1.5">
                  {nested ? heading : null}
                  <span className="text-muted-foreground">{found?.label ?? entry.name}</span>
                </div>
                {entry.value != null && (
                  <span className="font-mono font-medium text-foreground tabular-nums">
                    {typeof entry.value === "number" ? entry.value.toLocaleString() : String(entry.value)}
                  </span>
                )}
              </div>
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Indicator({
  shape,
  color,
  nested,
}: {
  shape: "line" | "dot" | "dashed";
  color: string | undefined;
  nested: boolean;
}) {
  return (
    <div
      style={{ borderColor: color, backgroundColor: shape === "dashed" ? "transparent" : color }}
      className={cn(
        "shrink-0 rounded-[2px]",
        shape === "dot" && "size-2.5",
        shape === "line" && "w-1",
        shape === "dashed" && "w-0 border-[1.5px] border-dashed",
        nested && shape === "dashed" && "my-0.5",
      )}
    />
  );
}

const ChartLegend = Legend;

type ChartLegendContentProps = React.ComponentProps<"div"> & {
  payload?: readonly LegendPayload[];
  verticalAlign?: "top" | "middle" | "bottom";
  hideIcon?: boolean;
  nameKey?: string;
};

function ChartLegendContent({
  className,
  hideIcon = false,
  payload,
  verticalAlign = "bottom",
  nameKey,
}: ChartLegendContentProps) {
  const { config } = useChart();
  if (!payload?.length) return null;
  return (
    <div
      data-slot="chart-legend-content"
      className={cn(
        "flex flex-wrap items-center justify-center gap-x-4 gap-y-1",
        verticalAlign === "top" ? "pb-3" : "pt-3",
        className,
      )}
    >
      {payload
        .filter((entry) => entry.type !== "none")
        .map((entry) => {
          const found = configOf(config, entry, nameKey ?? String(entry.dataKey ?? "value"));
          return (
            <div
              key={`${entry.value}-${String(entry.dataKey)}`}
              className="flex items-center gap-1.5 [&>svg]:size-3 [&>svg]:text-muted-foreground"
            >
              {found?.icon && !hideIcon ? (
                <found.icon />
              ) : (
                <div className="size-2 shrink-0 rounded-[2px]" style={{ backgroundColor: entry.color }} />
              )}
              {found?.label ?? entry.value}
            </div>
          );
        })}
    </div>
  );
}

export {
  type ChartConfig,
  ChartContainer,
  ChartLegend,
  ChartLegendContent,
  ChartStyle,
  ChartTooltip,
  ChartTooltipContent,
  useChart,
};

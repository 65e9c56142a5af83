/** A log–log plot of a few series as one SVG file that stands alone. */

export interface Series {
  readonly name: string;
  readonly colour: string;
  /** Pairs of x and y, with the least and the most that was seen at that x. */
  readonly points: readonly {
    readonly x: number;
    readonly y: number;
    readonly low: number;
    readonly high: number;
  }[];
}

export interface Plot {
  readonly title: string;
  readonly subtitle: string;
  readonly x: string;
  readonly y: string;
  readonly series: readonly Series[];
}

const [width, height] = [700, 420];
const lineHeight = 15;
const edge = { left: 64, right: 200, top: 72, bottom: 52 };

export function drawPlot({ title, subtitle, x, y, series }: Plot): string {
  const all = series.flatMap(({ points }) => points);
  const across = logScale(
    all.map((point) => point.x),
    [edge.left, width - edge.right],
  );
  const up = logScale(
    all.flatMap(({ low, high }) => [low, high]),
    [height - edge.bottom, edge.top],
  );
  const columns = [...new Set(all.map((point) => point.x))].sort((a, b) => a - b);
  const rows = niceTicks(Math.min(...all.map((p) => p.low)), Math.max(...all.map((p) => p.high)));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="12" fill="#333">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    text(edge.left, 26, title, 'font-size="15" font-weight="600"'),
    text(edge.left, 44, subtitle, 'fill="#666"'),
    ...rows.map((tick) => {
      const at = up(tick);
      return `<path d="M${edge.left} ${at}H${width - edge.right}" stroke="#ddd"/>${text(edge.left - 8, at + 4, label(tick), 'text-anchor="end"')}`;
    }),
    ...columns.map((tick) => {
      const at = across(tick);
      return `<path d="M${at} ${height - edge.bottom}v5" stroke="#888"/>${text(at, height - edge.bottom + 20, label(tick), 'text-anchor="middle"')}`;
    }),
    `<path d="M${edge.left} ${height - edge.bottom}H${width - edge.right}" stroke="#888"/>`,
    text((edge.left + width - edge.right) / 2, height - 12, x, 'text-anchor="middle"'),
    text(12, edge.top - 10, y, 'fill="#666"'),
    ...series.map((one) => drawSeries(one, across, up)),
    ...drawNames(series, across, up),
    "</svg>",
    "",
  ].join("\n");
}

type Scale = (value: number) => number;

/** Behind the last points, from the top down, none over another. */
function drawNames(series: readonly Series[], across: Scale, up: Scale): string[] {
  const ends = series.map(({ name, colour, points }) => ({
    name,
    colour,
    ...points[points.length - 1],
  }));
  let free = 0;
  return ends
    .sort((a, b) => up(a.y) - up(b.y))
    .map(({ name, colour, x, y }) => {
      const at = Math.max(free, up(y));
      free = at + lineHeight;
      return text(across(x) + 10, at + 4, name, `fill="${colour}"`);
    });
}

function drawSeries({ colour, points }: Series, across: Scale, up: Scale): string {
  const path = points.map(({ x, y }, i) => `${i === 0 ? "M" : "L"}${across(x)} ${up(y)}`).join("");
  const bars = points.map(({ x, low, high }) => `M${across(x)} ${up(low)}V${up(high)}`).join("");
  const dots = points.map(
    ({ x, y }) => `<circle cx="${across(x)}" cy="${up(y)}" r="3.5" fill="${colour}"/>`,
  );
  return [
    `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2"/>`,
    `<path d="${bars}" stroke="${colour}" stroke-width="5" opacity="0.3"/>`,
    ...dots,
  ].join("");
}

/** Positions to a tenth of a pixel, so that files change where numbers do. */
function logScale(values: readonly number[], [from, to]: readonly [number, number]): Scale {
  const [least, most] = [Math.log(Math.min(...values)), Math.log(Math.max(...values))];
  const spread = Math.max(1e-9, most - least);
  return (value) => Number((from + ((to - from) * (Math.log(value) - least)) / spread).toFixed(1));
}

/** 1, 2, 5 · 10ⁿ within the range, and finer steps where those are fewer than three. */
function niceTicks(least: number, most: number): number[] {
  const finer = [
    [1, 2, 5],
    [1, 1.5, 2, 3, 4, 5, 7],
    Array.from({ length: 36 }, (_, i) => 1 + i / 4),
  ];
  const found = finer.map((steps) => {
    const powers = [0, 1].map((end) => Math.floor(Math.log10(least)) + end);
    while (10 ** powers[powers.length - 1] <= most) powers.push(powers[powers.length - 1] + 1);
    const ticks = powers.flatMap((power) => steps.map((step) => step * 10 ** power));
    return ticks.filter((tick) => tick >= least && tick <= most);
  });
  return found.find((ticks) => ticks.length > 2) ?? found[found.length - 1];
}

function label(value: number): string {
  return value >= 1000 ? value.toLocaleString("en") : String(Number(value.toPrecision(3)));
}

function text(x: number, y: number, content: string, attributes: string): string {
  return `<text x="${x}" y="${y}" ${attributes}>${escapeXml(content)}</text>`;
}

function escapeXml(content: string): string {
  return content.replace(/&/g, "&amp;").replace(/</g, "&lt;");
}

import type { Theme } from '../brand/theme.ts';
import { CHART_TEXT } from '../layout/chart.ts';
import type { Box, ChartPart } from '../layout/scene.ts';
import { drawBars } from './bars.ts';
import type { Canvas } from './canvas.ts';
import { drawColumns } from './columns.ts';
import type { Plot } from './plot.ts';

const LEGEND_HEIGHT = 0.28;
const SWATCH = 0.12;
const LABEL = { size: CHART_TEXT, weight: 'regular' } as const;

/** A chart in lines and areas, with what each colour means below it. */
export function drawChart(canvas: Canvas, { box, chart }: ChartPart, theme: Theme): void {
  const hasLegend = chart.series.length > 1;
  const area = { ...box, h: box.h - (hasLegend ? LEGEND_HEIGHT : 0) };
  const plot = { canvas, theme, chart, area };
  if (chart.type === 'bar') drawBars(plot);
  else drawColumns(plot);
  if (hasLegend) drawLegend(plot, { ...box, y: area.y + area.h, h: LEGEND_HEIGHT });
}

function drawLegend({ canvas, theme, chart }: Plot, box: Box): void {
  const widths = chart.series.map(({ name }) => canvas.widthOf(name, LABEL) + SWATCH + 0.35);
  let x = box.x + (box.w - widths.reduce((sum, width) => sum + width, 0)) / 2;
  const baseline = box.y + box.h - 0.06;
  for (const [index, { name, color }] of chart.series.entries()) {
    canvas.area({ x, y: baseline - 0.11, w: SWATCH, h: SWATCH }, theme.series[color]);
    const at = { x: x + SWATCH + 0.07, y: baseline };
    canvas.text(name, at, { ...LABEL, color: theme.muted, align: 'left' });
    x += widths[index] ?? 0;
  }
}

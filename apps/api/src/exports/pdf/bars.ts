import { CHART_TEXT } from '../layout/chart.ts';
import type { Box } from '../layout/scene.ts';
import { axisText } from './columns.ts';
import type { Plot } from './plot.ts';
import { scaleOf, shareOf } from './scale.ts';

const LABEL = { size: CHART_TEXT, weight: 'regular' } as const;
const GAP = 0.1;
/** For the numbers at the ends of the bars. */
const VALUE_WIDTH = 0.75;
const BAR_SHARE = 0.62;
const THICKEST = 0.38;

/** Lying bars, each with its name before it and its number behind it. */
export function drawBars({ canvas, theme, chart, area }: Plot): void {
  const { categories, format, series } = chart;
  const nameWidth = Math.max(...categories.map((name) => canvas.widthOf(name, LABEL)), 0);
  const inner: Box = {
    ...area,
    x: area.x + nameWidth + GAP,
    w: area.w - nameWidth - GAP - VALUE_WIDTH,
  };
  const values = series[0]?.values ?? [];
  const scale = scaleOf(values.filter((one) => one !== null));
  const color = theme.series[series[0]?.color ?? 'primary'];
  const slot = area.h / Math.max(1, categories.length);
  const thickness = Math.min(slot * BAR_SHARE, THICKEST);
  const zero = inner.x + inner.w * shareOf(0, scale);
  for (const [index, name] of categories.entries()) {
    const middle = area.y + slot * (index + 0.5);
    const baseline = middle + 0.05;
    const before = { x: inner.x - GAP, y: baseline };
    canvas.text(name, before, { ...LABEL, color: theme.ink, align: 'right' });
    const value = values[index] ?? null;
    if (value === null) continue;
    const end = inner.x + inner.w * shareOf(value, scale);
    const box = { x: Math.min(zero, end), w: Math.abs(end - zero), h: thickness };
    canvas.area({ ...box, y: middle - thickness / 2 }, color);
    const behind = { x: Math.max(zero, end) + 0.06, y: baseline };
    canvas.text(axisText(value, format), behind, { ...LABEL, color: theme.ink, align: 'left' });
  }
}

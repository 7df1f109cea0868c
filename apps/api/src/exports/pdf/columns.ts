import type { ChartFormat } from '../deck/deck.ts';
import { showPercent, showShort } from '../figures/show.ts';
import { CHART_TEXT } from '../layout/chart.ts';
import type { Box } from '../layout/scene.ts';
import type { Plot } from './plot.ts';
import { scaleOf, shareOf, type Scale } from './scale.ts';

const LABEL = { size: CHART_TEXT, weight: 'regular' } as const;
const AXIS_GAP = 0.08;
const CATEGORY_HEIGHT = 0.26;
/** How much of a category's width its columns take; few would be slabs. */
const FILLED = 0.62;
const FILLED_BY_FEW = 0.4;
const FEW = 3;

/** Columns or lines over categories. What is unknown is not drawn. */
export function drawColumns(plot: Plot): void {
  const { canvas, chart, area } = plot;
  const values = chart.series.flatMap(({ values: own }) => own.filter((one) => one !== null));
  const scale = scaleOf(values);
  const labels = scale.ticks.map((tick) => axisText(tick, chart.format));
  const axisWidth = Math.max(...labels.map((label) => canvas.widthOf(label, LABEL))) + AXIS_GAP;
  const inner: Box = {
    x: area.x + axisWidth,
    y: area.y + 0.08,
    w: area.w - axisWidth,
    h: area.h - CATEGORY_HEIGHT - 0.08,
  };
  drawGrid({ ...plot, area: inner }, { scale, labels });
  if (chart.type === 'line') drawLines({ ...plot, area: inner }, scale);
  else drawUprights({ ...plot, area: inner }, scale);
  drawCategories({ ...plot, area: inner });
}

/** A number as an axis has it. */
export function axisText(value: number, format: ChartFormat): string {
  if (format.kind === 'percent') return showPercent(String(value));
  return showShort(value, format.kind === 'money' ? format.currency : undefined);
}

function drawGrid(
  { canvas, theme, area }: Plot,
  { scale, labels }: { readonly scale: Scale; readonly labels: readonly string[] },
): void {
  for (const [index, tick] of scale.ticks.entries()) {
    const y = heightAt(tick, scale, area);
    const ends = [
      { x: area.x, y },
      { x: area.x + area.w, y },
    ];
    canvas.polyline(ends, { color: theme.line, width: tick === 0 ? 1 : 0.5 });
    const at = { x: area.x - AXIS_GAP, y: y + 0.05 };
    canvas.text(labels[index] ?? '', at, { ...LABEL, color: theme.muted, align: 'right' });
  }
}

function drawUprights({ canvas, theme, chart, area }: Plot, scale: Scale): void {
  const slot = area.w / Math.max(1, chart.categories.length);
  const filled = chart.categories.length <= FEW ? FILLED_BY_FEW : FILLED;
  const width = (slot * filled) / chart.series.length;
  const zero = heightAt(0, scale, area);
  for (const [place, { values, color }] of chart.series.entries()) {
    for (const [index, value] of values.entries()) {
      if (value === null) continue;
      const top = heightAt(value, scale, area);
      const x = area.x + slot * (index + (1 - filled) / 2) + width * place;
      const box = { x, y: Math.min(top, zero), w: width, h: Math.abs(zero - top) };
      canvas.area(box, theme.series[color]);
    }
  }
}

function drawLines({ canvas, theme, chart, area }: Plot, scale: Scale): void {
  const slot = area.w / Math.max(1, chart.categories.length);
  for (const { values, color } of chart.series) {
    const points = values.map((value, index) =>
      value === null
        ? undefined
        : { x: area.x + slot * (index + 0.5), y: heightAt(value, scale, area) },
    );
    for (const piece of unbroken(points)) {
      canvas.polyline(piece, { color: theme.series[color], width: 2 });
    }
  }
}

/** The stretches without a gap. */
function unbroken<T>(points: readonly (T | undefined)[]): T[][] {
  const pieces: T[][] = [[]];
  for (const point of points) {
    if (point === undefined) pieces.push([]);
    else pieces.at(-1)?.push(point);
  }
  return pieces.filter((piece) => piece.length > 0);
}

function drawCategories({ canvas, theme, chart, area }: Plot): void {
  const slot = area.w / Math.max(1, chart.categories.length);
  const widest = Math.max(...chart.categories.map((one) => canvas.widthOf(one, LABEL)));
  // Where names would touch, only every second or third is written.
  const every = Math.max(1, Math.ceil((widest + 0.08) / slot));
  for (const [index, category] of chart.categories.entries()) {
    if (index % every !== 0) continue;
    const at = { x: area.x + slot * (index + 0.5), y: area.y + area.h + 0.18 };
    canvas.text(category, at, { ...LABEL, color: theme.muted, align: 'center' });
  }
}

function heightAt(value: number, scale: Scale, area: Box): number {
  return area.y + area.h * (1 - shareOf(value, scale));
}

import type { Theme } from '../brand/theme.ts';
import type { ChartBlock } from '../deck/deck.ts';
import { sheetFormat } from '../figures/sheet-format.ts';
import type { ChartPart } from '../layout/scene.ts';
import type { PptxSlide } from './library.ts';
import { hexOf } from './text.ts';

const LABEL_SIZE = 10;
/** Below it, steps between round numbers need decimals. */
const SMALL = 5;
/** So few columns that they would be slabs. */
const FEW = 3;

/** A chart that the application draws from its own sheet of numbers. */
export function addNativeChart(slide: PptxSlide, { box, chart }: ChartPart, theme: Theme): void {
  // Applications put the first of lying bars at the bottom.
  const ordered = <T>(of: readonly T[]): T[] => (chart.type === 'bar' ? of.toReversed() : [...of]);
  const series = chart.series.map(({ name, values }) => ({
    name,
    labels: ordered(chart.categories),
    // The library takes only numbers; what is none is written empty, and `finishFile` takes it out.
    values: ordered(values.map((value) => value ?? Number.NaN)),
  }));
  slide.addChart(chart.type === 'line' ? 'line' : 'bar', series, {
    ...box,
    ...labelsOf(chart, theme),
    ...axesOf(theme),
    ...(chart.type !== 'line' && {
      barDir: chart.type === 'bar' ? 'bar' : 'col',
      barGapWidthPct: chart.categories.length <= FEW ? 150 : 60,
    }),
    chartColors: chart.series.map(({ color }) => hexOf(theme.series[color])),
    displayBlanksAs: 'gap',
    altText: altTextOf(chart),
  });
}

function labelsOf(chart: ChartBlock, theme: Theme) {
  const text = { color: hexOf(theme.muted), face: theme.font };
  const format = sheetFormat(chart.format);
  const isBar = chart.type === 'bar';
  return {
    showTitle: false,
    showLegend: chart.series.length > 1,
    legendPos: 'b',
    legendFontFace: text.face,
    legendFontSize: LABEL_SIZE,
    legendColor: text.color,
    showValue: isBar,
    dataLabelFormatCode: format,
    ...(isBar && { dataLabelPosition: 'outEnd' as const, valAxisHidden: true }),
    dataLabelColor: hexOf(theme.ink),
    dataLabelFontFace: text.face,
    dataLabelFontSize: LABEL_SIZE,
    valAxisLabelFormatCode: axisFormat(chart),
    valLabelFormatCode: format,
    valGridLine: { color: hexOf(theme.line), size: 0.5, style: isBar ? 'none' : 'solid' },
  } as const;
}

/** Axes write no decimals, unless there is nothing else. */
function axisFormat({ format, series }: ChartBlock): string {
  const largest = Math.max(
    0,
    ...series.flatMap(({ values }) => values.map((one) => Math.abs(one ?? 0))),
  );
  const digits = largest < SMALL ? '0.###' : '#,##0';
  return format.kind === 'percent' ? `${digits}"\u00A0%"` : digits;
}

function axesOf(theme: Theme) {
  const color = hexOf(theme.muted);
  return {
    catAxisLabelColor: color,
    catAxisLabelFontFace: theme.font,
    catAxisLabelFontSize: LABEL_SIZE,
    catAxisLineColor: hexOf(theme.line),
    catAxisLabelPos: 'low',
    valAxisLabelColor: color,
    valAxisLabelFontFace: theme.font,
    valAxisLabelFontSize: LABEL_SIZE,
    valAxisLineShow: false,
    catGridLine: { style: 'none' },
  } as const;
}

function altTextOf({ title, series }: ChartBlock): string {
  return `${title}: ${series.map(({ name }) => name).join(', ')}. The same numbers stand in the table.`;
}

import type { ChartBlock } from '../deck/deck.ts';
import { fitLine } from '../type/fit.ts';
import type { Box, Part } from './scene.ts';
import { settingOf, textPart, type Surroundings } from './surroundings.ts';

/** What a chart needs to be read. */
export const LEAST_CHART_HEIGHT = 1.9;

const TITLE_HEIGHT = 0.3;
/** Lying bars stay close together however much room there is. */
const MOST_OF_A_BAR = 0.62;

/** The letters of names and numbers in charts. */
export const CHART_TEXT = 10;
/** How much of the width names may take, before lying bars and below columns. */
const NAMES = 0.36;

/** A chart below its title. */
export function layOutChart(chart: ChartBlock, box: Box, around: Surroundings): Part[] {
  const title = { ...box, h: TITLE_HEIGHT };
  const room = box.h - TITLE_HEIGHT;
  const enough = chart.type === 'bar' ? chart.categories.length * MOST_OF_A_BAR : room;
  const below = { ...box, y: box.y + TITLE_HEIGHT, h: Math.min(room, enough) };
  return [
    textPart(chart.title, around, { box: title, size: 12, bold: true, color: around.theme.ink }),
    { kind: 'chart', box: below, chart: withShortNames(chart, below.w, around) },
  ];
}

function withShortNames(chart: ChartBlock, width: number, around: Surroundings): ChartBlock {
  const share = chart.type === 'bar' ? NAMES : 1 / Math.max(1, chart.categories.length);
  // Single letters below narrow columns say nothing: there the renderers leave names out instead.
  if (share * width < 0.5) return chart;
  const room = {
    ...settingOf(around.typeface, false),
    width: width * share,
    size: CHART_TEXT,
  };
  return { ...chart, categories: chart.categories.map((name) => fitLine(name, room)) };
}

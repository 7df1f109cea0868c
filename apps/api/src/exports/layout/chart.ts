import type { ChartBlock } from '../deck/deck.ts';
import type { Box, Part } from './scene.ts';
import { textPart, type Surroundings } from './surroundings.ts';

/** What a chart needs to be read. */
export const LEAST_CHART_HEIGHT = 1.9;

const TITLE_HEIGHT = 0.3;
/** Lying bars stay close together however much room there is. */
const MOST_OF_A_BAR = 0.62;

/** A chart below its title. */
export function layOutChart(chart: ChartBlock, box: Box, around: Surroundings): Part[] {
  const title = { ...box, h: TITLE_HEIGHT };
  const room = box.h - TITLE_HEIGHT;
  const enough = chart.type === 'bar' ? chart.categories.length * MOST_OF_A_BAR : room;
  const below = { ...box, y: box.y + TITLE_HEIGHT, h: Math.min(room, enough) };
  return [
    textPart(chart.title, around, { box: title, size: 12, bold: true, color: around.theme.ink }),
    { kind: 'chart', box: below, chart },
  ];
}

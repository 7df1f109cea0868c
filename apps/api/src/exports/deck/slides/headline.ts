import type { FigureRow } from '../../figures/rows.ts';
import { showCurrent } from '../../figures/show-row.ts';
import type { SlideFacts } from '../dashboard-facts.ts';
import type { HeadlineBlock, Slide } from '../deck.ts';
import { periodText } from '../footer.ts';
import { beforeText, changeOf, figureMessage } from '../messages.ts';
import { notesOf } from '../notes.ts';
import { winsOf } from '../ranking.ts';

const WINS = 3;

/** The one thing to say, and the three best. */
export function headlineSlide(facts: SlideFacts): Slide {
  const lead = leadOf(facts);
  const wins = winsOf(facts.rows.filter((row) => row !== lead)).slice(0, WINS);
  const points = wins.map(pointOf);
  return {
    topic: `${facts.brand.name}: where we stand`,
    title: figureMessage(lead),
    rows: [
      { blocks: [{ kind: 'headline', text: summaryOf(facts), points }] },
      ...(points.length > 0 ? [] : [{ blocks: [NO_WIN] }]),
    ],
    notes: notesOf([lead, ...wins]),
  };
}

const NO_WIN = {
  kind: 'text',
  lines: ['No figure is better than before, or there is nothing to compare with.'],
  bullets: false,
} as const;

/** What decision makers ask for first, where it is known. */
function leadOf({ row }: SlideFacts): FigureRow {
  const roi = row('roi', 'roiPercent');
  const wanted = [
    roi,
    row('roi', 'totalValue'),
    row('performance', 'leads'),
    row('performance', 'impressions'),
    row('contentVelocity', 'posts'),
  ];
  return wanted.find(({ current }) => current !== null) ?? roi;
}

function summaryOf({ dashboard, brand, row }: SlideFacts): string {
  const posts = row('contentVelocity', 'posts');
  const active = row('clients', 'active');
  const cost = row('roi', 'totalCost');
  const value = row('roi', 'totalValue');
  if (posts.current === null) {
    return `${periodText(dashboard.period)}: the figures begin when a day is over.`;
  }
  const made = `${brand.name} published ${counted(posts, 'post')} for ${counted(active, 'active client')}`;
  const spent = cost.current === null ? [] : [`it cost ${showCurrent(cost)}`];
  const brought = value.current === null ? [] : [`it brought ${showCurrent(value)}`];
  const sums = [...spent, ...brought].join(' and ').replace(/and it brought/u, 'and brought');
  return `${periodText(dashboard.period)}: ${made}${sums === '' ? '' : `; ${sums}`}.`;
}

function counted(row: FigureRow, noun: string): string {
  return `${showCurrent(row)} ${row.current === '1' ? noun : `${noun}s`}`;
}

function pointOf(row: FigureRow): HeadlineBlock['points'][number] {
  const { direction, tone } = changeOf(row);
  return { text: figureMessage(row), detail: beforeText(row), direction, tone };
}

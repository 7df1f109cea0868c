import type { ReportContent } from '@retainer/core';

import type { HeadlineBlock, Slide } from '../../exports/deck/deck.ts';
import {
  beforeText,
  changeOf,
  countMessage,
  countText,
  OUTCOME_NAMES,
  OUTCOMES,
} from '../kpi-words.ts';
import { valueSentence } from '../value-sentence.ts';

const POINTS = 3;

/** The one thing to say, and what matters beside it. */
export function headlineSlide(content: ReportContent): Slide {
  const { outcomes } = content.figures;
  const known = OUTCOME_NAMES.filter((name) => outcomes[name].current !== null);
  const lead = known.includes('leads') ? 'leads' : (known[1] ?? 'posts');
  const rest = known.filter((name) => name !== lead).slice(0, POINTS);
  const points = rest.map((name): HeadlineBlock['points'][number] => {
    const { direction, tone } = changeOf(outcomes[name]);
    const label = OUTCOMES[name];
    const text = countMessage(label, outcomes[name]);
    return { text, detail: beforeText(label, outcomes[name]), direction, tone };
  });
  return {
    topic: `${content.client.name}: ${content.tier.name} report`,
    title: countMessage(OUTCOMES[lead], outcomes[lead]),
    rows: [{ blocks: [{ kind: 'headline', text: valueSentence(content), points }] }],
    notes: known.map((name) => `${OUTCOMES[name]}: ${countText(outcomes[name])}`).join('\n'),
  };
}

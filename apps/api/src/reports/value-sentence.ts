import type { ReportContent } from '@retainer/core';

import { showDate, showMonth } from '../exports/figures/show-dates.ts';
import { showCount } from '../exports/figures/show.ts';

/** What a client got, in a sentence or two: what came of the work and, where it is told, what automation saved. */
export function valueSentence(content: ReportContent): string {
  const { posts, reach, impressions, leads } = content.figures.outcomes;
  const done = [`published ${counted(posts.current ?? 0, 'post')}`];
  if (reach.current !== null) done.push(`reached ${counted(reach.current, 'person', 'people')}`);
  else if (impressions.current !== null)
    done.push(`were seen ${counted(impressions.current, 'time')}`);
  if (leads.current !== null) done.push(`brought ${counted(leads.current, 'lead')}`);
  const sentence = `${whenText(content)} we ${listed(done)}.`;
  const minutes = content.figures.timeSaved?.minutes ?? 0;
  return minutes > 0 ? `${sentence} Saved by automation: ${durationText(minutes)}.` : sentence;
}

/** Minutes as people say them: 38 h 23 min. */
export function durationText(minutes: number): string {
  const whole = Math.round(minutes);
  const hours = Math.floor(whole / 60);
  const rest = `${whole % 60} min`;
  return hours === 0 ? rest : `${showCount(hours)} h ${rest}`;
}

function whenText({ period: { startDate, endDate, days } }: ReportContent): string {
  const month = startDate.slice(0, 7);
  const isMonth = startDate.endsWith('-01') && days === daysIn(month);
  if (isMonth) return `In ${showMonth(month)}`;
  if (startDate === endDate) return `On ${showDate(startDate)}`;
  return `From ${showDate(startDate)} to ${showDate(endDate)}`;
}

function daysIn(month: string): number {
  const [year = 0, index = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, index, 0)).getUTCDate();
}

function counted(count: number, one: string, several = `${one}s`): string {
  return `${showCount(count)} ${count === 1 ? one : several}`;
}

function listed(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  const before = parts.slice(0, -1).join(', ');
  return before === '' ? last : `${before} and ${last}`;
}

import { levelChange } from '@retainer/host/postiz';

import type { Fields } from '../compare.ts';
import type { Answer, Ran } from './ran.ts';

/** The fields of `expect` that are about figures. */
export const FIGURE_ANSWERS: Readonly<Record<string, Answer>> = {
  metrics: (ran) => seriesOf(ran),
  metricsWritten: ({ story }) => story.collected.reduce((sum, { written }) => sum + written, 0),
  dropped: ({ story }) => story.collected.flatMap(({ read }) => read.dropped),
  missing: ({ story }) => story.collected.some(({ read }) => read.isMissing),
  monthlyFlow: (ran, expected) => monthlyFlow(ran, expected),
};

/** The series as they were read; all of their values must have reached Retainer. */
function seriesOf({ story }: Ran): readonly Fields[] {
  return story.collected.flatMap(({ read, written }) => {
    const values = read.series.reduce((sum, series) => sum + Object.keys(series.values).length, 0);
    if (written !== values) throw new Error(`${values} values were read and ${written} written`);
    return read.series.map((series): Fields => ({ ...series }));
  });
}

/**
 * A level that falls is told again as it is, and what it grew by is negative and marked: the sentence holds if Retainer
 * takes the lower reading and the difference says that it is a correction.
 */
async function monthlyFlow({ world, story }: Ran, expected: unknown): Promise<unknown> {
  const series = story.collected.flatMap(({ read }) => read.series);
  const gauge = series.find(({ kind }) => kind === 'gauge');
  const [[date, value] = ['', 0]] = Object.entries(gauge?.values ?? {});
  const [channel] = world.service.desk.channels.all();
  if (!gauge || !channel) return 'no level was read';
  const lower = Math.floor(value / 2);
  const later = new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10);
  const about = { channelId: channel.id, platform: channel.platform, metric: gauge.metric };
  const { accepted } = await world.hooks.metrics({
    clientWorkspaceId: world.main.key,
    observations: [{ ...about, kind: 'gauge', value: lower, date: later }],
  });
  const change = levelChange(value, lower);
  const isSo = accepted === 1 && change.value === lower - value && change.isCorrection;
  return isSo ? expected : { accepted, ...change };
}

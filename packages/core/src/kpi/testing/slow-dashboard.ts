import type { SqlSession } from '../../db/sql-session.ts';
import { readRawFacts } from '../../rollups/testing/raw-facts.ts';
import { slowFigures } from '../../rollups/testing/slow-model.ts';
import { dayAfter } from '../../rollups/testing/slow-money.ts';
import { localDate } from '../../rollups/testing/slow-time.ts';
import { readKpiFacts } from './kpi-facts.ts';
import { slowGoals } from './slow-goals.ts';
import { slowHighlights, slowMonths, slowPart, type SlowPart } from './slow-parts.ts';
import { daysIn, monthLater, slowPeriod, type SlowAsk, type SlowSpan } from './slow-period.ts';
import { slowSections } from './slow-sections.ts';
import { slowWorld, type SlowWorld } from './slow-sums.ts';

/** All sums of the agency from the facts as people wrote them: no leaf, rollup or rule of the product has a part in it. */
export async function openSlow(sql: SqlSession): Promise<SlowWorld> {
  const raw = await readRawFacts(sql);
  return slowWorld(raw, await readKpiFacts(sql), slowFigures(raw));
}

/** What a dashboard must be at an instant, in the form in which the API answers it, but for `asOf`. */
export function slowDashboard(
  world: SlowWorld,
  ask: SlowAsk,
  now: number,
): Readonly<Record<string, unknown>> {
  const { timeZone, currency } = world.facts.agency;
  const today = localDate({ zones: [{ from: -Infinity, timeZone }] }, now);
  const { asked, counted, compared } = slowPeriod(ask, today);
  const part = (span: typeof counted): SlowPart | undefined => span && slowPart(world, span, today);
  const [current, previous] = [part(counted), part(compared)];
  const lastDay = counted?.last ?? dayAfter(today, -1);
  return {
    timeZone,
    currency,
    period: {
      startDate: asked.first,
      endDate: asked.last,
      days: daysIn(asked).length,
      elapsedDays: daysIn(asked).filter((day) => day < today).length,
      complete: asked.last < today,
      countedUntil: counted?.last ?? null,
    },
    comparison: compared
      ? {
          compareTo: ask.compareTo ?? 'previous_period',
          startDate: compared.first,
          endDate: compared.last,
          days: daysIn(compared).length,
          clamped: compared.clamped,
        }
      : null,
    ...slowSections(
      world.facts.agency,
      { current, previous },
      {
        highlights: counted ? slowHighlights(world, counted, ask.highlights ?? 5) : [],
        months: slowMonths(world, lastDay),
      },
    ),
    goals: slowGoals(world, asked, today),
    annotations: annotations(world, {
      period: asked,
      ...(compared && { comparison: compared }),
      trend: {
        first: monthLater(`${lastDay.slice(0, 7)}-01`, -11),
        last: dayAfter(monthLater(`${lastDay.slice(0, 7)}-01`, 1), -1),
      },
    }),
    freshness: freshness(world.raw, today),
  };
}

function annotations({ facts }: SlowWorld, shown: Readonly<Record<string, SlowSpan>>): unknown[] {
  return facts.annotations.flatMap(({ from, to, clientId, createdAt, changedAt, ...rest }) => {
    const spans = Object.entries(shown).filter(([, span]) => from <= span.last && to >= span.first);
    if (spans.length === 0) return [];
    return [
      {
        ...rest,
        clientWorkspaceId: clientId === '' ? null : clientId,
        startDate: from,
        endDate: to,
        createdAt: new Date(createdAt),
        changedAt: new Date(changedAt),
        touches: spans.map(([name]) => name),
      },
    ];
  });
}

function freshness(
  raw: Awaited<ReturnType<typeof readRawFacts>>,
  today: string,
): Readonly<Record<string, unknown>> {
  const latest = raw.clients
    .filter((client) => client.archivedAt === null)
    .flatMap(({ id }) => {
      const days = raw.observations.filter((one) => one.clientId === id).map((one) => one.date);
      const last = days.toSorted().at(-1);
      return last === undefined ? [] : [last];
    });
  return {
    metricsUntil: latest.toSorted().at(-1) ?? null,
    clientsWithMetrics: latest.length,
    clientsBehind: latest.filter((day) => day < dayAfter(today, -2)).length,
  };
}

import { daysBetween, fraction, type ValueSums } from '@retainer/domain';

import type { AttentionItem } from './attention-dto.ts';
import type { AttentionWorld } from './attention-world.ts';
import { count, date } from './measures.ts';
import { about } from './tier-attention.ts';

/** What is missing from the figures: metrics that stopped coming, and rates that nobody set. */
export function dataAttention(world: AttentionWorld): AttentionItem[] {
  return [...behindItems(world), ...missingItems(world)];
}

function behindItems({ service, freshness, today }: AttentionWorld): AttentionItem[] {
  const clients = new Map(service.clients.map((client) => [client.id, client]));
  return freshness.behind.flatMap(({ clientId, day }): AttentionItem[] => {
    const client = clients.get(clientId);
    if (!client) return [];
    return [
      {
        ...about(client),
        code: 'metrics_behind',
        weight: fraction(BigInt(daysBetween(day, today)), 1n),
        tell: () => ({
          figure: date(day),
          comparedWith: date(today),
          message: `No metric was observed after ${day}: figures of the days since may be too low.`,
        }),
      },
    ];
  });
}

function missingItems({ service, current }: AttentionWorld): AttentionItem[] {
  const sums = new Map(current?.counted.clients.map((one) => [one.client.id, one.sums]));
  return service.clients.flatMap((client): AttentionItem[] => {
    const own = sums.get(client.id);
    if (!own) return [];
    const item = (
      code: 'missing_rate' | 'missing_exchange_rate',
      missing: bigint,
      what: string,
    ): AttentionItem[] => {
      if (missing === 0n) return [];
      const weight = fraction(missing, 1n);
      const tell = () => ({
        figure: count(missing),
        comparedWith: null,
        message: `${what}, so cost and ROI of the period are unknown: ${missing}.`,
      });
      return [{ ...about(client), code, weight, tell }];
    };
    return [
      ...item('missing_rate', own.timeMissing, 'Tracked time has no hourly rate'),
      ...item('missing_exchange_rate', amountsMissing(own), 'Amounts have no exchange rate'),
    ];
  });
}

function amountsMissing({
  adsMissing,
  otherMissing,
  toolsMissing,
  revenueMissing,
}: ValueSums): bigint {
  return adsMissing + otherMissing + toolsMissing + revenueMissing;
}

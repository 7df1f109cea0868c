import {
  calendarDateOf,
  daysBetween,
  fraction,
  isTrialEnding,
  segmentAt,
  type Block,
  type Instant,
  type Segment,
} from '@retainer/domain';

import type { ServedClient, Service } from '../served-clients.ts';
import type { AttentionItem } from './attention-dto.ts';
import { date, days } from './measures.ts';

const NOTICE_DAYS = 7;

/** What needs attention in how clients stand with their tiers: none, a trial, a pause, money that is due. */
export function tierAttention({ now, clients }: Service): AttentionItem[] {
  return clients.flatMap((client) => {
    const segment = segmentAt(client.policy, now);
    if (!segment) return [noTier(client)];
    return [...trialItems(client, segment, now), ...blockItems(client, now)];
  });
}

function noTier(client: ServedClient): AttentionItem {
  const { segments } = client.policy;
  const what =
    segments.length === 0
      ? 'No tier is assigned'
      : 'No tier is in force, though there was one or is to be one';
  return {
    ...about(client),
    code: 'no_tier',
    weight: fraction(0n, 1n),
    tell: () => ({
      figure: null,
      comparedWith: null,
      message: `${what}: nothing may be posted and nothing is charged.`,
    }),
  };
}

function trialItems(client: ServedClient, segment: Segment, now: Instant): AttentionItem[] {
  const { trialEndsAt } = segment;
  if (trialEndsAt === undefined) return [];
  const { epochs } = client.policy;
  const today = calendarDateOf(epochs, now);
  const end = calendarDateOf(epochs, trialEndsAt);
  const own = about(client);
  if (trialEndsAt <= now) {
    const since = daysBetween(end, today);
    const message = `The trial ended on ${end} and nobody pays yet: new posts are denied.`;
    const told = { figure: date(end), comparedWith: null, message };
    return [{ ...own, code: 'trial_ended', weight: whole(since), tell: () => told }];
  }
  if (!isTrialEnding(trialEndsAt, now)) return [];
  const left = daysBetween(today, end);
  const message = `The trial ends on ${end}. Assign the tier without a trial to start the paid service.`;
  const weight = whole(NOTICE_DAYS - left);
  const told = { figure: date(end), comparedWith: days(NOTICE_DAYS), message };
  return [{ ...own, code: 'trial_ends', weight, tell: () => told }];
}

function blockItems(client: ServedClient, now: Instant): AttentionItem[] {
  const { blocks, epochs, pastDueBlocks } = client.policy;
  const open = blocks.filter((block) => block.from <= now && now < block.to);
  const first = (kinds: readonly Block['kind'][]): Block | undefined =>
    open.filter(({ kind }) => kinds.includes(kind)).toSorted((a, b) => a.from - b.from)[0];
  const item = (
    block: Block | undefined,
    told: { readonly code: 'past_due' | 'paused'; readonly message: (since: string) => string },
  ): AttentionItem[] => {
    if (!block) return [];
    const since = calendarDateOf(epochs, block.from);
    const weight = whole(daysBetween(since, calendarDateOf(epochs, now)));
    const tell = () => ({
      figure: date(since),
      comparedWith: null,
      message: told.message(since),
    });
    return [{ ...about(client), code: told.code, weight, tell }];
  };
  return [
    ...item(first(['past_due']), {
      code: 'past_due',
      message: (since) =>
        `Payment has been due since ${since}${pastDueBlocks ? ': new posts are denied' : ''}.`,
    }),
    ...item(first(['paused', 'stopped']), {
      code: 'paused',
      message: (since) => `The service has been paused since ${since}: new posts are denied.`,
    }),
  ];
}

/** Which client an item is about. */
export function about({
  id,
  name,
}: Pick<ServedClient, 'id' | 'name'>): Pick<AttentionItem, 'clientId' | 'clientName' | 'part'> {
  return { clientId: id, clientName: name, part: '' };
}

function whole(value: number): AttentionItem['weight'] {
  return fraction(BigInt(value), 1n);
}

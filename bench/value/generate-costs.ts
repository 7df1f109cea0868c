import { campaignOn, CURRENCY, WRITTEN_AT, type ClientSeed } from './client-seed.ts';
import { DAYS, dateOf, firstDayOf, momentOf, MONTHS } from './span.ts';
import type { Facts } from './tables.ts';

const ENTRIES_A_MONTH = 20;
const ADS_A_MONTH = 3;
const QUARTER_HOUR = 900;
const CONTENT_TYPES = ['image', 'video', 'text', 'carousel', 'link'] as const;
const PEOPLE = [
  { person: 'ada', role: 'strategist' },
  { person: 'ben', role: 'designer' },
  { person: 'chi', role: 'designer' },
  { person: 'dov', role: 'editor' },
  { person: 'eva', role: 'editor' },
  { person: 'fay', role: null },
] as const;

/** The time that was tracked, the ads that were paid, and for some clients a rate or a tool of their own. */
export function generateCosts(client: ClientSeed, facts: Facts): void {
  const { random, clientId, size } = client;
  for (let month = 0; month < MONTHS; month += 1) {
    for (let n = Math.round(ENTRIES_A_MONTH * size); n > 0; n -= 1) addEntry(client, facts, month);
    for (let n = Math.round(ADS_A_MONTH * size); n > 0; n -= 1) addSpend(client, facts, month);
  }
  const { rate, tool_cost: tools } = facts;
  if (random.chance(0.2)) {
    const minor = random.whole(60, 140) * 100;
    rate.push([random.uuid(), 'client', '', clientId, dateOf(0), minor, CURRENCY, WRITTEN_AT]);
  }
  if (random.chance(0.3)) {
    const minor = random.whole(900, 9_900);
    tools.push([
      ...[random.uuid(), clientId, 'Stock pictures', 'equal', minor, CURRENCY],
      ...[dateOf(0), dateOf(DAYS - 1), 1, WRITTEN_AT],
    ]);
  }
}

function addEntry(client: ClientSeed, facts: Facts, month: number): void {
  const { random, clientId, platforms } = client;
  const day = dayIn(client, month);
  const seconds = random.whole(1, 16) * QUARTER_HOUR;
  const { person, role } = random.pick(PEOPLE);
  const from = random.whole(7, 17);
  const isTimed = random.chance(0.3);
  facts.time_entry.push([
    random.uuid(),
    clientId,
    campaignOn(client, day, 0.4),
    person,
    role,
    isTimed ? momentOf(day, from) : null,
    isTimed ? momentOf(day, from + seconds / 3600) : null,
    isTimed ? null : dateOf(day),
    isTimed ? null : seconds,
    random.chance(0.85),
    isTimed ? 'timer' : 'manual',
    random.chance(0.3) ? random.pick(platforms) : null,
    random.chance(0.2) ? random.pick(CONTENT_TYPES) : null,
    WRITTEN_AT,
  ]);
}

function addSpend(client: ClientSeed, facts: Facts, month: number): void {
  const { random, clientId, platforms } = client;
  const from = dayIn(client, month);
  const to = Math.min(DAYS - 1, from + random.whole(0, 27));
  const isAd = random.chance(0.9);
  facts.client_cost.push([
    random.uuid(),
    clientId,
    isAd ? 'ad_spend' : 'other',
    '',
    campaignOn(client, from, 0.8),
    isAd ? random.pick(platforms) : null,
    dateOf(from),
    dateOf(to),
    random.whole(2_000, 80_000),
    CURRENCY,
    WRITTEN_AT,
  ]);
}

function dayIn({ random }: ClientSeed, month: number): number {
  return random.whole(firstDayOf(month), firstDayOf(month + 1) - 1);
}

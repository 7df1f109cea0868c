import type { EntityManager } from '@mikro-orm/postgresql';
import { calendarDateOf, localDateOf, type LocalDate } from '@retainer/domain';
import * as z from 'zod';

import { HostId } from '../../hooks/hook-input.ts';
import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { readCalendar } from '../../tenancy/client-calendar.ts';
import type { Client } from '../../tenancy/client.entity.ts';
import { findAgency } from '../../tenancy/find-agency.ts';
import { invalidField, LocalDay, WorkspaceId } from '../../tenancy/input-fields.ts';
import { MoneyInput } from '../../tenancy/money-input.ts';
import { requireClient } from '../../tenancy/require-client.ts';
import { currencyOf } from '../currency-of.ts';
import { toRateDto, type RateDto } from './rate-dto.ts';
import type { KeptRateLevel } from './rate.entity.ts';
import { ALWAYS } from './rate.queries.ts';
import { readHourlyRate } from './read-hourly-rate.ts';
import { writeRate } from './write-rate.ts';

/** The levels of rates, the most specific first. */
export const RateLevelName = z.enum([
  'person_campaign',
  'campaign',
  'person_client',
  'client',
  'person',
  'role',
  'agency',
]);

/** Who and what a rate can be for. */
export const RATE_KEYS = {
  person: HostId.optional(),
  role: HostId.optional(),
  clientWorkspaceId: WorkspaceId.optional(),
  campaignId: HostId.optional(),
} as const;

export const SetRateInput = z.strictObject({
  level: RateLevelName,
  ...RATE_KEYS,
  /** The first local day it holds; today when left out. Null: it holds for every day before other rates as well. */
  fromDate: LocalDay.nullable().optional(),
  /** What an hour costs; 0 is a rate, null leaves it to the next wider level from that day on. */
  hourlyRate: MoneyInput.nullable(),
});
export type SetRateInput = z.input<typeof SetRateInput>;
type Wanted = z.output<typeof SetRateInput>;

/** Sets what an hour costs on one level from a day on; what lies before that day keeps its cost. */
export async function setRate(ctx: ServiceContext, input: SetRateInput): Promise<RateDto> {
  const wanted = SetRateInput.parse(input);
  const { clientWorkspaceId: clientId, level, hourlyRate } = wanted;
  const { agencyId } = ctx;
  return inTransaction(ctx, async (em) => {
    const client = await findClient(em, agencyId, clientId);
    checkKeys(wanted);
    const { currency: agencys } = await findAgency(em, agencyId);
    const currency = client ? await currencyOf(em, client) : agencys;
    const row = await writeRate(em, ctx, {
      level,
      ...keysOf(wanted),
      fromDate: wanted.fromDate === undefined ? await todayOf(em, ctx, client) : firstDay(wanted),
      ...rateOf(hourlyRate, currency),
    });
    return toRateDto(row);
  });
}

async function findClient(
  em: EntityManager,
  agencyId: string,
  clientId: string | undefined,
): Promise<Client | undefined> {
  if (clientId === undefined) return undefined;
  return requireClient(em, agencyId, { clientId, forWriting: true });
}

function firstDay({ fromDate }: Pick<Wanted, 'fromDate'>): LocalDate {
  return fromDate ?? ALWAYS;
}

function rateOf(hourlyRate: MoneyInput | null, currency: string) {
  if (hourlyRate === null) return { rateMinor: null, currency };
  const money = readHourlyRate(hourlyRate, currency);
  return { rateMinor: money.amountMinor, currency: money.currency };
}

function keysOf({ person = '', role = '', clientWorkspaceId = '', campaignId = '' }: Wanted) {
  return { person, role, clientId: clientWorkspaceId, campaignId };
}

/** The local day that it is now: a client's own, else the agency's. */
export async function todayOf(
  em: EntityManager,
  { agencyId, now }: ServiceContext,
  client: Pick<Client, 'agencyId' | 'id'> | undefined,
): Promise<LocalDate> {
  const instant = now().getTime();
  if (client) return calendarDateOf(await readCalendar(em, client), instant);
  return localDateOf((await findAgency(em, agencyId)).timeZone, instant);
}

type KeyName = keyof typeof RATE_KEYS;

const KEYS_OF: Readonly<Record<KeptRateLevel, readonly KeyName[]>> = {
  person_campaign: ['person', 'clientWorkspaceId', 'campaignId'],
  campaign: ['clientWorkspaceId', 'campaignId'],
  person_client: ['person', 'clientWorkspaceId'],
  client: ['clientWorkspaceId'],
  person: ['person'],
  role: ['role'],
  agency: [],
};

function checkKeys(wanted: Wanted): void {
  const keys = KEYS_OF[wanted.level];
  const names: readonly KeyName[] = ['person', 'role', 'clientWorkspaceId', 'campaignId'];
  for (const name of names) {
    const isGiven = wanted[name] !== undefined;
    if (isGiven === keys.includes(name)) continue;
    const level = `a rate of level ${wanted.level}`;
    throw invalidField(
      name,
      isGiven ? `is nothing that ${level} is for` : `is what ${level} is for`,
    );
  }
}

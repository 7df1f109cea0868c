import { LockMode, type EntityManager } from '@mikro-orm/postgresql';
import { DomainError } from '@retainer/domain';
import * as z from 'zod';

import { recordAudit } from '../audit/record-audit.ts';
import { setAgencyRate } from '../costs/rates/agency-rate.ts';
import { readHourlyRate } from '../costs/rates/read-hourly-rate.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { readAgencyDto, type AgencyDto } from './agency-dto.ts';
import { Agency } from './agency.entity.ts';
import { changeClientCalendar } from './change-client-calendar.ts';
import { Client } from './client.entity.ts';
import { decimalInput } from './decimal-input.ts';
import { Currency, Name, TimeZone } from './input-fields.ts';
import { MoneyInput, readMoney } from './money-input.ts';
import { insertAgency } from './tenancy.queries.ts';

const Band = decimalInput({ zero: true, digits: 3, places: 4 }).refine(
  (value) => Number(value) <= 100,
  { error: 'must be at most 100' },
);

export const UpsertAgencyInput = z.strictObject({
  name: Name,
  timeZone: TimeZone,
  currency: Currency,
  weekStartsOn: z.enum(['monday', 'sunday']).optional(),
  rounding: z.enum(['half_away_from_zero', 'half_even']).optional(),
  pastDueBlocks: z.boolean().optional(),
  unassignedChannels: z.enum(['allow', 'deny']).optional(),
  /** An hour's cost from today on where no nearer rate is set, the first one for all days; null unsets it, 0 is a rate. */
  hourlyRate: MoneyInput.nullable().optional(),
  conversionValue: MoneyInput.nullable().optional(),
  leadValue: MoneyInput.nullable().optional(),
  /** How billable time is rounded; left out of it, minutes and per stay as they are. Cost is never rounded. */
  timeRounding: z
    .strictObject({
      mode: z.enum(['none', 'up', 'down', 'nearest']),
      minutes: z.int().min(1).max(1440).optional(),
      per: z.enum(['entry', 'client_day']).optional(),
    })
    .optional(),
  /** `split`: time over midnight belongs to its days. `start`: all of it to the day it started on. */
  timeAttribution: z.enum(['split', 'start']).optional(),
  /** Whether the money of saved time counts as value in ROI. */
  savedTimeInRoi: z.boolean().optional(),
  /** A figure that changed by no more than this is stable: in per cent, and in points where it is a percentage. */
  stablePercent: Band.optional(),
  stablePoints: Band.optional(),
  /** What a campaign must have cost more than to be a highlight; null is 0. */
  highlightsAbove: MoneyInput.nullable().optional(),
});
export type UpsertAgencyInput = z.input<typeof UpsertAgencyInput>;
type Wanted = z.output<typeof UpsertAgencyInput>;

/** Registers the context's agency, or changes what is named; an archived one comes back. */
export async function upsertAgency(
  ctx: ServiceContext,
  input: UpsertAgencyInput,
): Promise<AgencyDto> {
  const wanted = UpsertAgencyInput.parse(input);
  return inTransaction(ctx, async (em) => {
    const { agencyId: id } = ctx;
    const { name, timeZone, currency } = wanted;
    const isNew = await insertAgency(em, { id, name, timeZone, currency, createdAt: ctx.now() });
    const agency = await lockAgency(em, id);
    const before = isNew ? undefined : await readAgencyDto(em, agency, ctx.now());

    apply(agency, wanted);
    await em.flush();
    if (wanted.hourlyRate !== undefined) await keepRate(em, ctx, agency);
    const after = await readAgencyDto(em, agency, ctx.now());
    if (before) await passOn(em, ctx, { agency, before });
    const action = isNew ? 'agency.registered' : 'agency.changed';
    recordAudit(em, ctx, { action, subject: `agency:${id}`, before, after });
    return after;
  });
}

/** The rate as it was just set: what it was before keeps the days before. */
async function keepRate(em: EntityManager, ctx: ServiceContext, agency: Agency): Promise<void> {
  const { hourlyRateMinor: amountMinor, currency } = agency;
  const money = typeof amountMinor === 'bigint' ? { amountMinor, currency } : null;
  await setAgencyRate(em, ctx, { agency, money });
}

/** The agency's row, locked for a change of it. */
export async function lockAgency(em: EntityManager, id: string): Promise<Agency> {
  const lockMode = LockMode.PESSIMISTIC_WRITE;
  const agency = await em.findOne(Agency, { id }, { lockMode, refresh: true });
  if (agency) return agency;
  throw new DomainError('not_found', 'No such agency. Register it first.');
}

function apply(agency: Agency, wanted: Wanted): void {
  agency.name = wanted.name;
  agency.timeZone = wanted.timeZone;
  agency.weekStartsOn = wanted.weekStartsOn ?? agency.weekStartsOn;
  agency.rounding = wanted.rounding ?? agency.rounding;
  agency.pastDueBlocks = wanted.pastDueBlocks ?? agency.pastDueBlocks;
  agency.unassignedChannels = wanted.unassignedChannels ?? agency.unassignedChannels;
  agency.archivedAt = null;
  applyTime(agency, wanted);
  applyBands(agency, wanted);
  applyMoney(agency, wanted);
}

function applyBands(agency: Agency, { stablePercent, stablePoints }: Wanted): void {
  agency.stablePercent = stablePercent ?? agency.stablePercent;
  agency.stablePoints = stablePoints ?? agency.stablePoints;
}

function applyTime(agency: Agency, wanted: Wanted): void {
  const { timeRounding, timeAttribution, savedTimeInRoi } = wanted;
  agency.timeRounding = timeRounding?.mode ?? agency.timeRounding;
  agency.timeRoundingMinutes = timeRounding?.minutes ?? agency.timeRoundingMinutes;
  agency.timeRoundingPer = timeRounding?.per ?? agency.timeRoundingPer;
  agency.reportingSplitsTime = timeAttribution ?? agency.reportingSplitsTime;
  agency.savedTimeInRoi = savedTimeInRoi ?? agency.savedTimeInRoi;
}

const MONEY_COLUMNS = {
  hourlyRate: 'hourlyRateMinor',
  conversionValue: 'conversionValueMinor',
  leadValue: 'leadValueMinor',
  highlightsAbove: 'highlightsAboveMinor',
} as const;
const MONEY_FIELDS = ['hourlyRate', 'conversionValue', 'leadValue', 'highlightsAbove'] as const;
type MoneyField = (typeof MONEY_FIELDS)[number];

function applyMoney(agency: Agency, wanted: Wanted): void {
  const { currency } = wanted;
  const changesCurrency = currency !== agency.currency;
  for (const field of MONEY_FIELDS) {
    const column = MONEY_COLUMNS[field];
    const value = wanted[field];
    const isKept = value === undefined && typeof agency[column] === 'bigint';
    if (isKept && changesCurrency) {
      throw mismatch(`${field} is kept in ${agency.currency}. Send it in ${currency}, or null.`);
    }
    if (value === undefined) continue;
    agency[column] = value === null ? null : readAmount(value, currency, field);
  }
  agency.currency = currency;
}

function readAmount(value: MoneyInput, currency: string, field: MoneyField): bigint {
  const read = field === 'hourlyRate' ? readHourlyRate : readMoney;
  const money = read(value, currency, field);
  if (money.currency === currency) return money.amountMinor;
  throw mismatch(`${field} is in ${money.currency}, the agency in ${currency}. Send both in one.`);
}

function mismatch(message: string): DomainError {
  return new DomainError('currency_mismatch', message);
}

/** What the agency sets reaches its clients: the calendar of those without their own, the gate's view of all. */
async function passOn(
  em: EntityManager,
  ctx: ServiceContext,
  { agency, before }: { readonly agency: Agency; readonly before: AgencyDto },
): Promise<void> {
  const movesDays = agency.timeZone !== before.timeZone;
  const movesWeeks = agency.weekStartsOn !== before.weekStartsOn;
  const changesRule = agency.pastDueBlocks !== before.pastDueBlocks;
  if (!movesDays && !movesWeeks && !changesRule) return;

  // In one order, as everyone locks more than one client.
  const clients = await em.find(
    Client,
    { agencyId: agency.id },
    { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
  );
  const { weekStartsOn } = agency;
  for (const client of clients) {
    if (changesRule) client.touch();
    if (!movesWeeks && typeof client.timeZone === 'string') continue;
    const timeZone = client.timeZone ?? agency.timeZone;
    // One after another: they share the transaction.
    // oxlint-disable-next-line no-await-in-loop
    await changeClientCalendar(em, ctx, { client, rules: { timeZone, weekStartsOn } });
  }
}

import { LockMode, type EntityManager } from '@mikro-orm/postgresql';
import { DomainError } from '@retainer/domain';
import * as z from 'zod';

import { recordAudit } from '../audit/record-audit.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { toAgencyDto, type AgencyDto } from './agency-dto.ts';
import { Agency } from './agency.entity.ts';
import { changeClientCalendar } from './change-client-calendar.ts';
import { Client } from './client.entity.ts';
import { Currency, Name, TimeZone } from './input-fields.ts';
import { MoneyInput, readMoney } from './money-input.ts';
import { insertAgency } from './tenancy.queries.ts';

export const UpsertAgencyInput = z.strictObject({
  name: Name,
  timeZone: TimeZone,
  currency: Currency,
  weekStartsOn: z.enum(['monday', 'sunday']).optional(),
  rounding: z.enum(['half_away_from_zero', 'half_even']).optional(),
  pastDueBlocks: z.boolean().optional(),
  unassignedChannels: z.enum(['allow', 'deny']).optional(),
  /** An hour's cost where no nearer rate is set; null unsets it, 0 is a rate. */
  hourlyRate: MoneyInput.nullable().optional(),
  conversionValue: MoneyInput.nullable().optional(),
  leadValue: MoneyInput.nullable().optional(),
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
    const before = isNew ? undefined : toAgencyDto(agency);

    apply(agency, wanted);
    const after = toAgencyDto(agency);
    await em.flush();
    if (before) await passOn(em, ctx, { agency, before });
    const action = isNew ? 'agency.registered' : 'agency.changed';
    recordAudit(em, ctx, { action, subject: `agency:${id}`, before, after });
    return after;
  });
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
  applyMoney(agency, wanted);
}

const MONEY_COLUMNS = {
  hourlyRate: 'hourlyRateMinor',
  conversionValue: 'conversionValueMinor',
  leadValue: 'leadValueMinor',
} as const;
const MONEY_FIELDS = ['hourlyRate', 'conversionValue', 'leadValue'] as const;

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

function readAmount(value: MoneyInput, currency: string, field: string): bigint {
  const money = readMoney(value, currency, field);
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

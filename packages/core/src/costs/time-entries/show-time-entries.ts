import type { EntityManager } from '@mikro-orm/postgresql';
import { timerFigures, type LocalDate, type MoneyWire, type RateLevel } from '@retainer/domain';

import { readWorld } from '../../rollups/figures-world.ts';
import { moneyWire } from '../../tenancy/money-input.ts';
import { isRunning, secondsOfEntry } from './entry-days.ts';
import { priceEntries, type PricedSegment } from './price-entries.ts';
import { ownRateOf } from './say-time-entry.ts';
import type { TimeEntry, TimeEntrySource } from './time-entry.entity.ts';

/** What time costs; null with the reason where that cannot be said in one amount. */
export interface TimeCost {
  readonly cost: MoneyWire | null;
  readonly reason: 'missing_rate' | 'mixed_currency' | null;
}

/** The part of an entry that belongs to one local day. */
export interface TimeEntryDay extends TimeCost {
  readonly date: LocalDate;
  readonly seconds: number;
  readonly billableSeconds: number;
  readonly rate: MoneyWire | null;
  readonly rateLevel: RateLevel | null;
}

/** A time entry as callers read it. */
export interface TimeEntryDto extends TimeCost {
  readonly id: string;
  readonly clientWorkspaceId: string;
  readonly campaignId: string | null;
  readonly person: string;
  readonly role: string | null;
  readonly activity: string;
  readonly note: string;
  readonly startedAt: Date | null;
  /** Null beside a start: the timer runs. */
  readonly endedAt: Date | null;
  readonly date: LocalDate | null;
  readonly seconds: number;
  /** `seconds` with two decimals, for reading. */
  readonly minutes: number;
  readonly billable: boolean;
  readonly billableSeconds: number;
  /** The rate that the entry brings itself. */
  readonly hourlyRate: MoneyWire | null;
  /** The rate that prices it; null when none does, or not the same on all its days. */
  readonly rate: MoneyWire | null;
  readonly rateLevel: RateLevel | null;
  readonly days: readonly TimeEntryDay[];
  /** What a running timer has come to so far; it is in no total before it is stopped. */
  readonly live: LiveTime | null;
  readonly source: TimeEntrySource;
  readonly platform: string | null;
  readonly contentType: string | null;
  readonly postId: string | null;
  readonly idempotencyKey: string | null;
  readonly createdAt: Date;
  readonly editedAt: Date | null;
}

/** The time and cost of a timer up to now. */
export interface LiveTime extends TimeCost {
  readonly seconds: number;
  readonly minutes: number;
}

/** Entries with what they cost by the rates of their days, in their order. */
export async function showTimeEntries(
  em: EntityManager,
  { agencyId, now }: { readonly agencyId: string; readonly now: Date },
  rows: readonly TimeEntry[],
): Promise<TimeEntryDto[]> {
  const clientIds = new Set(rows.map(({ clientId }) => clientId));
  const world = await readWorld(em, agencyId, [...clientIds]);
  const priced = await priceEntries(
    em,
    world,
    rows.map((row) => (isRunning(row) ? stoppedAt(row, now) : row)),
  );
  const { currency } = world.agency;
  return rows.map((row) => toDto(row, { days: priced.get(row.id) ?? [], now, currency }));
}

/** `showTimeEntries` of one. */
export async function showTimeEntry(
  em: EntityManager,
  on: { readonly agencyId: string; readonly now: Date },
  row: TimeEntry,
): Promise<TimeEntryDto> {
  const [dto] = await showTimeEntries(em, on, [row]);
  if (!dto) throw new Error('an entry was not shown');
  return dto;
}

// Clocks of two machines differ: a timer that has just begun has run for no time, never for less.
function stoppedAt({ startedAt, ...row }: TimeEntry, now: Date) {
  const { id, clientId, campaignId, person, role, billable, rateMinor, currency } = row;
  const endedAt = startedAt && startedAt > now ? startedAt : now;
  const work = { id, clientId, campaignId, person, role, billable, rateMinor, currency };
  return { ...work, startedAt, endedAt, localDate: null, seconds: null };
}

interface Priced {
  readonly days: readonly PricedSegment[];
  readonly now: Date;
  /** The agency's, of what has none. */
  readonly currency: string;
}

function toDto(row: TimeEntry, priced: Priced): TimeEntryDto {
  return {
    id: row.id,
    clientWorkspaceId: row.clientId,
    campaignId: row.campaignId ?? null,
    person: row.person,
    role: row.role ?? null,
    activity: row.activity,
    note: row.note,
    startedAt: row.startedAt ?? null,
    endedAt: row.endedAt ?? null,
    date: row.localDate ?? null,
    ...figuresOf(row, priced),
    billable: row.billable,
    hourlyRate: ownRateOf(row),
    source: row.source,
    ...originOf(row),
  };
}

function originOf(row: TimeEntry) {
  const { createdAt } = row;
  return {
    platform: row.platform ?? null,
    contentType: row.contentType ?? null,
    postId: row.postId ?? null,
    idempotencyKey: row.key ?? null,
    createdAt,
    editedAt: row.editedAt ?? null,
  };
}

function figuresOf(row: TimeEntry, { days, now, currency }: Priced) {
  const rates = commonRate(days);
  if (!isRunning(row)) {
    const seconds = secondsOfEntry(row);
    const billableSeconds = days.reduce((sum, day) => sum + day.billableSeconds, 0);
    const shown = { ...lengthOf(seconds), billableSeconds, ...rates, ...costOf(days) };
    return { ...shown, days: days.map(toDay), live: null };
  }
  const cost = costOf(days);
  const timer = { startedAt: row.startedAt?.getTime() ?? now.getTime(), endedAt: undefined };
  const figures = timerFigures(timer, now.getTime(), () => minorOf(days));
  return {
    ...lengthOf(figures.closedSeconds),
    billableSeconds: 0,
    ...rates,
    cost: moneyWire(figures.closedCostMinor ?? 0n, rates.rate?.currency ?? currency),
    reason: null,
    days: [],
    live: { ...lengthOf(figures.liveSeconds), ...cost },
  };
}

function lengthOf(seconds: number): { seconds: number; minutes: number } {
  return { seconds, minutes: Math.round((seconds * 100) / 60) / 100 };
}

function toDay(day: PricedSegment): TimeEntryDay {
  const { date, seconds, billableSeconds } = day;
  return { date, seconds, billableSeconds, ...commonRate([day]), ...costOf([day]) };
}

function commonRate(days: readonly PricedSegment[]): Pick<TimeEntryDay, 'rate' | 'rateLevel'> {
  const [first] = days;
  const isCommon = days.every(
    (day) =>
      day.minorPerHour === first?.minorPerHour &&
      day.currency === first.currency &&
      day.level === first.level,
  );
  const { minorPerHour = null, currency = null, level = null } = isCommon && first ? first : {};
  const hasRate = minorPerHour !== null && currency !== null;
  return hasRate
    ? { rate: moneyWire(minorPerHour, currency), rateLevel: level }
    : { rate: null, rateLevel: null };
}

function costOf(days: readonly PricedSegment[]): TimeCost {
  const minor = minorOf(days);
  if (minor === null) return { cost: null, reason: 'missing_rate' };
  const [currency, ...others] = new Set(days.flatMap((day) => day.currency ?? []));
  if (currency === undefined || others.length > 0) return { cost: null, reason: 'mixed_currency' };
  return { cost: moneyWire(minor, currency), reason: null };
}

/** The sum of the days; null when one of them has no rate. */
function minorOf(days: readonly PricedSegment[]): bigint | null {
  return days.reduce<bigint | null>(
    (sum, { costMinor }) => (sum === null || costMinor === null ? null : sum + costMinor),
    0n,
  );
}

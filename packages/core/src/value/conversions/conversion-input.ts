import { calendarDateOf, type CalendarEpoch, type LocalDate, type Money } from '@retainer/domain';
import * as z from 'zod';

import { HostId } from '../../hooks/hook-input.ts';
import { invalidField, LocalDay, Moment, Name } from '../../tenancy/input-fields.ts';
import { MoneyInput, readSignedMoney } from '../../tenancy/money-input.ts';
import { PlatformId } from '../../tiers/tier-input.ts';
import type { ConversionKind } from './conversion.entity.ts';
import type { ReadingRules } from './reading-rules.ts';

const MOST = 1_000_000_000_000;
const UNSPECIFIED = 'unspecified';

/** What may be said of a lead, a conversion or revenue; `readConversion` holds the rules about several fields. */
export const CONVERSION_FIELDS = {
  /** The local day, where no instant is known. */
  date: LocalDay.optional(),
  at: Moment.optional(),
  kind: z.enum(['lead', 'conversion', 'revenue']),
  count: z.int().min(0).max(MOST).default(1),
  /** Of the whole fact, however many it counts. Revenue below 0 is a refund. */
  amount: MoneyInput.optional(),
  campaignId: HostId.optional(),
  platform: PlatformId.optional(),
  postId: HostId.optional(),
  /** Where it was counted: a shop, a form, an ad platform. Revenue names it. */
  source: Name.optional(),
  /** Why it is counted for this campaign, platform or post: last click, say. Revenue names it. */
  attributionModel: Name.optional(),
  /** Sent again, the same key answers with what it made. */
  idempotencyKey: HostId.optional(),
} as const;

const ConversionFields = z.strictObject(CONVERSION_FIELDS);

/** A lead, conversion or revenue as its fields say it, each by itself. */
export type ConversionFields = z.output<typeof ConversionFields>;

/** A lead, conversion or revenue as it is stored. */
export interface ReadConversion {
  readonly kind: ConversionKind;
  readonly localDate: LocalDate;
  readonly at: Date | null;
  readonly count: number;
  readonly money: Money | null;
  readonly campaignId: string | null;
  readonly platform: string | null;
  readonly postId: string | null;
  readonly source: string;
  readonly attributionModel: string;
}

/** Reads the fields together; throws `invalid_input` with the field at fault. */
export function readConversion(fields: ConversionFields, rules: ReadingRules): ReadConversion {
  const { kind, count, source, attributionModel } = fields;
  if (kind === 'revenue') {
    assertNamed('source', source, 'where the amount was counted, such as "shop"');
    assertNamed('attributionModel', attributionModel, 'why it counts here, such as "last_click"');
  }
  return {
    kind,
    ...readTime(fields, rules.calendar),
    count,
    money: readAmount(fields, rules.currency),
    campaignId: fields.campaignId ?? null,
    platform: fields.platform ?? null,
    postId: fields.postId ?? null,
    source: source ?? UNSPECIFIED,
    attributionModel: attributionModel ?? UNSPECIFIED,
  };
}

/** What a row names, if it names something. */
export function named(text: string): string | undefined {
  return text === UNSPECIFIED ? undefined : text;
}

function assertNamed(path: string, text: string | undefined, what: string): void {
  if (text === undefined) throw invalidField(path, `is required of revenue: say ${what}`);
}

function readTime(
  { at, date }: ConversionFields,
  calendar: readonly CalendarEpoch[],
): Pick<ReadConversion, 'localDate' | 'at'> {
  if (at !== undefined && date === undefined) {
    return { at, localDate: calendarDateOf(calendar, at.getTime()) };
  }
  if (date !== undefined && at === undefined) return { at: null, localDate: date };
  throw invalidField('date', 'or at must be given, and not both');
}

function readAmount({ kind, amount }: ConversionFields, currency: string): Money | null {
  if (amount === undefined) {
    if (kind !== 'revenue') return null;
    throw invalidField('amount', 'is required of revenue; below 0 it is a refund');
  }
  if (kind === 'lead') {
    const help = 'Leads are worth the lead value of a calculation or of the agency';
    throw invalidField('amount', `a lead has no amount of its own. ${help}; send money as revenue`);
  }
  const money = readSignedMoney(amount, currency, 'amount');
  if (kind === 'conversion' && money.amountMinor < 0n) {
    throw invalidField('amount', 'must be 0 or more. Send a refund as revenue below 0');
  }
  return money;
}

import type { EntityManager } from '@mikro-orm/postgresql';
import {
  RATE_LEVELS,
  rateOnDate,
  resolveRate,
  type DatedRate,
  type LocalDate,
  type Money,
  type RateLevel,
  type ResolvedRate,
} from '@retainer/domain';

import { Rate, type KeptRateLevel } from './rate.entity.ts';

/** Whose hour is to be priced, on what, and the rate it brings itself. */
export interface RateQuestion {
  readonly clientId: string;
  readonly campaignId?: string | null | undefined;
  readonly person: string;
  readonly role?: string | null | undefined;
  readonly rateMinor?: bigint | null | undefined;
  readonly currency?: string | null | undefined;
}

/** A rate with the currency it is in. */
export interface CurrencyRate extends DatedRate {
  readonly currency: string;
}

/** The rates of an agency that certain entries can meet. */
export interface RateBook {
  /** The rate of an hour on a local date; undefined where no level has one. */
  readonly rateOf: (of: RateQuestion, date: LocalDate) => ResolvedRate<CurrencyRate> | undefined;
}

type Keys = Pick<Rate, 'person' | 'role' | 'clientId' | 'campaignId'>;

/** Who and what a rate of each level is for; undefined where the question does not say. */
const KEYS: Readonly<Record<KeptRateLevel, (of: RateQuestion) => Partial<Keys> | undefined>> = {
  person_campaign: ({ person, clientId, campaignId }) =>
    ofCampaign(campaignId, { person, clientId }),
  campaign: ({ clientId, campaignId }) => ofCampaign(campaignId, { clientId }),
  person_client: ({ person, clientId }) => ({ person, clientId }),
  client: ({ clientId }) => ({ clientId }),
  person: ({ person }) => ({ person }),
  role: ({ role }) => (typeof role === 'string' ? { role } : undefined),
  agency: () => ({}),
};
const KEPT_LEVELS = RATE_LEVELS.filter((level) => level !== 'entry');

/** For which questions a book is read. */
export interface RateQuestions {
  readonly agencyId: string;
  readonly questions: readonly RateQuestion[];
  /** What an hour costs in place of the agency's own rate, on every day: an assumption of one calculation. */
  readonly agencyRate?: Money | undefined;
}

/** Reads every rate that entries like these can meet, of all days, in one statement. */
export async function readRateBook(
  em: EntityManager,
  { agencyId, questions, agencyRate }: RateQuestions,
): Promise<RateBook> {
  const some = (key: 'person' | 'clientId' | 'campaignId' | 'role') => ({
    $in: ['', ...new Set(questions.map((one) => one[key] ?? ''))],
  });
  const rows = await em.find(
    Rate,
    {
      agencyId,
      person: some('person'),
      role: some('role'),
      clientId: some('clientId'),
      campaignId: some('campaignId'),
    },
    { disableIdentityMap: true },
  );
  return rateBookOf(rows, agencyRate && moneyRate(agencyRate));
}

function rateBookOf(rows: readonly Rate[], agencyRate: CurrencyRate | undefined): RateBook {
  const byKeys = Map.groupBy(rows, (row) => keyText(row.level, row));
  const rates = new Map([...byKeys].map(([key, some]) => [key, some.map(toCurrencyRate)]));
  return {
    rateOf(of, date) {
      const found: Partial<Record<RateLevel, CurrencyRate | undefined>> = { entry: ownRate(of) };
      for (const level of KEPT_LEVELS) {
        const keys = KEYS[level](of);
        const kept = keys && rates.get(keyText(level, keys));
        if (kept) found[level] = rateOnDate(kept, date);
      }
      return resolveRate(agencyRate ? { ...found, agency: agencyRate } : found);
    },
  };
}

function toCurrencyRate({ fromDate, rateMinor, currency }: Rate): CurrencyRate {
  return { from: fromDate, minorPerHour: rateMinor ?? null, currency };
}

function ownRate({ rateMinor, currency }: RateQuestion): CurrencyRate | undefined {
  if (typeof rateMinor !== 'bigint' || typeof currency !== 'string') return undefined;
  return moneyRate({ amountMinor: rateMinor, currency });
}

function moneyRate({ amountMinor, currency }: Money): CurrencyRate {
  return { from: '', minorPerHour: amountMinor, currency };
}

function ofCampaign(
  campaignId: string | null | undefined,
  keys: Partial<Keys>,
): Partial<Keys> | undefined {
  return typeof campaignId === 'string' ? { ...keys, campaignId } : undefined;
}

function keyText(level: KeptRateLevel, keys: Partial<Keys>): string {
  const { person = '', role = '', clientId = '', campaignId = '' } = keys;
  return JSON.stringify([level, person, role, clientId, campaignId]);
}

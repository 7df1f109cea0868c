import { formatMoney, type LocalDate, type MoneyWire } from '@retainer/domain';

import type { ReadConversion } from './conversion-input.ts';
import type { Conversion } from './conversion.entity.ts';

/** A lead, conversion or revenue as callers read it. */
export interface ConversionDto extends Omit<ReadConversion, 'localDate' | 'money'> {
  readonly id: string;
  readonly clientWorkspaceId: string;
  /** The local day it counts on. */
  readonly date: LocalDate;
  /** Of the whole fact, however many it counts. */
  readonly amount: MoneyWire | null;
  readonly idempotencyKey: string | null;
  readonly createdAt: Date;
  readonly editedAt: Date | null;
  readonly deletedAt: Date | null;
}

/** A row in the words of the API. */
export function toConversionDto(row: Conversion): ConversionDto {
  const { localDate, money, ...read } = readRow(row);
  return {
    id: row.id,
    clientWorkspaceId: row.clientId,
    ...read,
    date: localDate,
    amount: money && formatMoney(money),
    idempotencyKey: row.key ?? null,
    createdAt: row.createdAt,
    editedAt: row.editedAt ?? null,
    deletedAt: row.deletedAt ?? null,
  };
}

/** The part of a row that was asked for. */
export function readRow(row: Conversion): ReadConversion {
  const { kind, localDate, at, count, source, attributionModel, amountMinor, currency } = row;
  const hasAmount = typeof amountMinor === 'bigint' && typeof currency === 'string';
  return {
    kind,
    localDate,
    at: at ?? null,
    count,
    money: hasAmount ? { amountMinor, currency } : null,
    campaignId: row.campaignId ?? null,
    platform: row.platform ?? null,
    postId: row.postId ?? null,
    source,
    attributionModel,
  };
}

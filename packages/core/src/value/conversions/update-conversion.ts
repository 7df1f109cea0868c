import { isDeepStrictEqual } from 'node:util';

import * as z from 'zod';

import { recordAudit } from '../../audit/record-audit.ts';
import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { WorkspaceId } from '../../tenancy/input-fields.ts';
import { moneyWire } from '../../tenancy/money-input.ts';
import { readRow, toConversionDto, type ConversionDto } from './conversion-dto.ts';
import {
  CONVERSION_FIELDS,
  named,
  readConversion,
  type ConversionFields,
  type ReadConversion,
} from './conversion-input.ts';
import type { Conversion } from './conversion.entity.ts';
import { lockConversion, noSuchConversion } from './find-conversion.ts';
import { readingRulesOf } from './reading-rules.ts';

const { idempotencyKey: _once, ...FIELDS } = CONVERSION_FIELDS;

const CHANGES = {
  ...FIELDS,
  kind: FIELDS.kind.optional(),
  count: FIELDS.count.unwrap().optional(),
  /** Null takes it away, and so for the next three. */
  amount: FIELDS.amount.nullable(),
  campaignId: FIELDS.campaignId.nullable(),
  platform: FIELDS.platform.nullable(),
  postId: FIELDS.postId.nullable(),
} as const;

export const UpdateConversionInput = z.strictObject({
  clientWorkspaceId: WorkspaceId,
  conversionId: z.uuid(),
  ...CHANGES,
});
export type UpdateConversionInput = z.input<typeof UpdateConversionInput>;
type Changes = Omit<z.output<typeof UpdateConversionInput>, 'clientWorkspaceId' | 'conversionId'>;

/** Changes what is named of a lead, conversion or revenue; what is left out stays as it is. */
export async function updateConversion(
  ctx: ServiceContext,
  input: UpdateConversionInput,
): Promise<ConversionDto> {
  const wanted = UpdateConversionInput.parse(input);
  const { clientWorkspaceId: clientId, conversionId: id, ...changes } = wanted;
  const { agencyId } = ctx;
  return inTransaction(ctx, async (em) => {
    const rules = await readingRulesOf(em, agencyId, clientId);
    const row = await lockConversion(em, { agencyId, clientId, id });
    if (row.deletedAt) throw noSuchConversion();
    const stood = readRow(row);
    const currency = row.currency ?? rules.currency;
    const read = readConversion(merged(stood, changes), { ...rules, currency });
    // A day that its instant was given stays, whatever the calendar has become.
    const isSameTime = changes.at === undefined && changes.date === undefined;
    const next = isSameTime ? { ...read, localDate: stood.localDate } : read;
    const before = toConversionDto(row);
    if (isDeepStrictEqual(next, stood)) return before;
    assign(row, next);
    row.editedAt = ctx.now();
    const after = toConversionDto(row);
    const action = 'conversion.changed';
    recordAudit(em, ctx, { action, subject: `conversion:${id}`, clientId, before, after });
    return after;
  });
}

function merged(stood: ReadConversion, changes: Changes): ConversionFields {
  const { at, date, amount, campaignId, platform, postId, ...rest } = changes;
  const time = at === undefined && date === undefined ? timeOf(stood) : { at, date };
  return {
    kind: rest.kind ?? stood.kind,
    count: rest.count ?? stood.count,
    source: rest.source ?? named(stood.source),
    attributionModel: rest.attributionModel ?? named(stood.attributionModel),
    ...time,
    amount: changed(
      amount,
      stood.money && moneyWire(stood.money.amountMinor, stood.money.currency),
    ),
    campaignId: changed(campaignId, stood.campaignId),
    platform: changed(platform, stood.platform),
    postId: changed(postId, stood.postId),
  };
}

function timeOf({ at, localDate }: ReadConversion): Pick<ConversionFields, 'at' | 'date'> {
  return at ? { at } : { date: localDate };
}

/** A change of something that may be taken away. */
function changed<T>(change: T | null | undefined, stood: T | null): T | undefined {
  return (change === undefined ? stood : change) ?? undefined;
}

function assign(row: Conversion, { money, ...read }: ReadConversion): void {
  Object.assign(row, read);
  row.amountMinor = money?.amountMinor ?? null;
  row.currency = money?.currency ?? null;
}

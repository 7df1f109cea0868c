import { isLocalDate } from '@retainer/domain';
import * as z from 'zod';

import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import {
  cursorValue,
  invalidField,
  LocalDay,
  pageOf,
  PageInput,
  type Page,
} from '../../tenancy/input-fields.ts';
import { requireClient } from '../../tenancy/require-client.ts';
import { toRateDto, type RateDto } from './rate-dto.ts';
import { Rate } from './rate.entity.ts';
import { ALWAYS, readRateIds } from './rate.queries.ts';
import { RATE_KEYS, RateLevelName } from './set-rate.ts';

export const ListRatesInput = PageInput.extend({
  level: RateLevelName.optional(),
  ...RATE_KEYS,
  /** Those in force on this day; when left out all there are, past and to come. */
  asOf: LocalDay.optional(),
});
export type ListRatesInput = z.input<typeof ListRatesInput>;

/** The rates of an agency, the one that begins last first: those in force on a day, or all of them with their first days. */
export async function listRates(
  ctx: ServiceContext,
  input: ListRatesInput,
): Promise<Page<RateDto>> {
  const wanted = ListRatesInput.parse(input);
  const { clientWorkspaceId: clientId, limit, cursor } = wanted;
  const { agencyId } = ctx;
  const after = cursor === undefined ? undefined : placeOf(cursor);
  return inTransaction(
    ctx,
    async (em) => {
      if (clientId !== undefined) {
        await requireClient(em, agencyId, { clientId, forWriting: false });
      }
      const { level, person, role, campaignId, asOf } = wanted;
      const filter = { agencyId, level, person, role, clientId, campaignId, asOf, after };
      const ids = await readRateIds(em, { ...filter, limit: limit + 1 });
      const where = { agencyId, id: { $in: ids } };
      const rows = await em.find(Rate, where, { orderBy: { fromDate: 'desc', id: 'desc' } });
      return pageOf(rows, { limit, cursorOf, toItem: toRateDto });
    },
    { readOnly: true },
  );
}

function cursorOf({ fromDate, id }: Rate): string {
  return `${fromDate} ${id}`;
}

function placeOf(cursor: string): Pick<Rate, 'fromDate' | 'id'> {
  const [fromDate = '', id = ''] = cursorValue(cursor).split(' ');
  const isDate = fromDate === ALWAYS || isLocalDate(fromDate);
  if (isDate && z.uuid().safeParse(id).success) return { fromDate, id };
  throw invalidField('cursor', 'is not a cursor of ours');
}

import { localDateOf } from '@retainer/domain';

import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { findAgency } from '../tenancy/find-agency.ts';
import { monthOf } from '../tenancy/month-page.ts';

/** The month it is in the agency's zone, YYYY-MM. */
export async function thisMonth(ctx: ServiceContext): Promise<string> {
  const agency = await inTransaction(ctx, (em) => findAgency(em, ctx.agencyId), { readOnly: true });
  return monthOf(localDateOf(agency.timeZone, ctx.now().getTime()));
}

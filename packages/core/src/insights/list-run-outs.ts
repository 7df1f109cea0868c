import type * as z from 'zod';

import { sqlSession } from '../db/sql-session.ts';
import { rememberedPolicies } from '../gate/read-policies.ts';
import { MeterName } from '../hooks/hook-input.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { PageInput, type Page } from '../tenancy/input-fields.ts';
import { readGrowth, readOpenCounters } from './open-counters.ts';
import { placePage } from './place-page.ts';
import { toRunOut, type RunOutDto } from './run-out-dto.ts';
import { allowancesOf, bySoonest, gaugesOf, LEVEL_MS, type Allowance } from './run-outs.ts';
import { readService } from './served-clients.ts';

export const ListRunOutsInput = PageInput.extend({
  /** One meter's alone. */
  meter: MeterName.optional(),
});
export type ListRunOutsInput = z.input<typeof ListRunOutsInput>;

/** When allowances run out at the present pace. */
export interface RunOuts {
  readonly allowances: Page<RunOutDto>;
  readonly asOf: Date;
}

/** Every allowance with a limit above 0 of the clients on a tier, the one that runs out first at the front. */
export async function listRunOuts(ctx: ServiceContext, input: ListRunOutsInput): Promise<RunOuts> {
  const wanted = ListRunOutsInput.parse(input);
  const { agencyId } = ctx;
  const now = ctx.now();
  const policies = rememberedPolicies(ctx);
  const found = await inTransaction(
    ctx,
    async (em) => {
      const service = await readService(sqlSession(em), { agencyId, now, policies });
      const counters = await readOpenCounters(service);
      const growthOf = await readGrowth(service, now.getTime() - LEVEL_MS);
      return allowancesOf(gaugesOf(service, counters), service.now, growthOf);
    },
    { readOnly: true, oneView: true },
  );
  const isWanted = ({ limit, meter }: Allowance): boolean =>
    typeof limit === 'number' && limit > 0 && (wanted.meter ?? meter) === meter;
  const rows = found.filter(isWanted).toSorted(bySoonest);
  return { allowances: placePage(rows, wanted, toRunOut), asOf: now };
}

import * as z from 'zod';

import { sqlSession } from '../db/sql-session.ts';
import { rememberedPolicies } from '../gate/read-policies.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { WorkspaceId } from '../tenancy/input-fields.ts';
import { requireClient } from '../tenancy/require-client.ts';
import { readGrowth, readOpenCounters } from './open-counters.ts';
import { toRunOut, type RunOutDto } from './run-out-dto.ts';
import { allowancesOf, gaugesOf, LEVEL_MS } from './run-outs.ts';
import { readService } from './served-clients.ts';

export const ClientRunOutsInput = z.strictObject({ clientWorkspaceId: WorkspaceId });
export type ClientRunOutsInput = z.input<typeof ClientRunOutsInput>;

/** What a client's tier grants, and when each of it runs out. */
export interface ClientRunOuts {
  readonly clientWorkspaceId: string;
  /** In the order of the meters; none without a tier. */
  readonly allowances: RunOutDto[];
  readonly asOf: Date;
}

/** Everything that a client's tier grants, unlimited or not, with the day it runs out or why there is none. */
export async function clientRunOuts(
  ctx: ServiceContext,
  input: ClientRunOutsInput,
): Promise<ClientRunOuts> {
  const { clientWorkspaceId: clientId } = ClientRunOutsInput.parse(input);
  const { agencyId } = ctx;
  const now = ctx.now();
  const policies = rememberedPolicies(ctx);
  return inTransaction(
    ctx,
    async (em) => {
      await requireClient(em, agencyId, { clientId, forWriting: false });
      const clientIds = [clientId];
      const service = await readService(sqlSession(em), { agencyId, now, policies, clientIds });
      const counters = await readOpenCounters(service, clientIds);
      const growthOf = await readGrowth(service, now.getTime() - LEVEL_MS, clientIds);
      const allowances = allowancesOf(gaugesOf(service, counters), service.now, growthOf).map(
        toRunOut,
      );
      return { clientWorkspaceId: clientId, allowances, asOf: now };
    },
    { readOnly: true, oneView: true },
  );
}

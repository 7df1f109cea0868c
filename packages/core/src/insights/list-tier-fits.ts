import * as z from 'zod';

import { sqlSession } from '../db/sql-session.ts';
import { rememberedPolicies } from '../gate/read-policies.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { PageInput, WorkspaceId, type Page } from '../tenancy/input-fields.ts';
import { requireClient } from '../tenancy/require-client.ts';
import { readTierBook } from '../tiers/tier-book.ts';
import { placePage } from './place-page.ts';
import { readService } from './served-clients.ts';
import { readTaken } from './taken.ts';
import { countFits, tierFitsOf, toTierFit, type FitCounts, type TierFitDto } from './tier-fits.ts';

export const ListTierFitsInput = PageInput.extend({
  /** This client alone, in the counts as well. */
  clientWorkspaceId: WorkspaceId.optional(),
  /** Only clients whose tier fits like that. */
  fit: z.enum(['fits', 'over', 'under']).optional(),
});
export type ListTierFitsInput = z.input<typeof ListTierFitsInput>;

/** Which tiers would have fitted the agency's clients. */
export interface TierFits {
  /** Of all clients, whatever the page. */
  readonly counts: FitCounts;
  readonly clients: Page<TierFitDto>;
  readonly asOf: Date;
}

/** The tier that would have taken all that each client wished in its last twelve whole weeks, by client id. */
export async function listTierFits(
  ctx: ServiceContext,
  input: ListTierFitsInput,
): Promise<TierFits> {
  const { fit, clientWorkspaceId: clientId, ...page } = ListTierFitsInput.parse(input);
  const { agencyId } = ctx;
  const now = ctx.now();
  const policies = rememberedPolicies(ctx);
  const clientIds = clientId === undefined ? undefined : [clientId];
  const all = await inTransaction(
    ctx,
    async (em) => {
      if (clientId !== undefined)
        await requireClient(em, agencyId, { clientId, forWriting: false });
      const service = await readService(sqlSession(em), {
        agencyId,
        now,
        policies,
        ...(clientIds && { clientIds }),
      });
      const [book, taken] = await Promise.all([
        readTierBook(service.sql),
        readTaken(service.sql, service.now, clientIds),
      ]);
      return tierFitsOf(service, book, taken);
    },
    { readOnly: true, oneView: true },
  );
  const rows = all.filter(({ found }) => fit === undefined || found.fit === fit);
  return { counts: countFits(all), clients: placePage(rows, page, toTierFit), asOf: now };
}

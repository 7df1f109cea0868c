import * as z from 'zod';

import { recordAudit } from '../../audit/record-audit.ts';
import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import type { Taken } from '../../kernel/take-keyed.ts';
import { WorkspaceId } from '../../tenancy/input-fields.ts';
import { CONVERSION_FIELDS } from './conversion-input.ts';
import { takeConversions } from './take-conversions.ts';

const MOST_AT_ONCE = 5000;

/** One row of a list: what a single one says, without its client. */
export const ConversionRow = z.strictObject(CONVERSION_FIELDS);

export const RecordConversionsInput = z.strictObject({
  clientWorkspaceId: WorkspaceId,
  conversions: z.array(ConversionRow).min(1).max(MOST_AT_ONCE),
  /** Only says what would become of each. */
  dryRun: z.boolean().default(false),
});
export type RecordConversionsInput = z.input<typeof RecordConversionsInput>;

/**
 * Records many leads, conversions and revenues of a client, each row answered in its place: added, there already by
 * its key, or refused alone. The audit remembers how many, not each.
 */
export async function recordConversions(
  ctx: ServiceContext,
  input: RecordConversionsInput,
): Promise<Taken[]> {
  const { clientWorkspaceId: clientId, ...rest } = RecordConversionsInput.parse(input);
  return inTransaction(ctx, async (em) => {
    const taken = await takeConversions(em, ctx, { clientId, ...rest });
    const refused = taken.filter((one) => !one.ok).length;
    const replayed = taken.filter((one) => one.ok && one.replayed).length;
    const accepted = taken.length - refused - replayed;
    if (accepted > 0 && !rest.dryRun) {
      recordAudit(em, ctx, {
        action: 'conversions.recorded',
        subject: 'conversions',
        clientId,
        after: { accepted, replayed, refused },
      });
    }
    return taken;
  });
}

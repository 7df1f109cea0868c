import type { EntityManager } from '@mikro-orm/postgresql';
import * as z from 'zod';

import { recordAudit } from '../../audit/record-audit.ts';
import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { takeKeyed, type Standing, type Taken } from '../../kernel/take-keyed.ts';
import { WorkspaceId } from '../../tenancy/input-fields.ts';
import { toToolCostDto, type ToolCostDto } from './tool-cost-dto.ts';
import { readToolCost, TOOL_COST_FIELDS, type ReadToolCost } from './tool-cost-input.ts';
import { ToolCost } from './tool-cost.entity.ts';
import { insertToolCosts } from './tool-cost.queries.ts';
import { checkWeights, ownerCurrency } from './tool-owner.ts';

export const CreateToolCostInput = z.strictObject({
  /** Left out: the whole agency uses it. */
  clientWorkspaceId: WorkspaceId.optional(),
  ...TOOL_COST_FIELDS,
});
export type CreateToolCostInput = z.input<typeof CreateToolCostInput>;

/** A tool's cost, and whether its key had made it before. */
export interface CreatedToolCost extends ToolCostDto {
  readonly replayed: boolean;
}

/** Records what a tool costs a client or the whole agency; sent again with its key, it answers with the first one. */
export async function createToolCost(
  ctx: ServiceContext,
  input: CreateToolCostInput,
): Promise<CreatedToolCost> {
  const fields = CreateToolCostInput.parse(input);
  const { agencyId } = ctx;
  return inTransaction(ctx, async (em) => {
    const currency = await ownerCurrency(em, agencyId, fields.clientWorkspaceId);
    await checkWeights(em, agencyId, fields.weights);
    const taken = await take(em, ctx, { fields, currency });
    if (!taken) throw new Error('a tool was not answered');
    if (!taken.ok) throw taken.error;
    const { id, replayed } = taken;
    const row = await em.findOneOrFail(ToolCost, { agencyId, id });
    const after = toToolCostDto(row);
    if (!replayed) {
      const clientId = row.clientId ?? undefined;
      const subject = `tool_cost:${id}`;
      recordAudit(em, ctx, { action: 'tool_cost.created', subject, clientId, after });
    }
    return { ...after, replayed };
  });
}

async function take(
  em: EntityManager,
  ctx: ServiceContext,
  of: { readonly fields: z.output<typeof CreateToolCostInput>; readonly currency: string },
): Promise<Taken | undefined> {
  const { agencyId } = ctx;
  const [taken] = await takeKeyed<typeof of.fields, ReadToolCost>([of.fields], {
    // What stands was read by the currency of its time.
    read: (fields, row) => readToolCost(fields, row?.currency ?? of.currency),
    find: async (keys) => {
      const where = { agencyId, key: { $in: [...keys] } };
      const rows = await em.find(ToolCost, where, { refresh: true });
      return new Map(rows.map((row) => [row.key ?? '', standingOf(row)]));
    },
    insert: (rows) => insertToolCosts(em, { agencyId, createdAt: ctx.now() }, rows),
  });
  return taken;
}

function standingOf(tool: ToolCost): Standing<ReadToolCost> {
  const { name, allocation, amountMinor, currency, startsOn } = tool;
  const { clientId = null, weights = null, endsOn = null, everyMonths = null } = tool;
  return {
    id: tool.id,
    isEdited: Boolean(tool.editedAt),
    row: {
      clientId,
      name,
      allocation,
      weights,
      amountMinor,
      currency,
      startsOn,
      endsOn,
      everyMonths,
    },
  };
}

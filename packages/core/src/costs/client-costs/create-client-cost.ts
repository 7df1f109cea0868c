import * as z from 'zod';

import { recordAudit } from '../../audit/record-audit.ts';
import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { WorkspaceId } from '../../tenancy/input-fields.ts';
import { namesDays } from '../cost-span.ts';
import { toClientCostDto, type ClientCostDto } from './client-cost-dto.ts';
import { CLIENT_COST_FIELDS } from './client-cost-input.ts';
import { ClientCost, CLIENT_COST_NOUNS, type ClientCostKind } from './client-cost.entity.ts';
import { takeClientCosts } from './take-client-costs.ts';

export const CreateClientCostInput = z
  .strictObject({ clientWorkspaceId: WorkspaceId, ...CLIENT_COST_FIELDS })
  .superRefine(namesDays);
export type CreateClientCostInput = z.input<typeof CreateClientCostInput>;

/** A cost, and whether its key had made it before. */
export interface CreatedClientCost extends ClientCostDto {
  readonly replayed: boolean;
}

/** Records money spent for a client, on a day or over some; sent again with its key, it answers with the first one. */
export async function createClientCost(
  ctx: ServiceContext,
  kind: ClientCostKind,
  input: CreateClientCostInput,
): Promise<CreatedClientCost> {
  const { clientWorkspaceId: clientId, ...fields } = CreateClientCostInput.parse(input);
  return inTransaction(ctx, async (em) => {
    const costs = [fields];
    const [taken] = await takeClientCosts(em, ctx, { kind, clientId, costs, dryRun: false });
    if (!taken) throw new Error('a cost was not answered');
    if (!taken.ok) throw taken.error;
    const { id, replayed } = taken;
    const dto = toClientCostDto(await em.findOneOrFail(ClientCost, { agencyId: ctx.agencyId, id }));
    if (!replayed) {
      const noun = CLIENT_COST_NOUNS[kind];
      const action = `${noun}.created`;
      recordAudit(em, ctx, { action, subject: `${noun}:${id}`, clientId, after: dto });
    }
    return { ...dto, replayed };
  });
}

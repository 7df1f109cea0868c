import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { toApiKeyDto, type ApiKeyDto } from './api-key-dto.ts';
import { ApiKey } from './api-key.entity.ts';

const MOST_KEYS = 1000;

/** The agency's keys, revoked ones too, the latest first. */
export async function listApiKeys(ctx: ServiceContext): Promise<ApiKeyDto[]> {
  return inTransaction(
    ctx,
    async (em) => {
      const keys = await em.find(
        ApiKey,
        { agencyId: ctx.agencyId },
        { orderBy: { createdAt: 'desc', id: 'asc' }, limit: MOST_KEYS },
      );
      return keys.map(toApiKeyDto);
    },
    { readOnly: true },
  );
}

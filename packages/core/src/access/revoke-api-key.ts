import { LockMode } from '@mikro-orm/postgresql';
import { DomainError } from '@retainer/domain';
import * as z from 'zod';

import { recordAudit } from '../audit/record-audit.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { toApiKeyDto, type ApiKeyDto } from './api-key-dto.ts';
import { ApiKey } from './api-key.entity.ts';

export const RevokeApiKeyInput = z.strictObject({ keyId: z.uuid() });
export type RevokeApiKeyInput = z.input<typeof RevokeApiKeyInput>;

/** Ends a key from now on; a revoked one stays as it was. */
export async function revokeApiKey(
  ctx: ServiceContext,
  input: RevokeApiKeyInput,
): Promise<ApiKeyDto> {
  const { keyId: id } = RevokeApiKeyInput.parse(input);
  return inTransaction(ctx, async (em) => {
    const lockMode = LockMode.PESSIMISTIC_WRITE;
    const key = await em.findOne(ApiKey, { agencyId: ctx.agencyId, id }, { lockMode });
    if (!key) throw new DomainError('not_found', 'No such API key.');
    const before = toApiKeyDto(key);
    key.revokedAt ??= ctx.now();
    const after = toApiKeyDto(key);
    recordAudit(em, ctx, { action: 'api_key.revoked', subject: `api_key:${id}`, before, after });
    return after;
  });
}

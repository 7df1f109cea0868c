import { createHash, randomBytes, randomUUID } from 'node:crypto';

import * as z from 'zod';

import { recordAudit } from '../audit/record-audit.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { holdAgency } from '../tenancy/find-agency.ts';
import { invalidField, Moment, Name } from '../tenancy/input-fields.ts';
import { toApiKeyDto, type ApiKeyDto } from './api-key-dto.ts';
import { ApiKey } from './api-key.entity.ts';

const KEY_PREFIX = 'rt_';
const SECRET_BYTES = 32;
const SHOWN_CHARACTERS = 10;

export const CreateApiKeyInput = z.strictObject({
  name: Name,
  role: z.enum(['agency', 'host']),
  /** What of its role the key may do; everything when left out. */
  scopes: z
    .array(z.string().regex(/^(?:\*|[A-Za-z][\w-]{0,63}(?:\.(?:\*|[A-Za-z][\w-]{0,63}))?)$/u))
    .min(1)
    .max(50)
    .default(['*']),
  expiresAt: Moment.nullable().default(null),
});
export type CreateApiKeyInput = z.input<typeof CreateApiKeyInput>;

/** A new key with its secret, which nobody can read again. */
export interface CreatedApiKey extends ApiKeyDto {
  readonly key: string;
}

/** Makes a key and answers its secret this once; only the SHA-256 of it is stored. */
export async function createApiKey(
  ctx: ServiceContext,
  input: CreateApiKeyInput,
): Promise<CreatedApiKey> {
  const { name, role, scopes, expiresAt } = CreateApiKeyInput.parse(input);
  const now = ctx.now();
  if (expiresAt && expiresAt <= now) throw invalidField('expiresAt', 'must lie in the future');
  const key = KEY_PREFIX + randomBytes(SECRET_BYTES).toString('base64url');
  return inTransaction(ctx, async (em) => {
    await holdAgency(em, ctx.agencyId);
    const row = em.create(ApiKey, {
      agencyId: ctx.agencyId,
      id: randomUUID(),
      name,
      hash: createHash('sha256').update(key).digest(),
      prefix: key.slice(0, SHOWN_CHARACTERS),
      role,
      scopes,
      createdAt: now,
      expiresAt,
      revokedAt: null,
    });
    const dto = toApiKeyDto(row);
    recordAudit(em, ctx, { action: 'api_key.created', subject: `api_key:${dto.id}`, after: dto });
    return { ...dto, key };
  });
}

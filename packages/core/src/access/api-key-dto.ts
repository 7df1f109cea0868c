import type { ApiKey } from './api-key.entity.ts';

/** A key as callers read it; the secret itself is shown once, when it is made. */
export interface ApiKeyDto {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly role: 'agency' | 'host';
  readonly scopes: readonly string[];
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
}

/** A key's row without its hash. */
export function toApiKeyDto(key: ApiKey): ApiKeyDto {
  const { id, name, prefix, role, scopes, createdAt } = key;
  return {
    id,
    name,
    prefix,
    role,
    scopes,
    createdAt,
    expiresAt: key.expiresAt ?? null,
    revokedAt: key.revokedAt ?? null,
  };
}

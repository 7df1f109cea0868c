import { defineEntity, p } from '@mikro-orm/postgresql';

const ApiKeySchema = defineEntity({
  name: 'ApiKey',
  tableName: 'api_key',
  properties: {
    agencyId: p.text().primary(),
    id: p.uuid().primary(),
    name: p.text(),
    hash: p.blob(),
    /** The first characters of the key, for people to tell keys apart. */
    prefix: p.text(),
    role: p.text().$type<'agency' | 'host'>(),
    scopes: p.json<readonly string[]>(),
    createdAt: p.datetime(),
    expiresAt: p.datetime().nullable(),
    revokedAt: p.datetime().nullable(),
  },
});

/** A secret that opens an agency's data; only its hash is kept. */
export class ApiKey extends ApiKeySchema.class {
  /** Whether the key still opens anything. */
  isLive(at: Date): boolean {
    return !this.revokedAt && (!this.expiresAt || at < this.expiresAt);
  }
}
ApiKeySchema.setClass(ApiKey);

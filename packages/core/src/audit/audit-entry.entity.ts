import { defineEntity, p } from '@mikro-orm/postgresql';

const AuditEntrySchema = defineEntity({
  name: 'AuditEntry',
  tableName: 'audit_log',
  properties: {
    agencyId: p.text().primary(),
    seq: p.bigint('number').primary().autoincrement(),
    at: p.datetime(),
    actor: p.text(),
    action: p.text(),
    clientId: p.text().nullable(),
    subject: p.text(),
    before: p.json<unknown>().nullable(),
    after: p.json<unknown>().nullable(),
  },
});

/** One change: who made it, when, and what it was before and after. Written once, never changed. */
export class AuditEntry extends AuditEntrySchema.class {}
AuditEntrySchema.setClass(AuditEntry);

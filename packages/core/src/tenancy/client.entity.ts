import { defineEntity, p } from '@mikro-orm/postgresql';

const ClientSchema = defineEntity({
  name: 'Client',
  tableName: 'client',
  properties: {
    agencyId: p.text().primary(),
    id: p.text().primary(),
    name: p.text(),
    /** The agency's when null. */
    timeZone: p.text().nullable(),
    currency: p.text().nullable(),
    revenueConnected: p.boolean(),
    /** Reports are made at the cadence of its tier; else only when somebody asks. */
    scheduledReports: p.boolean(),
    /** Who is mailed the client's reports. */
    reportRecipients: p.json<readonly string[]>(),
    version: p.bigint('number'),
    createdAt: p.datetime(),
    archivedAt: p.datetime().nullable(),
  },
});

/** A client workspace of one agency. Its row is the lock for everything that was promised to the client. */
export class Client extends ClientSchema.class {
  /** Tells the gate that its view of this client is out of date. */
  touch(): void {
    this.version += 1;
  }
}
ClientSchema.setClass(Client);

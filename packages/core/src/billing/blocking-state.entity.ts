import { defineEntity, p } from '@mikro-orm/postgresql';

const BlockingStateSchema = defineEntity({
  name: 'BlockingState',
  tableName: 'blocking_state',
  properties: {
    agencyId: p.text().primary(),
    id: p.uuid().primary(),
    clientId: p.text(),
    kind: p.text().$type<'paused' | 'stopped' | 'past_due'>(),
    startsAt: p.datetime(),
    endsAt: p.datetime().nullable(),
    reason: p.text(),
  },
});

/** A dated reason to take no new holds from a client. */
export class BlockingState extends BlockingStateSchema.class {}
BlockingStateSchema.setClass(BlockingState);

import { defineEntity, p } from '@mikro-orm/postgresql';
import type { LocalDate } from '@retainer/domain';

import type { TrackingFiguresDto } from './tracking-dto.ts';
import type { StoredTerms } from './tracking-terms.ts';

const ClientValueTrackingSchema = defineEntity({
  name: 'ClientValueTracking',
  tableName: 'value_tracking',
  properties: {
    agencyId: p.text().primary(),
    id: p.uuid().primary(),
    clientId: p.text(),
    startDate: p.date().$type<LocalDate>(),
    endDate: p.date().$type<LocalDate>(),
    inputs: p.json().$type<StoredTerms>(),
    result: p.json().$type<TrackingFiguresDto>(),
    calculatedAt: p.datetime(),
    calculatedBy: p.text(),
  },
});

/** A client's figures of a period as they were calculated, with what was assumed. One for each client and period. */
export class ClientValueTracking extends ClientValueTrackingSchema.class {}
ClientValueTrackingSchema.setClass(ClientValueTracking);

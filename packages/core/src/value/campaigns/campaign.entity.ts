import { defineEntity, p } from '@mikro-orm/postgresql';
import type { LocalDate } from '@retainer/domain';

const CampaignSchema = defineEntity({
  name: 'Campaign',
  tableName: 'campaign',
  properties: {
    agencyId: p.text().primary(),
    clientId: p.text().primary(),
    id: p.text().primary(),
    name: p.text(),
    startsOn: p.date().$type<LocalDate>().nullable(),
    endsOn: p.date().$type<LocalDate>().nullable(),
    createdAt: p.datetime(),
    archivedAt: p.datetime().nullable(),
  },
});

/** What is known of a campaign beside its facts; the id is the caller's own. */
export class Campaign extends CampaignSchema.class {}
CampaignSchema.setClass(Campaign);

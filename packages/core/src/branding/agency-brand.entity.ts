import { defineEntity, p } from '@mikro-orm/postgresql';

/** The kinds of pictures a logo may be. */
export type LogoType = 'image/png' | 'image/jpeg';

const AgencyBrandSchema = defineEntity({
  name: 'AgencyBrand',
  tableName: 'agency_brand',
  properties: {
    agencyId: p.text().primary(),
    primaryColor: p.text().nullable(),
    accentColor: p.text().nullable(),
    font: p.text().nullable(),
    logo: p.blob().nullable(),
    logoType: p.text().$type<LogoType>().nullable(),
    logoWidth: p.integer().nullable(),
    logoHeight: p.integer().nullable(),
    changedAt: p.datetime(),
  },
});

/** What an agency's documents look like. */
export class AgencyBrand extends AgencyBrandSchema.class {}
AgencyBrandSchema.setClass(AgencyBrand);

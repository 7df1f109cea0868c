import type { Catalog } from '../../i18n/catalog.ts';
import type { BelowMessages } from './below-messages.ts';
import { below as en } from './below.en.ts';

/** The languages of what the first page shows below its figures. */
export const belowCatalog: Catalog<BelowMessages> = {
  en,
  others: {
    de: async () => (await import('./below.de.ts')).below,
    ar: async () => (await import('./below.ar.ts')).below,
  },
};

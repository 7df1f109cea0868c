import type { Catalog } from '../../i18n/catalog.ts';
import { messages as en } from './en.ts';
import type { PageMessages } from './messages.ts';

/** The languages of the client page and the tiers. */
export const catalog: Catalog<PageMessages> = {
  en,
  others: {
    de: async () => (await import('./de.ts')).messages,
    ar: async () => (await import('./ar.ts')).messages,
  },
};

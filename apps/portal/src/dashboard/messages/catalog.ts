import type { Catalog } from '../../i18n/catalog.ts';
import { messages as en } from './en.ts';
import type { DashboardMessages } from './messages.ts';

/** The languages there are. */
export const catalog: Catalog<DashboardMessages> = {
  en,
  others: {
    de: async () => (await import('./de.ts')).messages,
    ar: async () => (await import('./ar.ts')).messages,
  },
};

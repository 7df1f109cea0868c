import type { Catalog } from '../../i18n/catalog.ts';
import { messages as en } from './en.ts';
import type { PortalMessages } from './messages.ts';

/** The languages there are. */
export const catalog: Catalog<PortalMessages> = {
  en,
  others: {
    de: async () => (await import('./de.ts')).messages,
    ar: async () => (await import('./ar.ts')).messages,
  },
};

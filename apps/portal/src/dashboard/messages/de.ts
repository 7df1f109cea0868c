import { blocks } from '../../blocks/messages.de.ts';
import type { DashboardMessages } from './messages.ts';

/** German. */
export const messages: DashboardMessages = {
  blocks,
  agency: 'Agentur',
};

import { blocks } from '../../blocks/messages.en.ts';
import type { DashboardMessages } from './messages.ts';

/** English. */
export const messages: DashboardMessages = {
  blocks,
  agency: 'Agency',
};

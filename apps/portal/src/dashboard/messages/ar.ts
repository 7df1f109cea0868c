import { blocks } from '../../blocks/messages.ar.ts';
import type { DashboardMessages } from './messages.ts';

/** Arabic. */
export const messages: DashboardMessages = {
  blocks,
  agency: 'الوكالة',
};

import { blocks } from '../../blocks/messages.ar.ts';
import type { PortalMessages } from './messages.ts';

/** Arabic. */
export const messages: PortalMessages = {
  blocks,
  portal: 'باقتك',
};

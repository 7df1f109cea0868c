import { blocks } from '../../blocks/messages.en.ts';
import type { PortalMessages } from './messages.ts';

/** English. */
export const messages: PortalMessages = {
  blocks,
  portal: 'Your plan',
};

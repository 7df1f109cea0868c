import { blocks } from '../../blocks/messages.de.ts';
import type { PortalMessages } from './messages.ts';

/** German. */
export const messages: PortalMessages = {
  blocks,
  portal: 'Ihr Paket',
};

import type { BlockMessages } from '../../blocks/messages.ts';

/** Everything that the portal says. */
export interface PortalMessages {
  readonly blocks: BlockMessages;
  readonly portal: string;
}

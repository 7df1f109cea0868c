import type { BlockMessages } from '../../blocks/messages.ts';

/** Everything that the agency's screen says. */
export interface DashboardMessages {
  readonly blocks: BlockMessages;
  readonly agency: string;
}

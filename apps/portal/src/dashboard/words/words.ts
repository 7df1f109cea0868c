import { createContext } from 'svelte';

import type { PageMessages } from './messages.ts';

/** What the client page and the tiers say, in the language of the moment. */
export interface Words {
  readonly words: PageMessages;
}

/** Shares the texts with the components inside the one that calls this; `useWords` gets them there. */
export const [useWords, shareWords] = createContext<Words>();

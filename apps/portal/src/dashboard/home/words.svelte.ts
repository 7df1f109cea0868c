import { createContext } from 'svelte';

import { messagesFor } from '../../i18n/catalog.ts';
import { belowCatalog } from '../messages/below-catalog.ts';
import type { BelowMessages } from '../messages/below-messages.ts';
import { useScreen } from '../screen.svelte.ts';

interface Words {
  readonly words: BelowMessages;
}

const [use, share] = createContext<Words>();

/** What a part below the figures says. Its page has loaded it with `loadWords` and shared it with `shareWords`. */
export const useWords = use;

/** Shares the words with the components inside the one that calls this. */
export const shareWords = share;

/** The words in the language of the screen; undefined until they are there. Call it while a component is made. */
export function loadWords(): { readonly words: BelowMessages | undefined } {
  const { look } = useScreen();
  let words = $state.raw<BelowMessages>();
  $effect.pre(() => {
    const { locale } = look;
    let isCurrent = true;
    void messagesFor(belowCatalog, locale).then((loaded) => {
      if (isCurrent) words = loaded;
    });
    return () => {
      isCurrent = false;
    };
  });
  return {
    get words() {
      return words;
    },
  };
}

import { messagesFor, type Catalog } from './i18n/catalog.ts';
import { createFormat, type Format } from './i18n/format.ts';
import { directionOf, localeOf } from './i18n/locale.ts';

import themeCss from './theme.css?inline';

/** What an element was told of how it should look and speak. */
export interface Wishes {
  readonly locale?: string | undefined;
  /**
   * `light`, `dark` or `auto`: dark where the reader prefers it and the page says by its `color-scheme` that it can be.
   */
  readonly theme?: string | undefined;
}

/** How an element looks and speaks. */
export interface Look<TMessages> {
  /** Undefined until they are there; English always is. */
  readonly messages: TMessages | undefined;
  readonly locale: string;
  readonly format: Format;
}

const sheet = new CSSStyleSheet();
sheet.replaceSync(themeCss);

/**
 * Gives `host` its theme, direction and language, and keeps them as the wishes, the page and the reader change. Call it
 * while its component is made.
 */
export function wear<TMessages>(
  host: HTMLElement,
  catalog: Catalog<TMessages>,
  wishes: () => Wishes,
): Look<TMessages> {
  host.shadowRoot?.adoptedStyleSheets.push(sheet);
  let pageLang = $state(document.documentElement.lang);
  const locale = $derived(localeOf(host, wishes().locale, pageLang));
  const format = $derived(createFormat(locale));
  let messages = $state.raw<TMessages>();
  const prefersDark = matchMedia('(prefers-color-scheme: dark)');
  let isDark = $state(prefersDark.matches);

  $effect.pre(() => {
    const theme = wishes().theme ?? 'auto';
    host.dataset['scheme'] =
      theme === 'dark' || (theme === 'auto' && isDark && canBeDark(host)) ? 'dark' : 'light';
    host.dataset['dir'] = directionOf(locale);
  });

  $effect.pre(() => {
    let isCurrent = true;
    void messagesFor(catalog, locale).then((loaded) => {
      if (isCurrent) messages = loaded;
    });
    return () => {
      isCurrent = false;
    };
  });

  $effect(() => {
    const gone = new AbortController();
    const { signal } = gone;
    prefersDark.addEventListener('change', () => (isDark = prefersDark.matches), { signal });
    const observer = new MutationObserver(() => {
      pageLang = document.documentElement.lang;
    });
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['lang'] });
    return () => {
      gone.abort();
      observer.disconnect();
    };
  });

  return {
    get messages() {
      return messages;
    },
    get locale() {
      return locale;
    },
    get format() {
      return format;
    },
  };
}

function canBeDark(host: HTMLElement): boolean {
  return getComputedStyle(host).colorScheme.includes('dark');
}

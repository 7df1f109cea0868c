/**
 * The locale that an element speaks: its own `locale`, else the nearest `lang`, of which the page's own is the last,
 * else the browser's.
 */
export function localeOf(element: Element, own: string | undefined, pageLang: string): string {
  const wishes = [own, langAround(element), pageLang, ...navigator.languages, 'en'];
  return wishes.find(isLocale) ?? 'en';
}

/** Which way a locale is written. */
export function directionOf(locale: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.test(new Intl.Locale(locale).maximize().script ?? '') ? 'rtl' : 'ltr';
}

const RIGHT_TO_LEFT = /Arab|Hebr|Thaa|Syrc|Nkoo|Adlm|Rohg/;

/** Looks out of shadow roots too: the element may stand in another one. */
function langAround(element: Element): string | undefined {
  for (let at: Element | undefined = element; at; at = parentOf(at)) {
    const lang = at.getAttribute('lang');
    if (lang) return lang;
  }
  return undefined;
}

function parentOf(element: Element): Element | undefined {
  const root = element.getRootNode();
  return element.parentElement ?? (root instanceof ShadowRoot ? root.host : undefined);
}

function isLocale(tag: string | undefined): tag is string {
  try {
    return tag !== undefined && tag !== '' && Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

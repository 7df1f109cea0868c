import { HOME, hrefOf, placeOf, type Place } from './place.ts';

/** How an element keeps where it is. */
export interface NavigationSettings {
  readonly host: HTMLElement;
  /** Keeps the place in the page's own address, after `#`. Without it the element keeps it to itself. */
  readonly usesHash: boolean;
  /** Where to begin, as `hrefOf` writes it. */
  readonly start: string | undefined;
}

/** Where the screen is. A host hears of every move as `ap-navigate`, and may go there itself by preventing it. */
export class Navigation {
  place: Place = $state.raw(HOME);
  readonly #settings: NavigationSettings;

  constructor(settings: NavigationSettings) {
    this.#settings = settings;
    const { usesHash, start } = settings;
    const isInHash = usesHash && location.hash.startsWith('#/');
    this.place = placeOf(isInHash ? location.hash : (start ?? ''));
  }

  /** Goes somewhere. */
  go = (place: Place): void => {
    const { host, usesHash } = this.#settings;
    const href = hrefOf(place);
    const event = new CustomEvent('ap-navigate', {
      bubbles: true,
      composed: true,
      cancelable: true,
      detail: { ...place, href },
    });
    if (!host.dispatchEvent(event)) return;
    if (usesHash) location.hash = href;
    this.place = place;
  };

  /** What a link to a place needs: its address, and a click that stays within the element. */
  link = (
    place: Place,
  ): { readonly href: string; readonly onclick: (event: MouseEvent) => void } => ({
    href: `#${hrefOf(place)}`,
    onclick: (event) => {
      const opensElsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0;
      if (opensElsewhere) return;
      event.preventDefault();
      this.go(place);
    },
  });

  /** Follows the page's address until `signal` ends it. */
  follow(signal: AbortSignal): void {
    if (!this.#settings.usesHash) return;
    addEventListener('hashchange', () => (this.place = placeOf(location.hash)), { signal });
  }
}

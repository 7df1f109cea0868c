/** A component compiled to a custom element. */
interface ElementComponent {
  (...args: never[]): unknown;
  readonly element?: CustomElementConstructor;
}

/**
 * Defines `component` under a tag. A tag that is taken stays as it is, so a page may load a script twice; another
 * version beside it takes another tag.
 */
export function defineElement({ element }: ElementComponent, tag: string): void {
  if (!element) throw new Error('The component is not compiled to a custom element.');
  if (customElements.get(tag)) return;
  // A constructor can be registered once; a class of its own for each tag lets one script serve several.
  customElements.define(tag, class extends element {});
}

/** The tag that a script's address asks for, `agency-portal.js?tag=acme-portal`, or `fallback`. */
export function askedTag(scriptUrl: string, fallback: string): string {
  return new URL(scriptUrl).searchParams.get('tag') ?? fallback;
}

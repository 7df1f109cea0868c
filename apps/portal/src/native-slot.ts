import type { Attachment } from 'svelte/attachments';

/**
 * Makes a place one for the page's own content: what stands in it is shown where the page gives none. Svelte's own
 * slots only know what is there when the element is connected.
 */
export function nativeSlot(name: string): Attachment<HTMLElement> {
  return (place) => {
    const slot = document.createElement('slot');
    slot.name = name;
    slot.append(...place.childNodes);
    place.append(slot);
  };
}

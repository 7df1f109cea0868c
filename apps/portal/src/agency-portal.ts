import { askedTag, defineElement } from './define-element.ts';
import AgencyPortal from './portal/AgencyPortal.element.svelte';

/** Defines the client's portal under a tag of your own, beside another version of it. */
export function defineAgencyPortal(tag: string): void {
  defineElement(AgencyPortal, tag);
}

defineAgencyPortal(askedTag(import.meta.url, 'agency-portal'));

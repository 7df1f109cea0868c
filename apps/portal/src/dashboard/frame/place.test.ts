import { describe, expect, test } from 'vitest';

import { HOME, hrefOf, placeOf, type Place } from './place.ts';

describe('given a place of the screen', () => {
  test.each([
    { place: HOME, href: '/' },
    { place: { page: 'client', clientId: 'tidal-gym' }, href: '/clients/tidal-gym' },
    {
      place: { page: 'client', clientId: 'a/b ü', tab: 'posts' },
      href: '/clients/a%2Fb%20%C3%BC/posts',
    },
    { place: { page: 'tiers' }, href: '/tiers' },
    { place: { page: 'tiers', tierId: 'gold' }, href: '/tiers/gold' },
  ] satisfies { place: Place; href: string }[])(
    'when it is written as $href, then that leads back to it',
    ({ place, href }) => {
      expect(hrefOf(place)).toBe(href);
      expect(placeOf(`#${href}`)).toEqual(place);
    },
  );

  test.each(['', '#', '#top', '#/clients', '#/elsewhere/1'])(
    'when %j is of the page and not of ours, then it leads home',
    (href) => {
      expect(placeOf(href)).toEqual(HOME);
    },
  );
});

import { describe, expect } from 'vitest';

import { listAudit } from '../audit/list-audit.ts';
import { START, test } from '../tenancy/testing/world.ts';
import { getAgencyBrand, getBrandToDraw } from './get-agency-brand.ts';
import { setAgencyBrand } from './set-agency-brand.ts';
import { jpeg, png } from './testing/pictures.ts';

const NONE = { primaryColor: null, accentColor: null, font: null, logo: null };

describe('given an agency', () => {
  test('when nothing was set, then all is null, and the documents are its own all the same', async ({
    world,
  }) => {
    expect(await getAgencyBrand(world.at(START))).toEqual(NONE);
    expect(await getBrandToDraw(world.at(START))).toEqual({ name: 'North', ...NONE });
  });

  test('when parts are set one after another, then what is left out stays and null takes back', async ({
    world,
  }) => {
    const logo = png();
    await setAgencyBrand(world.at(START), {
      primaryColor: '#1f3a5f',
      logo: logo.toString('base64'),
    });
    const set = await setAgencyBrand(world.at(START), { accentColor: '#EB5757', font: 'Inter' });
    expect(set).toMatchObject({
      primaryColor: '#1F3A5F',
      accentColor: '#EB5757',
      font: 'Inter',
      logo: { type: 'image/png', width: 8, height: 4, bytes: logo.length },
    });
    const drawn = await getBrandToDraw(world.at(START));
    expect(Buffer.from(drawn.logo?.bytes ?? []).equals(logo)).toBe(true);

    const replaced = { logo: jpeg().toString('base64'), primaryColor: null };
    expect(await setAgencyBrand(world.at(START), replaced)).toMatchObject({
      primaryColor: null,
      logo: { type: 'image/jpeg' },
    });
    expect(await setAgencyBrand(world.at(START), { logo: null })).toMatchObject({
      font: 'Inter',
      logo: null,
    });
  });

  test('when its look changes, then the history tells logos apart without keeping them', async ({
    world,
  }) => {
    const logo = png().toString('base64');
    await setAgencyBrand(world.at(START), { logo });
    await setAgencyBrand(world.at(START), { logo });
    const { items } = await listAudit(world.at(START), {});
    const changes = items.filter(({ action }) => action === 'agency.branded');
    expect(changes).toHaveLength(1);
    expect(changes[0]?.after).toMatchObject({
      logo: { sha256: expect.stringMatching(/^\w{64}$/) },
    });
    expect(JSON.stringify(changes)).not.toContain(logo);
  });

  test('when something is wrong, then it is named and nothing changes', async ({ world }) => {
    for (const [field, value, says] of [
      ['primaryColor', 'red', '#RRGGBB'],
      ['font', 'Comic"Sans', 'name of a font'],
      ['logo', 'data:image/png;base64,AAAA', 'without a data: prefix'],
    ] as const) {
      const input = { accentColor: '#000000', [field]: value };
      // oxlint-disable-next-line no-await-in-loop -- one after the other, to tell them apart
      await expect(setAgencyBrand(world.at(START), input)).rejects.toThrow(says);
    }
    expect(await getAgencyBrand(world.at(START))).toEqual(NONE);
  });

  test('when another agency looks, then it sees its own', async ({ world }) => {
    await setAgencyBrand(world.at(START), { font: 'Inter' });
    const other = await world.neighbour();
    expect(await getAgencyBrand(other.at(START))).toEqual(NONE);
  });
});

import type { Page } from 'playwright-core';
import { describe } from 'vitest';

import { tellAgency } from '../testing/agency-facts.ts';
import {
  openAgency,
  registerAgency,
  SCREEN_TODAY,
  type ScreenAgency,
} from '../testing/agency-screen.ts';
import { test as base, type VisitOptions } from '../testing/index.ts';
import { keepPicture } from '../testing/keep-picture.ts';

const CLIENTS = 12;
const DAYS = 75;

const test = base.extend('agency', { scope: 'file' }, async ({ world }): Promise<ScreenAgency> => {
  const agency = await registerAgency(world, 'pictures');
  const made = { agencyId: 'pictures', clients: CLIENTS, today: SCREEN_TODAY, days: DAYS };
  await tellAgency(agency.send, made);
  return agency;
});

interface Shot {
  readonly name: string;
  readonly view?: string;
  readonly lang?: string;
  readonly options?: VisitOptions;
  readonly token?: string;
  /** What is done before the picture is taken. */
  readonly prepare: (page: Page) => Promise<unknown>;
}

const overview = async (page: Page): Promise<void> => {
  await page.locator('.chart svg path.current').first().waitFor();
  await page.locator('tbody a').first().waitFor();
};
const press = (name: string) => async (page: Page) => {
  await page.getByRole('button', { name }).first().click();
  await page.getByRole('dialog').waitFor();
};
const shows = (text: string | RegExp) => (page: Page) => page.getByText(text).first().waitFor();

const SHOTS: readonly Shot[] = [
  { name: 'screen', prepare: overview },
  { name: 'screen-dark', options: { scheme: 'dark' }, prepare: overview },
  { name: 'screen-phone', options: { width: 390 }, prepare: overview },
  {
    name: 'screen-arabic',
    lang: 'ar',
    prepare: async (page) => {
      await overview(page);
      // What Chromium drew before the font was there stays undrawn until its style changes.
      await page.locator('agency-kpi-dashboard').evaluate((element) => {
        element.style.fontFamily = "Arabic, 'Open Sans'";
      });
    },
  },
  { name: 'screen-german', lang: 'de', prepare: overview },
  {
    name: 'screen-explanation',
    prepare: async (page) => {
      await overview(page);
      await press('What is ROI?')(page);
    },
  },
  { name: 'screen-client', view: '/clients/client-0003', prepare: shows('Total cost') },
  { name: 'screen-client-work', view: '/clients/client-0003/work', prepare: shows('Add time') },
  { name: 'screen-client-tier', view: '/clients/client-0003/tier', prepare: shows('Change tier') },
  { name: 'screen-assignment', view: '/clients/client-0003/tier', prepare: press('Change tier') },
  {
    name: 'screen-override',
    view: '/clients/client-0003/tier',
    prepare: press('Override a limit'),
  },
  { name: 'screen-tiers', view: '/tiers', prepare: shows('New tier') },
  { name: 'screen-new-tier', view: '/tiers', prepare: press('New tier') },
  {
    name: 'screen-refused',
    token: 'x.y.z',
    options: { allow: /401|Failed to load/ },
    prepare: shows('Could not load the agency'),
  },
];

describe('given the agency’s screen', () => {
  test.for(SHOTS)(
    'when it is $name, then its picture is kept',
    async ({ name, view = '/', lang, options, token, prepare }, { world, visit, agency }) => {
      const seen = { ...agency, ...(token && { token }) };
      const opening = { view, ...(lang && { lang }), ...(options && { options }) };
      const page = await openAgency({ world, visit }, seen, opening);
      await prepare(page);
      await page.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => undefined);
      await keepPicture(page, name);
    },
  );

  test('when nothing was told yet, then that is pictured too', async ({ world, visit }) => {
    const empty = await registerAgency(world, 'nothing yet');
    const page = await openAgency({ world, visit }, empty, { view: '/' });
    await page.getByText('No client was registered yet').waitFor();
    await keepPicture(page, 'screen-empty');
  });
});

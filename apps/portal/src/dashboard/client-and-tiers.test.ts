import { addDays } from '@retainer/domain';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';

import {
  axeComplaints,
  focusedName,
  openAgency,
  registerAgency,
  SCREEN_TODAY,
  tabTo,
  type Opening,
  type ScreenAgency,
} from '../testing/agency-screen.ts';
import { test as base } from '../testing/index.ts';

const YESTERDAY = addDays(SCREEN_TODAY, -1);

/** One client on Bronze, with an hour of work and a sale of yesterday. */
const test = base
  .extend('agency', { scope: 'file' }, async ({ world }): Promise<ScreenAgency> => {
    const agency = await registerAgency(world, 'client pages');
    const { send } = agency;
    await send('POST', '/api/agency/client%20pages/service-tiers/default');
    await addClient(agency, 'bakery');
    await addClient(agency, 'florist');
    return agency;
  })
  .extend(
    'open',
    ({ world, agency, visit }) =>
      async (opening: Opening) =>
        openAgency({ world, visit }, agency, opening),
  );

async function addClient({ send }: ScreenAgency, id: string): Promise<void> {
  const of = `/api/clients/${id}`;
  await send('PUT', `/api/agency/client%20pages/clients/${id}`, { name: `The ${id}` });
  await send('POST', `${of}/service-tier/assign`, { tierId: 'bronze', startDate: YESTERDAY });
  await send('PUT', '/api/agency/client%20pages/rates', {
    level: 'client',
    clientWorkspaceId: id,
    fromDate: null,
    hourlyRate: '60.00',
  });
  await send('POST', `${of}/time-entries`, { person: 'jo', date: YESTERDAY, minutes: 60 });
  const sale = { kind: 'revenue', source: 'shop', attributionModel: 'last_click' };
  await send('POST', `${of}/conversions`, { ...sale, date: YESTERDAY, amount: '180.00' });
  await send('POST', `${of}/conversions`, { kind: 'lead', date: YESTERDAY, count: 4 });
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const dialog = (page: Page) => page.getByRole('dialog');
const figure = (page: Page, name: string) => button(page, new RegExp(`^${name}: `)).first();
const refused = { allow: /status of 4\d\d/ } as const;

describe('given a client’s page', { timeout: 90_000 }, () => {
  test('when an hour is written down by keyboard alone, then cost and ROI move and the facts list it', async ({
    open,
  }) => {
    const page = await open({ view: '/clients/bakery/work' });
    await page.getByRole('rowheader').first().waitFor();
    expect(await figure(page, 'Total cost').innerText()).toContain('$60.00');
    expect(await figure(page, 'ROI').innerText()).toContain('200.0%');

    await tabTo(page, /^Add time$/);
    await page.keyboard.press('Enter');
    await tabTo(page, /^Duration/);
    await page.keyboard.type('1:30');
    await tabTo(page, /^Person/);
    await page.keyboard.type('mira');
    await page.keyboard.press('Enter');
    await dialog(page).waitFor({ state: 'detached' });
    expect(await focusedName(page)).toBe('Add time');

    // Today is not over, so it is in no figure before somebody asks for it.
    await page.getByRole('status').getByText('not among the days').waitFor();
    await page.getByRole('status').getByRole('button', { name: 'Include today' }).press('Enter');
    await button(page, /^Total cost: \$150\.00/)
      .first()
      .waitFor();
    expect(await figure(page, 'ROI').innerText()).toContain('20.0%');

    await button(page, /^Total cost: /)
      .first()
      .press('Enter');
    await dialog(page).getByText('mira').first().waitFor();
    expect(await dialog(page).innerText()).toContain('Time + Tools + Ads + Other');
    expect(
      await dialog(page)
        .getByRole('row', { name: /mira.*1:30 h at \$60\.00.*\$90\.00/ })
        .count(),
    ).toBe(1);
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'detached' });
    expect(await focusedName(page)).toContain('Total cost');
  });

  test('when what is filled in is wrong, then its field says so, has the focus, and nothing is lost', async ({
    open,
  }) => {
    const page = await open({ view: '/clients/florist/work', options: refused });
    await button(page, 'Add time').click();
    await button(page, 'Save').click();
    await dialog(page).getByText('Fill this in.').waitFor();
    expect(await focusedName(page)).toMatch(/^Duration/);

    await dialog(page).getByLabel('How').selectOption({ label: 'From when to when' });
    await dialog(page).getByLabel('Start').fill(`${YESTERDAY}T12:00`);
    await dialog(page).getByLabel('End').fill(`${YESTERDAY}T11:00`);
    await dialog(page).getByLabel('Note').fill('kept');
    await button(page, 'Save').click();
    await dialog(page).getByText('must not lie before startedAt').waitFor();
    expect(await focusedName(page)).toMatch(/^End/);
    expect(await dialog(page).getByLabel('Note').inputValue()).toBe('kept');
    await dialog(page).getByLabel('End').fill(`${YESTERDAY}T12:30`);
    await button(page, 'Save').click();
    await button(page, /^Total cost: \$90\.00/)
      .first()
      .waitFor();

    await button(page, 'Import CSV').click();
    await page
      .getByLabel('Or paste')
      .fill(`date,minutes,person\n${YESTERDAY},30,al\n2026-13-01,5,al`);
    await button(page, 'Check').click();
    await dialog(page).getByText('is not a date written').waitFor();
    await button(page, 'Import 1 line').click();
    await dialog(page).getByText('1 line taken').waitFor();
    await button(page, 'Close').last().click();
    await button(page, /^Total cost: \$120\.00/)
      .first()
      .waitFor();
  });

  test('when rows of a breakdown are added up, then they are the tile', async ({ open }) => {
    const page = await open({ view: '/clients/florist' });
    const bars = page.locator('ul.bars li');
    await bars.first().waitFor();
    const amounts = await bars.locator('.number').allInnerTexts();
    const cents = amounts.map((text) => Number(/\$([\d.]+)/.exec(text)?.[1]) * 100);
    const total = cents.pop();
    expect(cents.reduce((sum, one) => sum + one, 0)).toBe(total);
  });

  test('when one part cannot be read, then it says so and the others stay', async ({ open }) => {
    const allow = /Failed to load|net::ERR/;
    const page = await open({ view: '/tiers', options: { allow } });
    await page.getByText('Clients and their tiers').waitFor();
    await page.route('**/trpc/insights.margin*', (route) => route.abort());
    await page.getByRole('link', { name: 'The florist' }).click();
    await page.getByRole('link', { name: 'Figures' }).click();
    const error = page.getByRole('alert');
    await error.getByText('Could not load Margin.').waitFor();
    expect(await figure(page, 'ROI').isVisible()).toBe(true);
    await page.unroute('**/trpc/insights.margin*');
    await error.getByRole('button', { name: 'Retry' }).click();
    await page.getByText('Fee per tracked hour').waitFor();
  });
});

describe('given a client’s tier', { timeout: 90_000 }, () => {
  test('when another is looked at and assigned, then what is due is what the API reckons', async ({
    open,
  }) => {
    const page = await open({ view: '/clients/florist/tier' });
    await button(page, 'Change tier').click();
    const previewed = page.waitForResponse((response) => {
      const isPreview = response.url().includes('previewChange');
      return isPreview && (response.request().postData() ?? '').includes('"quarterly"');
    });
    await dialog(page)
      .getByLabel('Tier', { exact: true })
      .selectOption({ label: 'Gold v1, $1,999.00 a month' });
    await dialog(page).getByLabel('Billed').selectOption({ label: 'Quarterly' });
    const shown = await (await previewed).json();
    const { proration, effectiveAt } = shown.result.data.json;
    const amounts = [
      ...proration.lines.map((line: { amount: Amount }) => line.amount),
      proration.total,
    ];
    await dialog(page).getByText(usd(proration.total)).waitFor();
    expect(await dialog(page).getByRole('cell').allInnerTexts()).toEqual(amounts.map(usd));
    expect(effectiveAt).not.toBeNull();

    const assigned = page.waitForResponse((response) =>
      response.url().includes('clientTier.assign'),
    );
    await dialog(page).getByRole('button', { name: 'Change tier' }).click();
    const bill = (await (await assigned).json()).result.data.json.proration;
    await page.getByText(`Due now: ${usd(bill.total)}`).waitFor();
    await page.locator('p.tier').getByText('Gold').waitFor();
  });

  test('when a limit is overridden, then a post that was denied passes, once revoked it would not', async ({
    open,
    agency: { send },
  }) => {
    const post = (postId: string) =>
      send('POST', '/api/hooks/post-created', {
        clientWorkspaceId: 'bakery',
        postId,
        platforms: ['linkedin'],
        publishNow: true,
      });
    await send('POST', '/api/hooks/reserve', {
      clientWorkspaceId: 'bakery',
      key: 'five',
      meter: 'posts',
      quantity: 5,
      platforms: ['linkedin'],
      scheduledAt: `${SCREEN_TODAY}T12:00:01Z`,
    });
    expect(await post('a')).toMatchObject({ decision: 'deny' });

    const page = await open({ view: '/clients/bakery/tier' });
    await page.getByText('Limit reached').waitFor();
    await button(page, 'Override a limit').click();
    await dialog(page).getByLabel('How many').fill('1');
    await dialog(page).getByLabel('Reason').fill('launch week');
    await dialog(page).getByRole('button', { name: 'Override a limit' }).click();
    await page.getByText('The override is in force.').waitFor();
    await page.getByRole('row', { name: /Posts a week: \+1.*launch week.*In force/ }).waitFor();
    expect(await post('b')).toMatchObject({ decision: expect.stringMatching(/allow|warn/) });

    await button(page, /^Revoke: /).click();
    await dialog(page).getByRole('button', { name: 'Revoke' }).click();
    await page
      .getByText(/Revoked/)
      .first()
      .waitFor();
    expect(await post('c')).toMatchObject({ decision: 'deny' });
  });
});

describe('given the tiers', { timeout: 90_000 }, () => {
  test('when one is made wrong, made right, published anew and archived, then each is told and shown', async ({
    open,
  }) => {
    const page = await open({ view: '/tiers', options: refused });
    await button(page, 'New tier').click();
    await dialog(page).getByRole('textbox', { name: /^Name/ }).fill('Starter');
    await dialog(page)
      .getByLabel(/^Price a month/)
      .fill('1,250.50');
    await dialog(page).getByLabel('Platforms', { exact: true }).fill('linkedin, not/one');
    await dialog(page).getByRole('button', { name: 'New tier' }).click();
    await dialog(page).getByText('is not the id of a platform').waitFor();
    expect(await focusedName(page)).toBe('Platforms');
    await dialog(page).getByLabel('Platforms', { exact: true }).fill('linkedin');
    await dialog(page).getByRole('button', { name: 'New tier' }).click();
    const card = page.locator('li.tier', { hasText: 'Starter' });
    await card.getByText('$1,250.50').waitFor();

    await button(page, 'New version: Starter').click();
    await dialog(page).getByLabel('Posts a week', { exact: true }).fill('∞');
    await dialog(page).getByRole('row', { name: 'Posts a week 10 Unlimited' }).waitFor();
    await button(page, 'Publish').click();
    await card.getByText('v2').waitFor();

    await button(page, 'Archive: Starter').click();
    await dialog(page).getByRole('button', { name: 'Archive' }).click();
    await card.waitFor({ state: 'detached' });
    await page.getByText('The tier is archived.').waitFor();
  });
});

describe('given every part of these pages', { timeout: 120_000 }, () => {
  const READY: Readonly<Record<string, string>> = {
    '/clients/bakery': 'ul.bars li',
    '/clients/bakery/work': 'table tbody tr',
    '/clients/bakery/tier': 'table tbody tr',
    '/clients/bakery/reports': '.card',
    '/tiers/bronze': 'ul.rows li',
  };

  test.for([
    { lang: 'en', options: { scheme: 'light' } },
    { lang: 'ar', options: { scheme: 'dark', width: 320, height: 700 } },
  ] as const)(
    'when $lang is read in $options, then axe finds nothing and nothing is wider than the page',
    async ({ lang, options }, { open }) => {
      for (const [view, ready] of Object.entries(READY)) {
        /* oxlint-disable no-await-in-loop -- one page after the other */
        const page = await open({ view, lang, options });
        await page.locator(ready).first().waitFor();
        await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
        expect([view, await axeComplaints(page)]).toEqual([view, []]);
        const spare = await page.evaluate(() => innerWidth - document.documentElement.scrollWidth);
        expect([view, spare]).toEqual([view, 0]);
        await page.close();
        /* oxlint-enable no-await-in-loop */
      }
    },
  );

  test('when a form and an explanation are open, then axe finds nothing', async ({ open }) => {
    const page = await open({ view: '/clients/bakery/tier', options: { scheme: 'dark' } });
    await button(page, 'Change tier').click();
    await dialog(page).getByText('What would happen').waitFor();
    expect(await axeComplaints(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await figure(page, 'Total cost').click();
    await dialog(page).getByRole('row').first().waitFor();
    expect(await axeComplaints(page)).toEqual([]);
  });
});

interface Amount {
  readonly amount: string;
  readonly currency: string;
}

function usd({ amount, currency }: Amount): string {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).format(Number(amount));
}

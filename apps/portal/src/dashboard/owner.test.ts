import { readFile } from 'node:fs/promises';

import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';

import { clientIdOf, clientNameOf, tellAgency } from '../testing/agency-facts.ts';
import {
  axeComplaints,
  openAgency,
  registerAgency,
  SCREEN_TODAY,
  type Opening,
  type ScreenAgency,
} from '../testing/agency-screen.ts';
import { test as base, tokenOf } from '../testing/index.ts';

const CLIENTS = 5;
const DAYS = 40;

const test = base
  .extend('studio', { scope: 'file' }, async ({ world }): Promise<ScreenAgency> => {
    const studio = await registerAgency(world, 'studio');
    const made = { agencyId: 'studio', clients: CLIENTS, today: SCREEN_TODAY, days: DAYS };
    await tellAgency(studio.send, made);
    return studio;
  })
  .extend(
    'open',
    async ({ world, studio, visit }) =>
      (opening: Opening = {}) =>
        openAgency({ world, visit }, studio, opening),
  );

/** Waits until nothing on the page is being read. */
async function settled(page: Page): Promise<void> {
  await page.locator('footer[part=footer]').waitFor();
  await page.locator('.chart svg path.current').first().waitFor();
  await page.locator('tbody a').first().waitFor();
}

const tile = (page: Page, name: string) =>
  page.locator('article.tile', { has: page.getByText(name, { exact: true }) });

describe(
  'given an owner who opens the screen of an agency with figures',
  { timeout: 120_000 },
  () => {
    test('when they go through it by keyboard alone, then figures, notes, clients and pages are theirs', async ({
      open,
    }) => {
      const page = await open();
      await settled(page);
      expect(await page.locator('article.tile').count()).toBe(6);

      await tile(page, 'Leads').locator('button.choose').focus();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Leads over time' }).waitFor();
      await page.locator('.chart').focus();
      await page.keyboard.press('ArrowRight');
      await page.locator('.reading strong').first().waitFor();
      await page.keyboard.press('Escape');
      await page.locator('.reading', { hasText: 'Highest' }).waitFor();

      await page.getByRole('button', { name: 'What is ROI?' }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('dialog', { name: 'ROI' }).getByText('(Value − cost) ÷ cost').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });

      await page.getByRole('button', { name: 'Add a note' }).focus();
      await page.keyboard.press('Enter');
      await page.getByLabel('What happened?').fill('Spring launch');
      await page.keyboard.press('Enter');
      await page.locator('.notes li', { hasText: 'Spring launch' }).waitFor();
      await page.locator('.chart rect').waitFor();
      await page.getByRole('button', { name: /Remove the note/ }).focus();
      await page.keyboard.press('Enter');
      await page.locator('.notes li').waitFor({ state: 'detached' });

      await page.getByLabel('Search clients').fill('gym');
      await page.getByText('No client is like that').waitFor();
      await page.getByLabel('Search clients').fill(clientNameOf(2).slice(0, 6));
      await page.locator('.pages', { hasText: '1–1 of 1' }).waitFor();
      await page
        .locator('tbody')
        .getByRole('link', { name: clientNameOf(2) })
        .last()
        .focus();
      await page.keyboard.press('Enter');
      await page.getByText(clientNameOf(2)).first().waitFor();
      expect(await page.evaluate(() => Reflect.get(globalThis, 'heard').at(-1))).toEqual([
        'ap-navigate',
        `/clients/${clientIdOf(2)}`,
      ]);
      await page.getByRole('link', { name: 'Overview', exact: true }).click();
      await settled(page);
    });

    test('when they choose other days, then all of it is of those, and the host hears of it', async ({
      open,
    }) => {
      const page = await open();
      await settled(page);
      await page
        .getByRole('combobox', { name: 'Period', exact: true })
        .selectOption('last_30_days');
      await page.getByRole('combobox', { name: 'Compare with' }).selectOption('none');
      await tile(page, 'Revenue').getByText('Not compared').waitFor();
      await page.getByRole('combobox', { name: 'Compare with' }).selectOption('previous_year');
      await page.getByLabel('Match weekdays').check();
      await page.getByRole('combobox', { name: 'Period', exact: true }).selectOption('custom');
      await page.getByLabel('From', { exact: true }).fill('2026-02-02');
      await page.getByLabel('To', { exact: true }).fill('2026-02-01');
      await page.getByText('must not be after').waitFor();
      await page.getByLabel('From', { exact: true }).fill('2026-01-01');
      await page.getByRole('button', { name: 'Show', exact: true }).click();
      await page.getByText('No posts were published from').waitFor();
      expect(await page.evaluate(() => Reflect.get(globalThis, 'heard'))).toEqual(
        expect.arrayContaining([
          ['ap-ready', undefined],
          ['ap-period-change', 'last_30_days'],
          ['ap-period-change', 'custom'],
        ]),
      );
    });

    test('when a post is published through the hook, then the open screen counts it without being loaded again', async ({
      open,
      studio,
    }) => {
      const page = await open();
      await settled(page);
      await page.locator('.live.on').waitFor();
      await page.getByRole('combobox', { name: 'Period', exact: true }).selectOption('custom');
      await page.getByLabel('From', { exact: true }).fill(SCREEN_TODAY);
      await page.getByLabel('To', { exact: true }).fill(SCREEN_TODAY);
      await page.getByRole('button', { name: 'Show', exact: true }).click();
      await page.getByText('No day of it is over yet').waitFor();
      await page.locator('details summary').click();
      await tile(page, 'Posts published').locator('button.choose').click();
      const cell = page.locator('details td.number').first();
      await cell.getByText('0', { exact: true }).waitFor();
      await studio.send('POST', '/api/hooks/post-published', {
        clientWorkspaceId: clientIdOf(0),
        postId: 'live',
        platforms: ['linkedin'],
      });
      await cell.getByText('1', { exact: true }).waitFor();
      await page.locator('[aria-live=polite]', { hasText: 'Figures were updated' }).waitFor();
    });

    test('when they export, then the file is made and handed over', async ({ open }) => {
      const page = await open();
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Export as CSV' }).click();
      const file = await download;
      expect(file.suggestedFilename()).toMatch(/\.csv$/);
      const text = await readFile(await file.path(), 'utf8');
      expect(text.slice(0, 200)).toContain('section,figure,unit');
      await page.getByText('was saved').waitFor();
    });

    test('when one block fails, then it says so and tries again, and the others stay', async ({
      open,
    }) => {
      const page = await open({ options: { allow: /Failed to load resource/ } });
      await settled(page);
      await page.route(/kpiDashboard\.campaigns/, (route) => route.abort());
      await page.getByRole('combobox', { name: 'Period', exact: true }).selectOption('last_7_days');
      const block = page.locator('section', { hasText: 'Campaign highlights' }).last();
      await block.getByText('Could not load Campaign highlights').waitFor();
      expect(await page.locator('article.tile').count()).toBe(6);
      expect(await block.locator('tbody tr').count()).toBeGreaterThan(0);
      await page.unroute(/kpiDashboard\.campaigns/);
      await block.getByRole('button', { name: 'Retry' }).click();
      await block.getByText('Could not load').waitFor({ state: 'detached' });
    });

    test('when costs are hidden, then nothing tells of them, nor ROI or margin', async ({
      open,
    }) => {
      const page = await open({ attributes: 'hide-cost' });
      await settled(page);
      expect(await page.locator('article.tile').count()).toBe(4);
      const text = await page.locator('agency-kpi-dashboard section').first().innerText();
      expect(text).not.toMatch(/\b(?:ROI|cost|margin|budget|spend)\b/i);
    });
  },
);

describe('given the screen in every look', { timeout: 120_000 }, () => {
  test.for([
    { scheme: 'light', width: 1280, lang: 'en' },
    { scheme: 'dark', width: 1280, lang: 'de' },
    { scheme: 'light', width: 320, lang: 'ar' },
    // 200 per cent of zoom on a screen of 1280 pixels.
    { scheme: 'dark', width: 640, lang: 'en' },
    { scheme: 'light', width: 2560, lang: 'en' },
  ] as const)(
    'when it is $scheme, $width pixels wide and speaks $lang, then nothing is in nobody’s reach',
    async ({ scheme, width, lang }, { open }) => {
      const page = await open({ lang, options: { width, scheme } });
      await settled(page);
      await page.locator('details summary').click();
      expect(await axeComplaints(page)).toEqual([]);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow).toBe(0);
    },
  );

  test('when nothing was ever told, then it says what is missing, and axe nothing', async ({
    world,
    visit,
  }) => {
    const empty = await registerAgency(world, 'empty');
    const page = await openAgency({ world, visit }, empty, {});
    await page.getByText('No client was registered yet').waitFor();
    await tile(page, 'Revenue').getByText('No revenue reported yet').waitFor();
    await page.getByText('No posts were published from').waitFor();
    await page.getByText('No client is on a tier yet').waitFor();
    expect(await axeComplaints(page)).toEqual([]);
  });

  test('when the token is refused, then the screen says that it could not load, and offers to try again', async ({
    world,
    visit,
  }) => {
    const headers = await world.api.headersOf({ role: 'agency', agencyId: 'studio' }, 'expired');
    const expired = { token: tokenOf(headers) };
    const page = await openAgency({ world, visit }, expired, {
      options: { allow: /401|Failed to load/ },
    });
    await page.getByText('Could not load the agency').waitFor();
    await page.getByRole('button', { name: 'Retry' }).waitFor();
  });
});

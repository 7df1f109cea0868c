import { tmpdir } from 'node:os';

import { createContext, openDatabase } from '@retainer/core';
import { silentLog } from '@retainer/core/testing';
import { parse } from 'csv-parse/sync';
import { describe, expect } from 'vitest';

import { createLogger } from '../edge/logger.ts';
import { readSettings } from '../env.ts';
import { brandFor } from '../exports/brand/brand-for.ts';
import { NEUTRAL_LOOK } from '../exports/brand/brand.ts';
import { fieldOf } from '../fields.ts';
import { openServer } from '../open-server.ts';
import { partsOf, plain, readPdf } from '../testing/exports/read-back.ts';
import { test as base, type RealServer } from '../testing/real-server.ts';

const PATH = '/api/agency/acme/kpi-dashboard';
const QUERY = 'startDate=2026-02-20&endDate=2026-03-02';
const FORMATS = [
  { format: 'csv', type: 'text/csv; charset=utf-8', begins: '\u00EF\u00BB\u00BFsection' },
  { format: 'xlsx', type: /spreadsheetml\.sheet$/, begins: 'PK' },
  { format: 'pptx', type: /presentationml\.presentation$/, begins: 'PK' },
  { format: 'pdf', type: 'application/pdf', begins: '%PDF-1' },
] as const;
/** A red PNG of 2 by 1 pixels. */
const LOGO =
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAADUlEQVR4nGP4z8AARAAI/gH/xp559wAAAABJRU5ErkJggg==';

const test = base
  .extend('tenant', { scope: 'file' }, async ({ server }) => {
    const tenant = await server.found('acme');
    // Without a rate no cost is known.
    const payload = { name: 'acme', timeZone: 'UTC', currency: 'USD', hourlyRate: 60 };
    await server.app.inject({
      method: 'PUT',
      url: '/api/agency/acme',
      payload,
      headers: server.admin,
    });
    return tenant;
  })
  .extend('headers', { scope: 'file' }, ({ server }) =>
    server.headersOf({ role: 'agency', agencyId: 'acme' }),
  );

async function download(
  { app }: Pick<RealServer, 'app'>,
  url: string,
  headers: Record<string, string>,
) {
  const { statusCode, headers: told, rawPayload, body } = await app.inject({ url, headers });
  return { statusCode, told, bytes: new Uint8Array(rawPayload), body };
}

describe('given an agency with facts', () => {
  test.for(FORMATS)(
    'when it takes its dashboard away as $format, then the file comes under its name and type',
    async ({ format, type, begins }, { server, headers, tenant }) => {
      expect(tenant.agencyWorkspaceId).toBe('acme');
      const url = `${PATH}/export?format=${format}&${QUERY}`;
      const { statusCode, told, bytes } = await download(server, url, headers);
      expect(statusCode).toBe(200);
      expect(told['content-type']).toMatch(type);
      expect(told['content-disposition']).toBe(
        `attachment; filename="acme-kpi-2026-02-20-to-2026-03-02.${format}"`,
      );
      expect(told['cache-control']).toBe('no-store');
      expect(Buffer.from(bytes).toString('latin1').startsWith(begins)).toBe(true);
    },
  );

  test('when files are read, then their numbers are those of the dashboard, over REST and tRPC', async ({
    server,
    headers,
    tenant,
  }) => {
    const answer = await server.app.inject({ url: `${PATH}?${QUERY}`, headers });
    const { roi, performance } = answer.json<{
      roi: { totalCost: { current: { amount: string } } };
      performance: { leads: { current: number } };
    }>();
    const csv = await download(server, `${PATH}/export?format=csv&${QUERY}`, headers);
    const lines: Record<string, string>[] = parse(Buffer.from(csv.bytes), {
      bom: true,
      columns: true,
    });
    const valueOf = (figure: string) =>
      lines.find((line) => line['figure'] === figure)?.['current'];
    expect(valueOf('totalCost')).toBe(roi.totalCost.current.amount);
    expect(valueOf('leads')).toBe('1');
    expect(performance.leads.current).toBe(1);

    const input = {
      agencyWorkspaceId: tenant.agencyWorkspaceId,
      format: 'csv',
      startDate: '2026-02-20',
      endDate: '2026-03-02',
    };
    const encoded = encodeURIComponent(JSON.stringify({ json: input }));
    const trpc = await server.app.inject({
      url: `/trpc/kpiDashboard.export?input=${encoded}`,
      headers,
    });
    const file = fieldOf(fieldOf(fieldOf(trpc.json(), 'result'), 'data'), 'json');
    expect(file).toMatchObject({
      fileName: 'acme-kpi-2026-02-20-to-2026-03-02.csv',
      mediaType: 'text/csv; charset=utf-8',
      base64: Buffer.from(csv.bytes).toString('base64'),
    });
    const pdf = await download(server, `${PATH}/export?format=pdf&${QUERY}`, headers);
    const pages = await readPdf(pdf.bytes);
    const shown = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });
    expect(plain(pages.join(' '))).toContain(shown.format(Number(roi.totalCost.current.amount)));
  });

  test('when a file is begun, then another process can tell how far it is, and hand it out', async ({
    server,
    headers,
    tenant,
  }) => {
    const logger = createLogger('silent');
    const settings = readSettings({
      DATABASE_URL: server.ownerUrl,
      DATA_DIR: tmpdir(),
      RETAINER_SECRET: 'a secret of the tests, long enough to sign with',
      RETAINER_TEST_CLOCK: 'on',
    });
    const other = await openServer(settings, { logger, say: () => undefined });
    try {
      const begun = await server.app.inject({
        method: 'POST',
        url: `${PATH}/exports`,
        payload: { format: 'pptx', startDate: '2026-03-01', endDate: '2026-03-02' },
        headers,
      });
      expect(begun.json()).toMatchObject({ state: 'running', step: 0, steps: 3 });
      const { exportId } = begun.json<{ exportId: string }>();
      const url = `${PATH}/exports/${exportId}`;
      const status = async () => (await other.app.inject({ url, headers })).json<object>();
      await expect.poll(status, { timeout: 20_000 }).toMatchObject({ state: 'done', step: 3 });
      const file = await download(other, `${url}/file`, headers);
      expect(file.told['content-type']).toMatch(/presentationml/);
      expect(partsOf(file.bytes).has('ppt/slides/slide1.xml')).toBe(true);
      const rival = await server.headersOf({ role: 'agency', agencyId: 'rival' });
      const asked = await server.app.inject({ url: url.replace('acme', 'rival'), headers: rival });
      expect(asked.statusCode).toBe(404);
      expect(tenant.exportId).not.toBe(exportId);
    } finally {
      await other.app.close();
      await other.release();
    }
  });

  test('when a period is impossible, then what was begun fails by its reason', async ({
    server,
    headers,
  }) => {
    const begun = await server.app.inject({
      method: 'POST',
      url: `${PATH}/exports`,
      payload: { format: 'csv', startDate: '2026-03-02', endDate: '2026-03-01' },
      headers,
    });
    const { exportId } = begun.json<{ exportId: string }>();
    const url = `${PATH}/exports/${exportId}`;
    const status = async () => (await server.app.inject({ url, headers })).json<object>();
    await expect.poll(status).toMatchObject({ state: 'failed', failure: expect.any(String) });
    const file = await server.app.inject({ url: `${url}/file`, headers });
    expect(file.json()).toMatchObject({ status: 409, code: 'conflict' });
    const at = await server.app.inject({
      url: `${PATH}/export?format=csv&startDate=2026-03-02&endDate=2026-03-01`,
      headers,
    });
    expect(at.json()).toMatchObject({ status: 422, code: 'period_inverted' });
  });
});

describe('given an agency that sets its brand', () => {
  test('when it takes a deck away, then logo, colours and font are in it, and wrong ones are named', async ({
    server,
    headers,
    tenant,
  }) => {
    const url = `/api/agency/${tenant.agencyWorkspaceId}/brand`;
    const put = (payload: object) => server.app.inject({ method: 'PUT', url, payload, headers });
    const bad = await put({ primaryColor: 'red', logo: 'AAAA' });
    expect(bad.json()).toMatchObject({ code: 'invalid_input', issues: [{ path: 'primaryColor' }] });
    expect((await put({ logo: 'AAAA' })).json()).toMatchObject({
      issues: [{ path: 'logo', message: expect.stringContaining('PNG or a JPEG') }],
    });
    const set = await put({ primaryColor: '#aa0000', font: 'Inter', logo: LOGO });
    expect(set.json()).toMatchObject({ primaryColor: '#AA0000', logo: { width: 2, height: 1 } });
    expect((await server.app.inject({ url, headers })).json()).toEqual(set.json());

    const deck = await download(server, `${PATH}/export?format=pptx&${QUERY}`, headers);
    const parts = partsOf(deck.bytes);
    const slide = parts.get('ppt/slides/slide1.xml') ?? '';
    expect([slide.includes('AA0000'), slide.includes('<p:pic>')]).toEqual([true, true]);
    const pdf = await download(server, `${PATH}/export?format=pdf&${QUERY}`, headers);
    expect(Buffer.from(pdf.bytes).toString('latin1')).toContain('/BaseFont /');
    expect(Buffer.from(pdf.bytes).toString('latin1')).toMatch(/\+Inter/);
  });

  test('when a document is for a client, then the brand is on it where the client’s tier grants it', async ({
    server,
    headers,
    tenant: { agencyWorkspaceId: agencyId },
  }) => {
    const url = `/api/agency/${agencyId}/brand`;
    await server.app.inject({ method: 'PUT', url, payload: { font: 'Inter' }, headers });
    for (const tier of ['bronze', 'gold']) {
      const send = (method: 'PUT' | 'POST', path: string, payload: object) =>
        server.app.inject({ method, url: path, payload, headers });
      // oxlint-disable-next-line no-await-in-loop -- in order
      await send('PUT', `/api/agency/${agencyId}/clients/${tier}-shop`, { name: 'Shop' });
      const assign = `/api/clients/${tier}-shop/service-tier/assign`;
      // oxlint-disable-next-line no-await-in-loop -- in order
      expect((await send('POST', assign, { tierId: tier })).statusCode).toBe(200);
    }
    const database = await openDatabase({ url: server.ownerUrl, log: silentLog });
    try {
      const now = () => new Date('2026-03-02T12:00:00Z');
      const actor = { kind: 'agency', id: agencyId } as const;
      const ctx = () => createContext({ orm: database.orm, agencyId, actor, now });
      expect(await brandFor(ctx())).toMatchObject({ name: 'acme', font: 'Inter' });
      expect(await brandFor(ctx(), { clientId: 'gold-shop' })).toMatchObject({ font: 'Inter' });
      const neutral = { name: 'acme', ...NEUTRAL_LOOK };
      expect(await brandFor(ctx(), { clientId: 'bronze-shop' })).toEqual(neutral);
      const nobody = brandFor(ctx(), { clientId: 'nobody' });
      await expect(nobody).rejects.toMatchObject({ code: 'not_found' });
    } finally {
      await database.close();
    }
  });
});

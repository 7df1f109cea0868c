import { asOwner } from '@retainer/core/testing';
import { describe, expect, test as base } from 'vitest';

import { fieldOf } from '../fields.ts';
import { openRealServer } from '../testing/real-server.ts';

const OPERATOR = 'an-operator-token-that-no-log-may-hold-0123456789';
const SIGNING = 'a signing secret that no log may hold, long enough';
const RETIRED = 'a signing secret of before that no log may hold';
const GUESS = 'a-guess-that-may-be-somebodys-password-elsewhere';

/** The service at its most talkative, with every kind of secret in use. */
const test = base.extend('talkative', { scope: 'file' }, async ({}, { onCleanup }) => {
  const server = await openRealServer({
    LOG_LEVEL: 'trace',
    RETAINER_SECRET: SIGNING,
    RETAINER_ADMIN_TOKEN: OPERATOR,
    RETAINER_RETIRED_SECRETS: RETIRED,
    SMTP_URL: 'smtp://mailer:mail-password-of-the-tests@127.0.0.1:1',
    MAIL_FROM: 'reports@example.com',
  });
  onCleanup(server.close);
  const operator = { authorization: `Bearer ${OPERATOR}` };
  const ask = async (
    method: 'GET' | 'POST' | 'PUT',
    url: string,
    { as = operator, payload }: { as?: Record<string, string>; payload?: object | string } = {},
  ) =>
    server.app.inject({
      method,
      url,
      headers: { ...as, ...(payload !== undefined && { 'content-type': 'application/json' }) },
      ...(payload !== undefined && { payload }),
    });
  const agency = { name: 'Acme', timeZone: 'UTC', currency: 'USD' };
  await ask('PUT', '/api/agency/acme', { payload: agency });
  const minted = await ask('POST', '/api/agency/acme/tokens', { payload: { role: 'agency' } });
  const token = String(fieldOf(minted.json(), 'token'));
  const as = { authorization: `Bearer ${token}` };
  const made = await ask('POST', '/api/agency/acme/api-keys', {
    as,
    payload: { name: 'Host', role: 'host', scopes: ['hooks'] },
  });
  const key = String(fieldOf(made.json(), 'key'));
  const password = new URL(server.ownerUrl).password;
  return { server, ask, as, token, key, password };
});

describe('given a service at its most talkative level', () => {
  test('when somebody is refused, then it is told who was refused, where, and from which address', async ({
    talkative: { server, ask, key },
  }) => {
    server.takeErrors();
    const byKey = { authorization: `Bearer ${key}` };
    await ask('GET', '/api/agency/acme/api-keys', { as: byKey });
    await ask('GET', '/trpc/apiKeys.list', { as: byKey });
    await ask('GET', '/api/agency/acme/api-keys', { as: { authorization: 'Bearer nobodys' } });
    const refused = server
      .takeErrors()
      .map((line): unknown => JSON.parse(line))
      .filter((line) => fieldOf(line, 'msg') === 'refused');
    const route = '/api/agency/:agencyWorkspaceId/api-keys';
    const caller = expect.stringMatching(/^host:key:/);
    expect(refused).toMatchObject([
      { status: 403, route, caller, ip: '127.0.0.1' },
      { status: 403, route: '/trpc/:path', caller, ip: '127.0.0.1' },
      { status: 401, route, ip: '127.0.0.1' },
    ]);
  });

  test('when every secret went every way in, then none of them is in the log', async ({
    talkative: { server, ask, as, token, key, password },
  }) => {
    const byKey = { authorization: `Bearer ${key}` };
    const secrets = [
      OPERATOR,
      SIGNING,
      RETIRED,
      GUESS,
      token,
      key,
      password,
      'mail-password-of-the-tests',
    ];
    for (const secret of [OPERATOR, GUESS, token, key]) {
      const inAddress = encodeURIComponent(JSON.stringify({ token: secret }));
      const told = { as, payload: { clientWorkspaceId: 'x', token: secret, [secret]: 1 } };
      /* oxlint-disable no-await-in-loop -- each has to be through before the log is read */
      await ask('GET', '/api/agency/acme', { as: { authorization: `Bearer ${secret}` } });
      await ask('GET', '/api/agency/acme', { as: { authorization: `Basic ${secret}` } });
      await ask('GET', `/api/agency/acme?token=${encodeURIComponent(secret)}`, { as });
      await ask('GET', `/nowhere/${encodeURIComponent(secret)}`, { as });
      await ask('GET', `/trpc/agencies.get?connectionParams=${inAddress}`, { as: {} });
      await ask('POST', '/api/hooks/check', told);
      await ask('POST', '/api/hooks/check', { as, payload: `{"token":"${secret}",` });
      await ask('POST', '/trpc/hooks.check', { as, payload: `{"json":{"token":"${secret}"}` });
      await ask('POST', '/api/agency/acme/api-keys', { as: byKey, payload: { name: secret } });
      /* oxlint-enable no-await-in-loop */
    }
    // What fails on our side is told with its cause.
    await asOwner(server.ownerUrl, 'alter table retainer.agency rename to agency_gone');
    const failed = await ask('GET', '/api/agency/acme', { as });
    expect(failed.statusCode).toBeGreaterThanOrEqual(500);
    const log = server.takeErrors().join('');
    expect(log.split('\n').length).toBeGreaterThan(30);
    expect(secrets.filter((secret) => log.includes(secret))).toEqual([]);
  });
});

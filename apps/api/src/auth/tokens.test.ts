import { SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';

import { createTokens, type TokenActor } from './tokens.ts';

const SECRET = 'a secret of thirty-two bytes or more';
const tokens = createTokens(SECRET);

const ACTORS: readonly TokenActor[] = [
  { role: 'agency', agencyId: 'acme' },
  { role: 'host', agencyId: 'acme' },
  { role: 'host', agencyId: undefined },
  { role: 'client', agencyId: 'acme', clientId: 'bäckerei / 1' },
];

function sign(claims: object, { secret = SECRET, issuer = 'retainer', exp = '1m' } = {}) {
  return new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(issuer)
    .setExpirationTime(exp)
    .sign(new TextEncoder().encode(secret));
}

describe('given a token of ours', () => {
  test.each(ACTORS)('when %j is verified, then it is who it was minted for', async (actor) => {
    const { token, expiresAt } = await tokens.mint(actor, 60);
    expect(await tokens.verify(token)).toEqual({ actor, expiresAtMs: expiresAt.getTime() });
  });

  test('when its time is over, then it is refused', async () => {
    const past = createTokens(SECRET, () => new Date(Date.now() - 120_000));
    const { token } = await past.mint({ role: 'agency', agencyId: 'acme' }, 60);
    await expect(tokens.verify(token)).rejects.toMatchObject({ code: 'ERR_JWT_EXPIRED' });
  });
});

describe('given a token that is not ours', () => {
  const claims = { role: 'agency', agency: 'acme' };

  test.each([
    { why: 'another secret', message: /signature/, token: sign(claims, { secret: `${SECRET}!` }) },
    { why: 'another issuer', message: /"iss"/, token: sign(claims, { issuer: 'other' }) },
    { why: 'an unknown role', message: /role/, token: sign({ role: 'root', agency: 'acme' }) },
    {
      why: 'the operator, who has no signed token',
      message: /role/,
      token: sign({ role: 'admin' }),
    },
    { why: 'an agency without its id', message: /role/, token: sign({ role: 'agency' }) },
    {
      why: 'a client without its id',
      message: /role/,
      token: sign({ role: 'client', agency: 'acme' }),
    },
    {
      why: 'an agency that is not text',
      message: /role/,
      token: sign({ role: 'host', agency: { a: 1 } }),
    },
  ])('when it has $why, then it is refused', async ({ token, message }) => {
    await expect(tokens.verify(await token)).rejects.toThrow(message);
  });

  test('when it is signed with nothing, then it is refused', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const exp = Math.floor(Date.now() / 1000) + 60;
    const token = `${part({ alg: 'none' })}.${part({ ...claims, iss: 'retainer', exp })}.`;
    await expect(tokens.verify(token)).rejects.toThrow(/alg/);
  });

  test('when it never expires, then it is refused', async () => {
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer('retainer')
      .sign(new TextEncoder().encode(SECRET));
    await expect(tokens.verify(token)).rejects.toThrow(/"exp"/);
  });
});

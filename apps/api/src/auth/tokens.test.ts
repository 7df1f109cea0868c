import { decodeProtectedHeader, exportJWK, generateKeyPair, SignJWT } from 'jose';
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

describe('given a token that names an algorithm of its own', () => {
  const payload = { role: 'agency', agency: 'acme', iss: 'retainer', exp: 4_102_444_800 };
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const bytes = new TextEncoder().encode(SECRET);

  test('when it is not signed at all, then it is refused', async () => {
    for (const alg of ['none', 'None', 'HS256']) {
      const token = `${encode({ alg, typ: 'JWT' })}.${encode(payload)}.`;
      // oxlint-disable-next-line no-await-in-loop -- to name the one that is let in
      await expect(tokens.verify(token)).rejects.toThrow(/signature|"alg"|Unsupported|allowed/i);
    }
  });

  test('when it is signed with our secret in another way, then it is refused', async () => {
    for (const alg of ['HS384', 'HS512']) {
      const token = new SignJWT(payload).setProtectedHeader({ alg }).sign(bytes);
      // oxlint-disable-next-line no-await-in-loop -- to name the one that is let in
      await expect(tokens.verify(await token)).rejects.toMatchObject({
        code: 'ERR_JOSE_ALG_NOT_ALLOWED',
      });
    }
    const { privateKey } = await generateKeyPair('RS256');
    const signed = new SignJWT(payload).setProtectedHeader({ alg: 'RS256' }).sign(privateKey);
    await expect(tokens.verify(await signed)).rejects.toMatchObject({
      code: 'ERR_JOSE_ALG_NOT_ALLOWED',
    });
  });

  test('when it brings or points to a key of its own, then that is not looked at', async () => {
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
    const jwk = await exportJWK(publicKey);
    for (const header of [
      { jwk },
      { jku: 'https://evil.test/keys' },
      { x5u: 'https://evil.test' },
    ]) {
      const token = new SignJWT(payload)
        .setProtectedHeader({ alg: 'RS256', ...header })
        .sign(privateKey);
      // oxlint-disable-next-line no-await-in-loop -- to name the one that is let in
      await expect(tokens.verify(await token)).rejects.toMatchObject({
        code: 'ERR_JOSE_ALG_NOT_ALLOWED',
      });
    }
  });
});

describe('given a secret that is replaced', () => {
  const NEXT = 'the next secret of thirty-two bytes or more';
  const actor: TokenActor = { role: 'agency', agencyId: 'acme' };
  const both = createTokens({ current: NEXT, retired: [SECRET] });
  const nextAlone = createTokens(NEXT);

  test('when the old one is retired, then what it signed is good, and new tokens are signed with the next', async () => {
    const old = await tokens.mint(actor, 60);
    expect(await both.verify(old.token)).toMatchObject({ actor });
    const { token } = await both.mint(actor, 60);
    expect(await nextAlone.verify(token)).toMatchObject({ actor });
    await expect(tokens.verify(token)).rejects.toThrow(/signature/);
  });

  test('when the old one is left out, then what it signed is good no longer', async () => {
    const { token } = await tokens.mint(actor, 60);
    await expect(nextAlone.verify(token)).rejects.toThrow(/signature/);
  });

  test('when a token names one key and is signed with another, then it is refused', async () => {
    const { kid } = decodeProtectedHeader((await both.mint(actor, 60)).token);
    const forged = new SignJWT({ role: 'agency', agency: 'acme' })
      .setProtectedHeader({ alg: 'HS256', ...(kid !== undefined && { kid }) })
      .setIssuer('retainer')
      .setExpirationTime('1m')
      .sign(new TextEncoder().encode(SECRET));
    await expect(both.verify(await forged)).rejects.toThrow(/signature/);
  });
});

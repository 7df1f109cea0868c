import { createHmac } from 'node:crypto';

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { COMMON_SCHEMES, judgeSignature } from './judge-signature.ts';
import type { SignatureScheme } from './signature.ts';

const NOW = 1_772_355_600_000;
const TIME = String(NOW / 1000);
const secret = 'a secret of some length';
const toleranceMs = 300_000;
const hex = (text: string, key = secret, algorithm = 'sha256') =>
  createHmac(algorithm, key).update(text).digest('hex');
const base64 = (text: string, key: string | Buffer) =>
  createHmac('sha256', key).update(text).digest('base64');

/** Headers that sign a body in each of the forms in use. */
const FORMS: Readonly<Record<string, (body: string) => Record<string, string>>> = {
  hex: (body) => ({ 'x-signature': hex(body) }),
  'sha256=': (body) => ({ 'x-hub-signature-256': `sha256=${hex(body)}` }),
  base64: (body) => ({ 'x-webhook-signature': base64(body, secret) }),
  't=,v1=': (body) => ({ 'x-signature': `t=${TIME},v1=${hex(`${TIME}.${body}`)}` }),
  'time in a header': (body) => ({
    'x-webhook-timestamp': TIME,
    'x-webhook-signature': `sha256=${hex(`${TIME}.${body}`)}`,
  }),
  'Standard Webhooks': (body) => ({
    'webhook-id': 'msg_1',
    'webhook-timestamp': TIME,
    'webhook-signature': `v1,${base64(`msg_1.${TIME}.${body}`, secret)}`,
  }),
  Svix: (body) => ({
    'svix-id': 'msg_1',
    'svix-timestamp': TIME,
    'svix-signature': `v1,${base64(`msg_1.${TIME}.${body}`, secret)}`,
  }),
};

function verdict(
  headers: Record<string, string>,
  body: string | Uint8Array,
  more: { secrets?: readonly string[]; now?: number; schemes?: readonly SignatureScheme[] } = {},
) {
  const { secrets = [secret], now = NOW, schemes = COMMON_SCHEMES } = more;
  return judgeSignature(schemes, { body: Buffer.from(body), headers, secrets, now, toleranceMs });
}

describe.each(Object.entries(FORMS))('given a delivery signed as %s', (_, sign) => {
  const body = '{"event":"post.published"}';

  test('when nothing was changed, then it is valid, with any secret that is', () => {
    expect(verdict(sign(body), body)).toBe('valid');
    expect(verdict(sign(body), body, { secrets: ['another', secret] })).toBe('valid');
    expect(verdict(sign(body), body, { secrets: ['another'] })).toBe('invalid');
    expect(verdict(sign(body), body, { secrets: [] })).toBe('invalid');
    expect(verdict({}, body)).toBe('absent');
  });

  test('when any bit of the body or of what signs it is another, then it is not', () => {
    const signed = sign(body);
    const names = Object.keys(signed);
    fc.assert(
      fc.property(fc.constantFrom('body', ...names), fc.nat(), fc.nat(7), (part, at, bit) => {
        const text = Buffer.from(part === 'body' ? body : (signed[part] ?? ''));
        const index = at % text.length;
        text[index] = (text[index] ?? 0) ^ (1 << bit);
        const changed = part === 'body' ? signed : { ...signed, [part]: text.toString('latin1') };
        // A flipped bit of a timestamp, an id or a signature changes what is signed, or what is compared.
        expect(verdict(changed, part === 'body' ? text : body)).not.toBe('valid');
      }),
      { numRuns: 500 },
    );
  });
});

describe('given a delivery that signs its time', () => {
  const body = '{}';

  test.each(['t=,v1=', 'time in a header', 'Standard Webhooks'])(
    'when %s is older or newer than tolerated, then it is stale',
    (form) => {
      const headers = FORMS[form]?.(body) ?? {};
      for (const away of [toleranceMs + 1000, -toleranceMs - 1000]) {
        expect(verdict(headers, body, { now: NOW + away })).toBe('stale');
      }
      expect(verdict(headers, body, { now: NOW + toleranceMs })).toBe('valid');
    },
  );

  test('when a secret is the base64 of its bytes, then its bytes sign', () => {
    const key = Buffer.from('0123456789abcdef01234567');
    const headers = {
      'webhook-id': 'm',
      'webhook-timestamp': TIME,
      'webhook-signature': `v1,${base64(`m.${TIME}.{}`, key)}`,
    };
    expect(verdict(headers, '{}', { secrets: [`whsec_${key.toString('base64')}`] })).toBe('valid');
    expect(verdict(headers, '{}', { secrets: [key.toString('base64')] })).toBe('valid');
  });
});

describe('given a host whose secret is being rotated', () => {
  test('when it signs with both, then either secret will do', () => {
    const signed = (key: string) => `v1,${base64(`m.${TIME}.{}`, key)}`;
    const headers = {
      'webhook-id': 'm',
      'webhook-timestamp': TIME,
      'webhook-signature': `v2,unknown ${signed('the new one')} ${signed(secret)}`,
    };
    expect(verdict(headers, '{}')).toBe('valid');
    expect(verdict(headers, '{}', { secrets: ['the new one'] })).toBe('valid');
    expect(verdict(headers, '{}', { secrets: ['another'] })).toBe('invalid');
  });
});

describe('given a scheme of a host of its own', () => {
  test('when it is SHA-512 in a header of its own, then that is judged and nothing else', () => {
    const schemes = [{ type: 'body', headers: ['x-own'], algorithm: 'sha512' }] as const;
    expect(verdict({ 'x-own': hex('{}', secret, 'sha512') }, '{}', { schemes })).toBe('valid');
    expect(verdict({ 'x-own': hex('{}') }, '{}', { schemes })).toBe('invalid');
    expect(verdict({ 'x-signature': hex('{}') }, '{}', { schemes })).toBe('absent');
  });
});

import { describe, expect, test } from 'vitest';

import { readSettings } from '../env.ts';
import { readMailFrom, readSmtpUrl } from './mail-settings.ts';

describe('given the URL of a mail server', () => {
  test.each([
    ['smtp://mail.example.com', { host: 'mail.example.com', port: 587, secure: false }],
    ['smtps://mail.example.com', { port: 465, secure: true, login: undefined }],
    [
      'smtp://u%40x.example:p%3Aw%2Fd@mail.example.com:2525/',
      { port: 2525, login: { user: 'u@x.example', password: 'p:w/d' } },
    ],
    ['smtp://[::1]:25', { host: '::1', port: 25 }],
  ])('when it is %s, then it is read', (url, expected) => {
    expect(readSmtpUrl(url)).toMatchObject(expected);
  });

  test.each([
    'mail.example.com',
    'http://mail.example.com',
    'smtp://',
    'smtp://user@mail.example.com',
    'smtp://:secret@mail.example.com',
    'smtp://u:%E0%A4%A@mail.example.com',
    'smtp://mail.example.com/path',
    'smtp://mail.example.com?pool=true',
    'smtp://mail.example.com:99999',
  ])('when it is %s, then it is none', (url) => {
    expect(readSmtpUrl(url)).toBeUndefined();
  });
});

describe('given a sender', () => {
  test.each([
    ['reports@x.example', { name: '', address: 'reports@x.example' }],
    ['Harbor & Pine <reports@x.example>', { name: 'Harbor & Pine', address: 'reports@x.example' }],
    ['"Pine, Harbor" <reports@x.example>', { name: 'Pine, Harbor', address: 'reports@x.example' }],
  ])('when it is %s, then it is read', (text, expected) => {
    expect(readMailFrom(text)).toEqual(expected);
  });

  test.each([
    'Harbor',
    'reports@',
    'a@x.example, b@x.example',
    'A\nBcc: c@x.example <a@x.example>',
    '<>',
  ])('when it is %j, then it is none', (text) => {
    expect(readMailFrom(text)).toBeUndefined();
  });
});

describe('given the settings of a start', () => {
  const good = { SMTP_URL: 'smtps://u:hunter2@mail.example.com', MAIL_FROM: 'a@x.example' };

  test('when both are there, then reports are mailed', () => {
    expect(readSettings(good).mail).toMatchObject({
      smtp: { host: 'mail.example.com', login: { user: 'u', password: 'hunter2' } },
      from: { address: 'a@x.example' },
    });
    expect(readSettings({}).mail).toBeUndefined();
  });

  test.each([
    {
      why: 'the URL is wrong',
      env: { ...good, SMTP_URL: 'smtps://u:hunter2@' },
      named: 'SMTP_URL must',
    },
    { why: 'the sender is wrong', env: { ...good, MAIL_FROM: 'hunter2' }, named: 'MAIL_FROM must' },
    {
      why: 'the sender is missing',
      env: { SMTP_URL: good.SMTP_URL },
      named: 'MAIL_FROM is required',
    },
    {
      why: 'the server is missing',
      env: { MAIL_FROM: good.MAIL_FROM },
      named: 'SMTP_URL is required',
    },
  ])('when $why, then the start stops with its name and without its value', ({ env, named }) => {
    const start = () => readSettings(env);
    expect(start).toThrow(named);
    expect(start).toThrow(/^(?!.*hunter2)/su);
  });
});

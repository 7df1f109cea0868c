import type { ReportMail } from '@retainer/core';
import { describe, expect, test as base } from 'vitest';

import { september } from '../testing/report-content.ts';
import { LOGIN, startMailServer, type MailServer, type ReceivedMail } from '../testing/smtp.ts';
import type { SmtpSettings } from './mail-settings.ts';
import { createMailer } from './mailer.ts';

const FROM = { name: 'Harbor & Pine', address: 'reports@harbor.example' };

/** `test` with real SMTP servers that stop with the test. */
const test = base.extend('start', ({}, { onCleanup }) => {
  const started: MailServer[] = [];
  onCleanup(async () => {
    await Promise.all(started.map((one) => one.stop()));
  });
  return async (options: Parameters<typeof startMailServer>[0] = {}): Promise<MailServer> => {
    const server = await startMailServer(options);
    started.push(server);
    return server;
  };
});

function mailer(port: number, login?: SmtpSettings['login']) {
  return createMailer({ smtp: { host: '127.0.0.1', port, secure: false, login }, from: FROM });
}

const PDF = Buffer.from('%PDF-1.7 some bytes \u0000\u0001');
const MAIL: ReportMail = {
  report: { id: 'r1', content: september(), madeAt: new Date('2026-10-01T06:15:00Z') },
  file: { name: 'Lakeside-Hotel.pdf', mediaType: 'application/pdf', bytes: PDF },
  recipients: ['owner@lakeside.example', 'desk@lakeside.example'],
  messageKey: 'r1.0',
};

describe('given a mail server', () => {
  test('when a report is mailed, then it arrives with its words, its file and its own Message-ID', async ({
    start,
  }) => {
    const server = await start();
    const send = mailer(server.port, LOGIN);
    expect(await send(MAIL)).toEqual({ accepted: [...MAIL.recipients], rejected: [] });
    const [mail] = server.received;
    expect(mail).toMatchObject({ from: FROM.address, to: MAIL.recipients });
    expect(mail?.header('Message-ID')).toBe('<report.r1.0@harbor.example>');
    expect(decodedSubject(mail)).toBe('Lakeside Hotel: report for Sep 1 – 30, 2026');
    expect(mail?.raw).toContain(PDF.toString('base64'));
    expect(mail?.raw).toContain('filename=Lakeside-Hotel.pdf');
    const words = decoded(mail?.raw ?? '');
    expect(words).toContain(
      'In Sep 2026 we published 45 posts, reached 92,400 people and brought 86 leads. Saved by automation: 38 h 23 min.',
    );
    expect(words).toContain('Leads: 86 (+19.4 %)');
  });

  test('when it is mailed twice under one key, then whoever gets both can tell', async ({
    start,
  }) => {
    const server = await start();
    const send = mailer(server.port);
    await send(MAIL);
    await send(MAIL);
    await send({ ...MAIL, messageKey: 'r1.1' });
    const ids = server.received.map(({ header }) => header('Message-ID'));
    expect(ids).toEqual([ids[0], ids[0], '<report.r1.1@harbor.example>']);
  });

  test('when it takes it for some alone, then it is told for whom', async ({ start }) => {
    const server = await start({
      onRcptTo: ({ address }, _session, callback) =>
        callback(address.startsWith('desk') ? new Error('mailbox full') : null),
    });
    expect(await mailer(server.port)(MAIL)).toEqual({
      accepted: ['owner@lakeside.example'],
      rejected: ['desk@lakeside.example'],
    });
  });

  test('when it refuses, then its own words are told', async ({ start }) => {
    const server = await start({
      onMailFrom: (_address, _session, callback) =>
        callback(Object.assign(new Error('come back later'), { responseCode: 451 })),
    });
    await expect(mailer(server.port)(MAIL)).rejects.toMatchObject({
      code: 'unavailable',
      message: 'The mail server did not take it: 451 come back later',
    });
  });

  test('when the login is wrong, then neither user nor password is repeated', async ({ start }) => {
    const server = await start();
    const login = { user: 'somebody', password: 'hunter2 hunter2' };
    const error: unknown = await mailer(
      server.port,
      login,
    )(MAIL).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'unavailable' });
    const told = String(error) + String(error instanceof Error ? error.stack : '');
    expect(told).toContain('[redacted]');
    expect(told).not.toMatch(/hunter2|somebody/u);
  });

  test('when it is not there, then that is told', async ({ start }) => {
    const server = await start();
    const { port } = server;
    await server.stop();
    await expect(mailer(port)(MAIL)).rejects.toThrow('could not be reached');
  });
});

function decodedSubject(mail: ReceivedMail | undefined): string {
  const words = mail?.header('Subject').matchAll(/=\?UTF-8\?Q\?(.*?)\?=/gu) ?? [];
  return [...words].map(([, word = '']) => decoded(word.replaceAll('_', ' '))).join('');
}

/** Quoted-printable, as mails carry text that is not plain ASCII. */
function decoded(raw: string): string {
  const bytes = raw
    .replaceAll(/=\r\n/gu, '')
    .replaceAll(/=([0-9A-F]{2})/gu, (_, hex: string) => String.fromCodePoint(Number(`0x${hex}`)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

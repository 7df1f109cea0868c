import * as z from 'zod';

/** The mail server that reports go out by. */
export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; else it begins in clear and changes to TLS where the server can. */
  readonly secure: boolean;
  readonly login: { readonly user: string; readonly password: string } | undefined;
}

/** Whom mails are from. */
export interface MailFrom {
  readonly name: string;
  readonly address: string;
}

/** How reports are mailed. */
export interface MailSettings {
  readonly smtp: SmtpSettings;
  readonly from: MailFrom;
}

const PORTS: Readonly<Record<string, number>> = { 'smtp:': 587, 'smtps:': 465 };
const NAMED = /^(?<name>[^<>\p{Cc}]{1,200}?)\s*<(?<address>[^<>\s]+)>$/u;

/** What a URL says of a mail server; undefined for one that names none, or says more than a server and a login. */
export function readSmtpUrl(text: string): SmtpSettings | undefined {
  const url = URL.parse(text);
  const standard = PORTS[url?.protocol ?? ''];
  if (!url || standard === undefined || !isServerAlone(url)) return undefined;
  const login = loginIn(url);
  if (!login) return undefined;
  return {
    host: url.hostname.replace(/^\[(.+)\]$/u, '$1'),
    port: url.port === '' ? standard : Number(url.port),
    secure: url.protocol === 'smtps:',
    login: login.user === '' ? undefined : login,
  };
}

function isServerAlone({ hostname, pathname, search, hash }: URL): boolean {
  return hostname !== '' && ['', '/'].includes(pathname) && search === '' && hash === '';
}

/** User and password, both or none; undefined where one is missing or cannot be read. */
function loginIn(url: URL): { readonly user: string; readonly password: string } | undefined {
  try {
    const user = decodeURIComponent(url.username);
    const password = decodeURIComponent(url.password);
    return (user === '') === (password === '') ? { user, password } : undefined;
  } catch {
    return undefined;
  }
}

/** An address with or without a name before it; undefined for anything else. */
export function readMailFrom(text: string): MailFrom | undefined {
  const { name = '', address = text.trim() } = NAMED.exec(text.trim())?.groups ?? {};
  if (!z.email().safeParse(address).success) return undefined;
  return { name: name.replaceAll('"', '').trim(), address };
}

import type { FetchToken, GivenToken } from './connection/tokens.ts';

/** The attributes that the frame's address may set. */
const ATTRIBUTES = ['client-id', 'period', 'locale', 'theme', 'sections', 'currency-display'];
const EVENTS = ['ap-ready', 'ap-error', 'ap-navigate', 'ap-period-change'];

const query = new URLSearchParams(location.search);
const origin = query.get('parent') ?? '';

/**
 * Shows the portal to the page around this one. It asks that page for tokens with `{ type: 'ap:token-request' }`, takes
 * `{ type: 'ap:token', token, expiresAt }`, and tells its height and its events; to and from that one origin alone.
 */
function start(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('html { color-scheme: light dark } body { margin: 0; overflow: hidden }');
  document.adoptedStyleSheets.push(sheet);
  const portal = document.createElement('agency-portal');
  for (const name of [...ATTRIBUTES, 'compact']) {
    const value = query.get(name);
    if (value !== null) portal.setAttribute(name, value);
  }
  Object.assign(portal, { fetchToken });
  for (const name of EVENTS) portal.addEventListener(name, forward);
  document.body.append(portal);
  new ResizeObserver(() => {
    tell({ type: 'ap:resize', height: Math.ceil(portal.getBoundingClientRect().height) });
  }).observe(portal);
}

const fetchToken: FetchToken = () => {
  const { promise, resolve } = Promise.withResolvers<GivenToken>();
  const hear = ({ origin: from, source, data }: MessageEvent<unknown>): void => {
    if (from !== origin || source !== parent || Object(data).type !== 'ap:token') return;
    removeEventListener('message', hear);
    resolve(Object(data));
  };
  addEventListener('message', hear);
  tell({ type: 'ap:token-request' });
  return promise;
};

function forward(event: Event): void {
  const detail: unknown = event instanceof CustomEvent ? event.detail : undefined;
  tell({ type: event.type.replace('ap-', 'ap:'), detail });
}

function tell(message: object): void {
  parent.postMessage(message, origin);
}

start();

import { createConnection, type Connection, type ConnectionSettings } from '../connection.ts';
import { Failure, failureOf, isPassing } from '../connection/failure.ts';
import { claimsOf } from '../connection/tokens.ts';
import type { PeriodAsk } from './period.ts';
import type { Summary } from './summary.ts';

/** Whose portal it is, and where it comes from. */
export interface PortalSettings extends ConnectionSettings {
  /** Left out: the client that the token is for. */
  readonly clientId: string | undefined;
}

/** Who hears what becomes of the portal. */
export interface PortalEars {
  readonly onReady: () => void;
  readonly onFailure: (failure: Failure) => void;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
const TICK_MS = 30_000;

/** What the portal knows at the moment. */
export class PortalState {
  summary: Summary | undefined = $state.raw();
  /** Why the last reading failed; what was known before stays. */
  failure: Failure | undefined = $state.raw();
  isBusy = $state(false);
  isLive = $state(false);
  /** The stream was there and is not any more. */
  isLost = $state(false);
  /** When what is shown was read, by this machine. */
  readAt = $state(0);
  /** The time by this machine, twice a minute. */
  now = $state(Date.now());
  readonly #connection: Connection;
  readonly #settings: PortalSettings;
  readonly #ears: PortalEars;
  readonly #ends = new AbortController();
  #ask: PeriodAsk = { period: 'month_to_date' };
  #reading: AbortController | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #waitMs = FIRST_WAIT_MS;
  #isListening = false;

  constructor(settings: PortalSettings, ears: PortalEars) {
    this.#settings = settings;
    this.#ears = ears;
    this.#connection = createConnection(settings);
  }

  /** Reads, listens, and reads again when something changed or a day, a window or a wait is over, until `stop`. */
  start(ask: PeriodAsk): void {
    this.#ask = ask;
    void this.load();
    const timer = setInterval(() => this.#tick(), TICK_MS);
    globalThis.addEventListener('online', () => void this.load(), { signal: this.#ends.signal });
    this.#ends.signal.addEventListener('abort', () => {
      clearInterval(timer);
      clearTimeout(this.#retry);
      this.#reading?.abort();
    });
  }

  /** Ends what is under way. */
  stop(): void {
    this.#ends.abort();
  }

  /** Shows another period. */
  show(ask: PeriodAsk): void {
    if (JSON.stringify(ask) === JSON.stringify(this.#ask)) return;
    this.#ask = ask;
    void this.load();
  }

  /** Reads again; of several readings only the last counts. */
  load = async (): Promise<void> => {
    clearTimeout(this.#retry);
    this.#reading?.abort();
    const reading = new AbortController();
    this.#reading = reading;
    this.isBusy = true;
    try {
      const clientWorkspaceId = await this.#clientId();
      const input = { clientWorkspaceId, ...this.#ask };
      const summary = await this.#connection.query('portal.summary', input, reading.signal);
      if (!reading.signal.aborted) this.#take(summary, clientWorkspaceId);
    } catch (thrown) {
      if (!reading.signal.aborted) this.#fail(failureOf(thrown));
    } finally {
      if (this.#reading === reading) this.isBusy = false;
    }
  };

  /** A report's file. */
  report(reportId: string): Promise<Blob> {
    return this.#connection.file(this.#report(reportId));
  }

  /** Where a report's file is, for a host that opens it by itself. */
  reportAddress(reportId: string): string {
    return this.#settings.baseUrl + this.#report(reportId);
  }

  /** The agency's logo. */
  logo(): Promise<Blob> {
    return this.#connection.file(`${this.#path()}/portal/logo`);
  }

  #report(reportId: string): string {
    return `${this.#path()}/reports/${reportId}/file`;
  }

  #path(): string {
    return pathOf(this.summary?.clientWorkspaceId ?? '');
  }

  #take(summary: Summary, clientId: string): void {
    const isFirst = this.summary === undefined;
    this.summary = summary;
    this.failure = undefined;
    this.readAt = Date.now();
    this.now = this.readAt;
    this.#waitMs = FIRST_WAIT_MS;
    if (isFirst) this.#ears.onReady();
    if (!this.#isListening) void this.#listen(clientId, String(summary.version));
  }

  #fail(failure: Failure): void {
    this.failure = failure;
    this.#ears.onFailure(failure);
    if (!isPassing(failure) || this.#ends.signal.aborted) return;
    const ms = Math.max(failure.retryAfterMs ?? 0, this.#waitMs);
    this.#waitMs = Math.min(ms * 2, LONGEST_WAIT_MS);
    this.#retry = setTimeout(() => void this.load(), ms);
  }

  async #listen(clientId: string, lastEventId: string): Promise<void> {
    this.#isListening = true;
    await this.#connection.listen(
      `${pathOf(clientId)}/portal/live`,
      {
        onEvent: () => void this.load(),
        onState: (isOpen) => {
          this.isLive = isOpen;
          this.isLost = !isOpen && !this.#ends.signal.aborted;
        },
      },
      { lastEventId, signal: this.#ends.signal },
    );
  }

  // Time changes what is shown, too: a day that is over, a window that begins anew.
  #tick(): void {
    const before = this.now;
    this.now = Date.now();
    const { summary } = this;
    if (!summary) return;
    const isReset = summary.usage.some(
      ({ resetsAt }) => resetsAt !== null && isBetween(Date.parse(resetsAt), before, this.now),
    );
    if (isReset || dayIn(summary.timeZone, before) !== dayIn(summary.timeZone, this.now))
      void this.load();
  }

  async #clientId(): Promise<string> {
    const { clientId } = this.#settings;
    if (clientId) return clientId;
    const { client } = claimsOf(await this.#connection.token());
    if (typeof client === 'string') return client;
    throw new Failure('no_token', 'The token is for no client: name one with `client-id`.');
  }
}

function pathOf(clientId: string): string {
  return `/api/clients/${encodeURIComponent(clientId)}`;
}

function isBetween(at: number, after: number, until: number): boolean {
  return after < at && at <= until;
}

function dayIn(timeZone: string, at: number): string {
  return new Intl.DateTimeFormat('en', { timeZone, dateStyle: 'short' }).format(at);
}

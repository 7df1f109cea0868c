import { createConnection, type Connection, type ConnectionSettings } from '../connection.ts';
import { failureOf, type Failure } from '../connection/failure.ts';
import { claimsOf } from '../connection/tokens.ts';
import type { AnswerOf } from '../connection/wire.ts';

/** Whose portal it is, and where it comes from. */
export interface PortalSettings extends ConnectionSettings {
  /** Left out: the client that the token is for. */
  readonly clientId: string | undefined;
}

/** What the portal knows at the moment. */
export class PortalState {
  summary: AnswerOf<'clientTier.get'> | undefined = $state.raw();
  failure: Failure | undefined = $state.raw();
  isBusy = $state(false);
  readonly #connection: Connection;
  readonly #settings: PortalSettings;
  readonly #ends = new AbortController();

  constructor(settings: PortalSettings) {
    this.#settings = settings;
    this.#connection = createConnection(settings);
  }

  /** Reads, then listens and reads again whenever something changed. */
  async start(): Promise<void> {
    await this.load();
  }

  /** Reads again. What is known stays until the answer is there. */
  load = async (): Promise<void> => {
    this.isBusy = true;
    try {
      const clientWorkspaceId = await this.#clientId();
      this.summary = await this.#connection.query('clientTier.get', { clientWorkspaceId });
      this.failure = undefined;
    } catch (thrown) {
      this.failure = failureOf(thrown);
    } finally {
      this.isBusy = false;
    }
  };

  /** Ends what is under way. */
  stop(): void {
    this.#ends.abort();
  }

  async #clientId(): Promise<string> {
    const { client } = claimsOf(await this.#connection.token());
    return this.#settings.clientId ?? String(client);
  }
}

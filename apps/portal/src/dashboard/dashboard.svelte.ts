import { createConnection, type Connection, type ConnectionSettings } from '../connection.ts';
import { failureOf, type Failure } from '../connection/failure.ts';
import { claimsOf } from '../connection/tokens.ts';
import type { AnswerOf } from '../connection/wire.ts';

/** Whose screen it is, and where it comes from. */
export interface DashboardSettings extends ConnectionSettings {
  /** Left out: the agency that the token is for. */
  readonly agencyId: string | undefined;
}

/** What the agency's screen knows at the moment. */
export class DashboardState {
  agency: AnswerOf<'agencies.get'> | undefined = $state.raw();
  failure: Failure | undefined = $state.raw();
  isBusy = $state(false);
  readonly #connection: Connection;
  readonly #settings: DashboardSettings;

  constructor(settings: DashboardSettings) {
    this.#settings = settings;
    this.#connection = createConnection(settings);
  }

  /** Reads again. What is known stays until the answer is there. */
  load = async (): Promise<void> => {
    this.isBusy = true;
    try {
      const { agency } = claimsOf(await this.#connection.token());
      const agencyWorkspaceId = this.#settings.agencyId ?? String(agency);
      this.agency = await this.#connection.query('agencies.get', { agencyWorkspaceId });
      this.failure = undefined;
    } catch (thrown) {
      this.failure = failureOf(thrown);
    } finally {
      this.isBusy = false;
    }
  };
}

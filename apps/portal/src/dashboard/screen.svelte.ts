import { localDateOf, type LocalDate } from '@retainer/domain';
import { createContext } from 'svelte';

import {
  createConnection,
  type Call,
  type Connection,
  type ConnectionSettings,
} from '../connection.ts';
import { claimsOf } from '../connection/tokens.ts';
import type { AnswerOf } from '../connection/wire.ts';
import type { Look } from '../wear.svelte.ts';
import { Navigation, type NavigationSettings } from './frame/navigation.svelte.ts';
import { Resource } from './frame/resource.svelte.ts';
import type { DashboardMessages } from './messages/messages.ts';
import {
  askedDays,
  FIRST_CHOICE,
  type AskedDays,
  type PeriodChoice,
} from './period/period-choice.ts';

/** Whose screen it is, where it comes from, and how it is embedded. */
export interface ScreenSettings extends ConnectionSettings, NavigationSettings {
  /** Left out: the agency that the token is for. */
  readonly agencyId: string | undefined;
  /** Leaves out what tells of cost, and with it ROI and margin, from which it could be inferred. */
  readonly hidesCost: boolean;
}

export type Agency = AnswerOf<'agencies.get'>;

const REFRESH_MS = 2000;
const DAY_CHECK_MS = 30_000;

/** What the pages of the agency's screen share. */
export class Screen {
  /** The agency; nothing else can be asked for before it is known. */
  readonly found = new Resource<Agency>();
  choice: PeriodChoice = $state.raw(FIRST_CHOICE);
  /** Grows when anything of the agency may have changed: what is in sight is to be read again. */
  changes = $state(0);
  /** Whether changes are heard of. */
  isLive = $state(false);
  now: Date = $state.raw(new Date());
  readonly navigation: Navigation;
  readonly connection: Connection;
  readonly hidesCost: boolean;
  readonly #settings: ScreenSettings;

  constructor(settings: ScreenSettings) {
    this.#settings = settings;
    this.hidesCost = settings.hidesCost;
    this.connection = createConnection(settings);
    this.navigation = new Navigation(settings);
  }

  /** The agency, for pages that are shown only once it is known. */
  get agency(): Agency {
    const agency = this.found.data;
    if (!agency) throw new Error('The agency is not known yet.');
    return agency;
  }

  get agencyWorkspaceId(): string {
    return this.agency.agencyWorkspaceId;
  }

  /** The date it is where the agency is. */
  get today(): LocalDate {
    return localDateOf(this.agency.timeZone, this.now.getTime());
  }

  /** The period that was chosen, as the API takes it. */
  get days(): AskedDays {
    return askedDays(this.choice, this.today);
  }

  /** Looks at other days, and tells the host. */
  choose = (choice: PeriodChoice): void => {
    this.choice = choice;
    const detail = { ...choice, days: this.days };
    this.#settings.host.dispatchEvent(
      new CustomEvent('ap-period-change', { bubbles: true, composed: true, detail }),
    );
  };

  get query(): Call {
    return this.connection.query;
  }

  get mutate(): Call {
    return this.connection.mutate;
  }

  /** Has everything in sight read again, after a change of one's own. */
  refresh = (): void => {
    this.changes += 1;
  };

  /** Reads whose screen it is, then hears of changes, until the signal ends it. */
  start(signal: AbortSignal): void {
    this.navigation.follow(signal);
    const timer = setInterval(() => (this.now = new Date()), DAY_CHECK_MS);
    signal.addEventListener('abort', () => {
      clearInterval(timer);
      this.found.stop();
    });
    void this.found.read((ended) => this.#find(ended)).then(() => this.#listen(signal));
  }

  async #find(signal: AbortSignal): Promise<Agency> {
    const { agency } = claimsOf(await this.connection.token());
    const agencyWorkspaceId = this.#settings.agencyId ?? String(agency);
    return this.connection.query('agencies.get', { agencyWorkspaceId }, signal);
  }

  async #listen(signal: AbortSignal): Promise<void> {
    const agency = this.found.data;
    if (!agency || signal.aborted) return;
    const path = `/api/agency/${encodeURIComponent(agency.agencyWorkspaceId)}/kpi-dashboard/live`;
    const soon = paced(this.refresh, signal);
    await this.connection.listen(
      path,
      { onEvent: soon, onState: (isOpen) => (this.isLive = isOpen) },
      { signal },
    );
  }
}

/**
 * Runs `work` when it is called, at most once in a while: what comes meanwhile is done together, and none is lost. The
 * first while begins at once, for what is in sight is just being read.
 */
function paced(work: () => void, signal: AbortSignal): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isWanted = false;
  const wait = (): void => {
    timer = setTimeout(() => {
      timer = undefined;
      if (isWanted) run();
    }, REFRESH_MS);
  };
  const run = (): void => {
    isWanted = false;
    work();
    wait();
  };
  wait();
  signal.addEventListener('abort', () => clearTimeout(timer));
  return () => {
    if (timer === undefined) run();
    else isWanted = true;
  };
}

/** How the screen looks and what it says, for the parts that are shown once that is known. */
export interface ScreenLook extends Omit<Look<DashboardMessages>, 'messages'> {
  readonly messages: DashboardMessages;
  readonly isRightToLeft: boolean;
}

/** What every part of the screen can reach. */
export interface ScreenParts {
  readonly screen: Screen;
  readonly look: ScreenLook;
}

/** Shares the screen with the components inside the one that calls this; `useScreen` gets it there. */
export const [useScreen, shareScreen] = createContext<ScreenParts>();

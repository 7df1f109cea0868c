import type { AnswerOf } from '../../connection/wire.ts';
import type { FieldSpec } from '../forms/field.ts';
import { decimalOf } from '../forms/numbers.ts';
import type { ScreenParts } from '../screen.svelte.ts';
import type { PageMessages } from '../words/messages.ts';
import type { LedgerName } from './ledger-name.ts';

/** What is filled into a form. */
export type Values = Readonly<Record<string, string | boolean>>;

/** Whose facts they are, and what they are shown and written with. */
export interface Desk extends ScreenParts {
  readonly client: AnswerOf<'clients.get'>;
  readonly campaigns: readonly AnswerOf<'campaigns.list'>['items'][number][];
  readonly words: PageMessages;
}

/** The days that are shown, both included. */
export interface Days {
  readonly startDate: string;
  readonly endDate: string;
}

/** A fact in a list. */
export interface LedgerRow {
  readonly id: string;
  /** One text a column. */
  readonly cells: readonly string[];
  /** What it is called where it alone is meant. */
  readonly name: string;
  readonly values: Values;
  /** Why it cannot be changed here, if it cannot. */
  readonly isFixed?: boolean;
  /** Something that is wrong with it. */
  readonly remark?: string | undefined;
  /** A timer that runs. */
  readonly isRunning?: boolean;
}

/** A column of a list. */
export interface LedgerColumn {
  readonly label: string;
  readonly isNumber?: boolean;
}

export interface LedgerPage {
  readonly items: readonly LedgerRow[];
  readonly nextCursor: string | null;
}

/** How an import went, as the API tells it. */
export type ImportReport = AnswerOf<'timeEntries.import'>;

/** One kind of facts: how they are listed, and how one is written down, changed and taken out. */
export interface LedgerKind {
  readonly name: LedgerName;
  readonly columns: (desk: Desk) => readonly LedgerColumn[];
  readonly list: (desk: Desk, days: Days, cursor: string | undefined) => Promise<LedgerPage>;
  readonly blank: (desk: Desk) => Values;
  /** Which fields there are may depend on what is filled in, and on whether it is there already. */
  readonly fields: (desk: Desk, values: Values, isNew: boolean) => readonly FieldSpec[];
  readonly create: (desk: Desk, values: Values, idempotencyKey: string) => Promise<unknown>;
  /** Left out where what is written stays: another follows it. */
  readonly update?: (desk: Desk, id: string, values: Values) => Promise<unknown>;
  readonly remove: (desk: Desk, id: string) => Promise<unknown>;
  readonly takeCsv?: (desk: Desk, csv: string, dryRun: boolean) => Promise<ImportReport>;
  /** A header line and an example for those who make a file. */
  readonly sample?: string;
  /** The local day that a fact counts on first, if it names one. */
  readonly dayOf: (values: Values) => string | undefined;
}

/** A text that was filled in; undefined where none was. */
export function filled(value: string | boolean | undefined): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** The same for a change, where nothing filled in takes away what was there. */
export function filledOrNull(value: string | boolean | undefined): string | null {
  return filled(value) ?? null;
}

/** An amount or a number that was filled in, as the API takes it. */
export function amountOf({ look }: Desk, value: string | boolean | undefined): string | undefined {
  const text = filled(value);
  return text === undefined ? undefined : decimalOf(text, look.locale);
}

/** Whose facts are asked for. */
export function scopeOf({ screen, client }: Desk) {
  const { agencyWorkspaceId } = screen;
  return { agencyWorkspaceId, clientWorkspaceId: client.clientWorkspaceId };
}

/** Without what was not filled in: the API takes no undefined for it. */
export function given<T extends object>(part: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(part).filter(([, value]) => value !== undefined);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same fields without the undefined
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

/** The field for a campaign of the client's. */
export function campaignField({ campaigns, words }: Desk): FieldSpec {
  return {
    name: 'campaignId',
    label: words.entries.campaign,
    kind: 'select',
    choices: [
      { value: '', label: words.entries.none },
      ...campaigns.map(({ campaignId, name }) => ({ value: campaignId, label: name })),
    ],
  };
}

/** What a campaign is called. */
export function campaignName({ campaigns }: Desk, campaignId: string | null): string {
  if (campaignId === null) return '';
  return campaigns.find((one) => one.campaignId === campaignId)?.name ?? campaignId;
}

/** The field for a network. */
export function platformField({ words }: Desk): FieldSpec {
  return {
    name: 'platform',
    label: words.entries.platform,
    kind: 'suggest',
    choices: PLATFORMS.map((id) => ({ value: id, label: id })),
  };
}

const PLATFORMS = [
  'facebook',
  'instagram',
  'linkedin',
  'pinterest',
  'tiktok',
  'x',
  'youtube',
] as const;

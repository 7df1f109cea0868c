import { calendarDateOf, type CalendarEpoch, type LocalDate } from '@retainer/domain';

import { leafOf, type Leaf } from './leaf.ts';
import type { PublicationRow } from './source.queries.ts';

/** What is assumed of a content type from a day on: how long it takes by hand, and how long it takes now. */
export interface Baseline {
  readonly contentType: string;
  readonly from: LocalDate;
  readonly baselineSeconds: number;
  readonly actualSeconds: number;
}

/** The time that publishing a post is taken to have cost, and what it would have by hand. */
export interface EstimatedWork {
  readonly clientId: string;
  readonly postId: string;
  readonly occurrence: string;
  readonly date: LocalDate;
  readonly seconds: number;
  readonly baselineSeconds: number | null;
  readonly contentType: string | null;
  readonly campaignId: string | null;
  /** Only where the post went to one platform: else its time names none. */
  readonly platform: string | null;
}

const SECONDS_PER_MINUTE = 60;

/** A published post counts once on the day it became public, and once on each of its platforms. */
export function postLeaves(
  publications: readonly PublicationRow[],
  calendars: ReadonlyMap<string, { readonly epochs: readonly CalendarEpoch[] }>,
): Leaf[] {
  const leaves = new Map<string, Leaf>();
  for (const row of publications) {
    const from = dayOf(row, calendars);
    const fact = {
      clientId: row.clientId,
      factId: row.postId,
      postId: row.postId,
      from,
      contentType: row.contentType,
      campaignId: row.campaignId,
    };
    addOne(leaves, leafOf({ ...fact, kind: 'post' }));
    for (const platform of row.platforms) {
      addOne(leaves, leafOf({ ...fact, kind: 'placement', platform }));
    }
  }
  return [...leaves.values()];
}

/**
 * The estimate of each publication: the minutes the host says, else what its content type is taken to need. Nothing
 * is invented: without either there is no estimate, and without a baseline no time saved.
 */
export function estimateWork(
  publications: readonly PublicationRow[],
  calendars: ReadonlyMap<string, { readonly epochs: readonly CalendarEpoch[] }>,
  baselines: readonly Baseline[],
): EstimatedWork[] {
  return publications.flatMap((row) => {
    const date = dayOf(row, calendars);
    const baseline =
      baselineOn(baselines, row.contentType ?? '', date) ?? baselineOn(baselines, '', date);
    const seconds = secondsOf(row.minutesSpent) ?? baseline?.actualSeconds;
    if (seconds === undefined) return [];
    const { clientId, postId, occurrence, contentType, campaignId, platforms } = row;
    const platform = platforms.length === 1 ? (platforms[0] ?? null) : null;
    const baselineSeconds = baseline?.baselineSeconds ?? null;
    return [
      {
        clientId,
        postId,
        occurrence,
        date,
        seconds,
        baselineSeconds,
        contentType,
        campaignId,
        platform,
      },
    ];
  });
}

function addOne(leaves: Map<string, Leaf>, leaf: Leaf): void {
  const key = [leaf.clientId, leaf.factId, leaf.kind, leaf.from, leaf.platform].join('\n');
  leaves.set(key, { ...leaf, count: (leaves.get(key)?.count ?? 0) + 1 });
}

function baselineOn(
  baselines: readonly Baseline[],
  contentType: string,
  date: LocalDate,
): Baseline | undefined {
  return baselines
    .filter((one) => one.contentType === contentType && one.from <= date)
    .toSorted((a, b) => (a.from < b.from ? 1 : -1))[0];
}

function secondsOf(minutes: string | null): number | undefined {
  return minutes === null ? undefined : Math.round(Number(minutes) * SECONDS_PER_MINUTE);
}

function dayOf(
  { clientId, publishedAt }: PublicationRow,
  calendars: ReadonlyMap<string, { readonly epochs: readonly CalendarEpoch[] }>,
): LocalDate {
  return calendarDateOf(calendars.get(clientId)?.epochs ?? [], publishedAt);
}

import { instantOf, isFields, textOf } from '../api/postiz-rows.ts';
import { contentKeyOf } from '../content-key.ts';
import { BodyError } from './read-body.ts';

/** A create call as Postiz will understand it. */
export interface CreateCall {
  readonly type: 'draft' | 'schedule' | 'now' | 'update';
  readonly at: number;
  /** It goes out as soon as Postiz has it: asked for now, or for a time that has passed. */
  readonly isNow: boolean;
  readonly everyDays: number | undefined;
  readonly republish: boolean;
  readonly items: readonly CreateItem[];
}

/** One channel's post of a create call: its thread is one post, whatever its length. */
export interface CreateItem {
  readonly channelId: string;
  /** The post it changes, where it names one. */
  readonly postId: string | undefined;
  readonly contentKey: string;
  readonly mediaIds: readonly string[];
}

/** Retainer refuses what is 5 minutes ago, Postiz publishes it at once. A minute less: clocks differ. */
export const PAST_TOLERANCE_MS = 240_000;

/** Of which Retainer takes no more. */
const MOST_DAYS = 365;
/** What an id of Retainer's looks like; Postiz's own are shorter. */
const ID = /^[^\p{C}]{1,200}$/u;

/**
 * Reads a create call. A type that is none of Postiz's four schedules, as it does there; a date that is left out is
 * now. A date that cannot be read is refused, because nobody could say which week it is in.
 */
export function readCreate(body: Readonly<Record<string, unknown>>, now: number): CreateCall {
  const type = typeOf(body['type']);
  const date = body['date'];
  const at = type === 'now' || date === undefined || date === null ? now : instantOf(date);
  if (at === undefined) {
    throw new BodyError(400, 'date must be a time such as 2026-12-01T10:00:00Z.');
  }
  const everyDays = Math.trunc(Number(body['inter'] ?? 0));
  if (everyDays > MOST_DAYS) {
    throw new BodyError(400, `inter must be a number of days up to ${MOST_DAYS}.`);
  }
  const posts: readonly unknown[] = Array.isArray(body['posts']) ? body['posts'] : [];
  return {
    type,
    at,
    isNow: type === 'now' || at < now - PAST_TOLERANCE_MS,
    everyDays: everyDays > 0 ? everyDays : undefined,
    republish: body['republish'] === true,
    items: posts.flatMap((post) => itemOf(post) ?? []),
  };
}

function typeOf(type: unknown): CreateCall['type'] {
  return type === 'draft' || type === 'now' || type === 'update' ? type : 'schedule';
}

function itemOf(post: unknown): CreateItem | undefined {
  const integration = isFields(post) ? post['integration'] : undefined;
  const channelId = isFields(integration) ? integration['id'] : undefined;
  if (!isFields(post) || typeof channelId !== 'string') return undefined;
  const values = Array.isArray(post['value']) ? post['value'].filter(isFields) : [];
  const images = values.flatMap((value) =>
    Array.isArray(value['image']) ? value['image'].filter(isFields) : [],
  );
  return {
    channelId,
    postId: textOf(values[0]?.['id']),
    contentKey: contentKeyOf(textOf(values[0]?.['content']) ?? ''),
    mediaIds: [...new Set(images.flatMap(({ id }) => textOf(id) ?? []))].filter((id) =>
      ID.test(id),
    ),
  };
}

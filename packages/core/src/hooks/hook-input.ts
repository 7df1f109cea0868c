import { isMeter, type Meter } from '@retainer/domain';
import * as z from 'zod';

import { Moment, rule, WorkspaceId } from '../tenancy/input-fields.ts';
import { PlatformId } from '../tiers/tier-input.ts';

const ONE_LINE = /^[^\p{Cc}\p{Cs}]*$/u;
const MOST_CHANNELS = 100;
const MOST_MEDIA = 100;

/** The host's own id of a post, channel, upload or campaign; also a key of its requests. */
export const HostId = z
  .string()
  .min(1)
  .max(200)
  .regex(ONE_LINE, 'must not contain control characters');

/** The name of a meter; another is `unknown_meter`. */
export const MeterName = z
  .string()
  .max(64)
  .refine(isMeter, {
    ...rule('unknown_meter'),
    error: 'is not a meter. Use posts, ai_generations, reports, storage_bytes or library_items',
  })
  .transform((name): Meter => name)
  .meta({
    override: {
      type: 'string',
      enum: ['posts', 'ai_generations', 'reports', 'storage_bytes', 'library_items'],
    },
  });

const MOST = 1_000_000_000_000_000;

/** How many: a whole number above 0; anything else is `invalid_quantity`. */
export const Quantity = z
  .number()
  .refine((value) => Number.isSafeInteger(value) && value >= 1 && value <= MOST, {
    ...rule('invalid_quantity'),
    error: 'must be a whole number from 1 to 10^15',
  })
  .meta({ override: { type: 'integer', minimum: 1, maximum: MOST } });

/** A level: a whole number, 0 too. */
export const Level = z
  .number()
  .refine((value) => Number.isSafeInteger(value) && value >= 0 && value <= MOST, {
    ...rule('invalid_quantity'),
    error: 'must be a whole number from 0 to 10^15',
  })
  .meta({ override: { type: 'integer', minimum: 0, maximum: MOST } });

const Channel = z.strictObject({
  id: HostId,
  platform: PlatformId,
  externalId: HostId.optional(),
  url: z.url().max(2048).optional(),
});

const Platforms = z.array(PlatformId).max(MOST_CHANNELS);
const Channels = z
  .array(Channel)
  .max(MOST_CHANNELS)
  .refine((all) => new Set(all.map((one) => one.id)).size === all.length, {
    error: 'names a channel twice',
  });

const client = { clientWorkspaceId: WorkspaceId } as const;
const whose = {
  /** null: the channel belongs to no client. */
  clientWorkspaceId: WorkspaceId.nullable(),
} as const;

/** A hold of any quantity on any meter. */
export const RESERVE_FIELDS = {
  ...client,
  key: HostId,
  meter: MeterName,
  quantity: Quantity.default(1),
  platforms: Platforms.optional(),
  /** Left out: now. */
  scheduledAt: Moment.optional(),
  /** Left out: 72 hours after the scheduled time. */
  expiresAt: Moment.optional(),
  at: Moment.optional(),
} as const;

/** Commit and release, by the key that reserved. */
export const SETTLE_FIELDS = {
  ...client,
  key: HostId,
  occurrence: HostId.optional(),
  at: Moment.optional(),
} as const;

/** Another time for a hold. */
export const MOVE_FIELDS = {
  ...client,
  key: HostId,
  scheduledAt: Moment,
  at: Moment.optional(),
} as const;

/** Which posts were made from a hold. */
export const ATTACH_FIELDS = {
  ...client,
  reservationId: z.uuid(),
  posts: z
    .array(z.strictObject({ channelId: HostId, postId: HostId }))
    .min(1)
    .max(MOST_CHANNELS),
} as const;

const POST = {
  occurrence: HostId.optional(),
  scheduledAt: Moment.optional(),
  channels: Channels.optional(),
  /** Stands for channels where the host has no channel ids. */
  platforms: Platforms.optional(),
  contentType: HostId.optional(),
  campaignId: HostId.optional(),
  minutesSpent: z.number().min(0).max(100_000).optional(),
  /** The event's own time: an older one than the last applied changes nothing. */
  at: Moment.optional(),
} as const;

/** A post as its host tells it: created or updated. */
export const POST_FIELDS = {
  ...whose,
  ...POST,
  postId: HostId.optional(),
  idempotencyKey: HostId.optional(),
  publishNow: z.boolean().default(false),
  queue: z.boolean().default(false),
  recurrence: z.strictObject({ everyDays: z.int().min(1).max(365) }).optional(),
  /** The host did it without asking: it is never refused. */
  observed: z.boolean().default(false),
  status: z.enum(['draft', 'scheduled']).optional(),
  mediaIds: z.array(HostId).max(MOST_MEDIA).optional(),
  expiresAt: Moment.optional(),
} as const;

/** What became of a post. */
export const REPORT_FIELDS = { ...whose, ...POST, postId: HostId } as const;

/** A failure says also whether the host tries again. */
export const FAILED_FIELDS = { ...REPORT_FIELDS, final: z.boolean().default(false) } as const;

/** An upload; its size is what the host measured. */
export const UPLOAD_FIELDS = {
  ...client,
  mediaId: HostId,
  bytes: Level,
  observed: z.boolean().default(false),
} as const;

/** An upload that is gone. */
export const UPLOAD_DELETED_FIELDS = { ...client, mediaId: HostId } as const;

/** Any ask, as a question that changes nothing. */
export const CHECK_FIELDS = {
  ...POST_FIELDS,
  meter: MeterName.default('posts'),
  quantity: Quantity.default(1),
} as const;

/** Every hook's input, by the name of its hook. */
export const HookInputs = {
  reserve: z.strictObject(RESERVE_FIELDS),
  commit: z.strictObject(SETTLE_FIELDS),
  release: z.strictObject(SETTLE_FIELDS),
  move: z.strictObject(MOVE_FIELDS),
  attach: z.strictObject(ATTACH_FIELDS),
  postCreated: z.strictObject(POST_FIELDS),
  postUpdated: z.strictObject(POST_FIELDS),
  postPublished: z.strictObject(REPORT_FIELDS),
  postFailed: z.strictObject(FAILED_FIELDS),
  postDeleted: z.strictObject(REPORT_FIELDS),
  uploadCreated: z.strictObject(UPLOAD_FIELDS),
  uploadDeleted: z.strictObject(UPLOAD_DELETED_FIELDS),
} as const;

export type HookName = keyof typeof HookInputs;

/** A hook's input once parsed. */
export type HookInput<TName extends HookName = HookName> = z.output<(typeof HookInputs)[TName]>;

export type CheckInput = z.output<ReturnType<typeof checkInput>>;

/** The input of the question. */
export function checkInput() {
  return z.strictObject(CHECK_FIELDS);
}

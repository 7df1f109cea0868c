import type { PostNews } from './post-news.ts';

/** What was last heard of one channel of a post; `*` stands for all of them. */
export interface Heard {
  readonly type: PostNews['type'];
  /** The event's own time, where it had one. */
  readonly at?: string | undefined;
  readonly scheduledAt?: string | undefined;
  readonly isGone?: boolean | undefined;
}

/** A post that was heard of. */
export interface KnownPost {
  /** Whose it was when we first heard of it: a channel that moves takes no history along. */
  readonly clientWorkspaceId: string | null;
  /** When we last heard of it, in milliseconds since 1970. */
  readonly heardAt: number;
  readonly scheduledAt?: string | undefined;
  /** The time its host stored instead of the one that was asked for: told again, it is no other time. */
  readonly storedAs?: string | undefined;
  readonly heard: Readonly<Record<string, Heard>>;
}

/** All the channels of a post. */
const ALL_CHANNELS = '*';

const RANK: Readonly<Record<PostNews['type'], number>> = {
  drafted: 0,
  scheduled: 1,
  failed: 2,
  deleted: 3,
  published: 4,
};

/**
 * Whether news of a channel tell what is over by now. Published is never late. Of two with times the older is; where one
 * has none, published and deleted for good are the end, and a failure is behind us only once the post has another time.
 */
export function isLate(news: Heard, known: Heard | undefined): boolean {
  if (known === undefined || news.type === 'published') return false;
  if (news.at !== undefined && known.at !== undefined) {
    return news.at === known.at ? RANK[news.type] < RANK[known.type] : news.at < known.at;
  }
  return news.type === 'scheduled' || news.type === 'drafted' ? isOver(news, known) : false;
}

// Without times: whether a post that is said to wait, or to be a draft, cannot any more.
function isOver(news: Heard, known: Heard): boolean {
  switch (known.type) {
    case 'published':
      return true;
    case 'deleted':
      return known.isGone === true;
    case 'failed':
      return !isLater(news.scheduledAt, known.scheduledAt);
    case 'drafted':
    case 'scheduled':
      return false;
  }
}

function isLater(time: string | undefined, than: string | undefined): boolean {
  return time !== undefined && (than === undefined || time > than);
}

/** What is known of a channel: of itself, or of the whole post if that is newer. */
export function heardOf(known: KnownPost | undefined, channelId: string): Heard | undefined {
  const own = known?.heard[channelId];
  const whole = known?.heard[ALL_CHANNELS];
  if (own === undefined || whole === undefined) return own ?? whole;
  return isLate(own, whole) ? whole : own;
}

/** A post with news over what was known of it; what is late changes nothing. */
export function withNews(
  known: KnownPost,
  news: { readonly channelIds: readonly string[]; readonly heard: Heard },
): KnownPost {
  const { heard } = news;
  const ids = news.channelIds.length > 0 ? news.channelIds : [ALL_CHANNELS];
  const fresh = ids.filter((id) => !isLate(heard, heardOf(known, id)));
  if (fresh.length === 0) return known;
  return {
    ...known,
    scheduledAt: heard.scheduledAt ?? known.scheduledAt,
    heard: { ...known.heard, ...Object.fromEntries(fresh.map((id) => [id, heard])) },
  };
}

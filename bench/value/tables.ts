/** The tables that a generated client has rows in, and the columns that are given. */
export const TABLES = {
  campaign: ['client_id', 'id', 'name', 'starts_on', 'ends_on', 'created_at'],
  post: [
    'client_id',
    'post_id',
    'state',
    'event_at',
    'channels',
    'content_type',
    'campaign_id',
    'minutes_spent',
    'media_ids',
    'flags',
    'created_at',
  ],
  placement: [
    'client_id',
    'post_id',
    'channel_id',
    'occurrence',
    'platform',
    'published_at',
    'series_id',
  ],
  series: ['id', 'client_id', 'level', 'subject', 'platform', 'metric', 'kind'],
  observation: ['series_id', 'at', 'client_id', 'local_date', 'value'],
  time_entry: [
    'id',
    'client_id',
    'campaign_id',
    'person',
    'role',
    'started_at',
    'ended_at',
    'local_date',
    'seconds',
    'billable',
    'source',
    'platform',
    'content_type',
    'created_at',
  ],
  client_cost: [
    'id',
    'client_id',
    'kind',
    'name',
    'campaign_id',
    'platform',
    'from_date',
    'to_date',
    'amount_minor',
    'currency',
    'created_at',
  ],
  conversion: [
    'id',
    'client_id',
    'kind',
    'local_date',
    'count',
    'amount_minor',
    'currency',
    'campaign_id',
    'platform',
    'post_id',
    'content_type',
    'source',
    'attribution_model',
    'created_at',
  ],
  rate: ['id', 'level', 'role', 'client_id', 'from_date', 'rate_minor', 'currency', 'created_at'],
  tool_cost: [
    'id',
    'client_id',
    'name',
    'allocation',
    'amount_minor',
    'currency',
    'starts_on',
    'ends_on',
    'every_months',
    'created_at',
  ],
} as const satisfies Record<string, readonly string[]>;

export type Table = keyof typeof TABLES;

/** One value of a row; null is NULL. */
export type Cell = string | number | boolean | null;

/** Rows by table, each in the order of the table's columns above. */
export type Facts = Record<Table, Cell[][]>;

/** No rows yet. */
export function noFacts(): Facts {
  return {
    campaign: [],
    post: [],
    placement: [],
    series: [],
    observation: [],
    time_entry: [],
    client_cost: [],
    conversion: [],
    rate: [],
    tool_cost: [],
  };
}

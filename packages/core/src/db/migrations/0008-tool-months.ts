/** When what tools cost was last changed, month by month, and the index that their spans are read by. */
export const toolMonths = {
  name: '0008-tool-months',
  sql: `
create table retainer.tool_month (
  agency_id text collate "C" not null,
  month date not null check (extract(day from month) = 1),
  version bigint not null,
  primary key (agency_id, month)
);
comment on table retainer.tool_month is 'raised by each refresh that changes a share of a tool whose span touches the month; who is missing never was since this table came';

alter table retainer.tool_month enable row level security;
create policy tenant on retainer.tool_month
  using (agency_id = (select current_setting('retainer.agency', true)))
  with check (agency_id = (select current_setting('retainer.agency', true)));

-- The months of all clients together: by client, as the other index has them, each would be looked up apart.
create index leaf_tool_day on retainer.leaf (agency_id, to_date) include (client_id, from_date, agency_minor) where kind = 'tool';
`,
} as const;

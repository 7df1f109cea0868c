import pg from 'pg';

/** A fact as it lies in its table, to be written for another agency. */
export interface CopiedFact {
  readonly table: string;
  readonly row: object;
}

/** What an agency must know before any fact: who its clients are, how they count, and what was given or edited. */
const FIRST = ['client', 'client_calendar', 'tier', 'tier_version', 'exchange_rate', 'fact_rate'];
const FACTS = [
  'assignment',
  'blocking_state',
  'rate',
  'tool_cost',
  'client_cost',
  'conversion',
  'time_saved_baseline',
  'post',
  'placement',
  'series',
  'observation',
];

/** Copies what agencies were told, table by table, as the owner of the database. */
export interface FactCopier {
  /** Founds `to` as `from` is set up now, with estimates that people edited, and answers all other facts of `from`. */
  readonly found: (from: string, to: string) => Promise<CopiedFact[]>;
  /** Writes facts for an agency in one transaction; one that is there already stays. */
  readonly write: (agencyId: string, facts: readonly CopiedFact[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function openCopier(ownerUrl: string): Promise<FactCopier> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  const read = async (table: string, where: string, agencyId: string): Promise<CopiedFact[]> => {
    const { rows } = await owner.query<{ row: object }>(
      `select to_jsonb(t) as row from retainer.${table} t where ${where}`,
      [agencyId],
    );
    return rows.map(({ row }) => ({ table, row }));
  };
  const write: FactCopier['write'] = async (agencyId, facts) => {
    await owner.query('begin');
    for (const { table, row } of facts) {
      await owner.query(
        `insert into retainer.${table} overriding system value
         select (jsonb_populate_record(null::retainer.${table}, $1::jsonb)).* on conflict do nothing`,
        [JSON.stringify(table === 'agency' ? row : { ...row, agency_id: agencyId })],
      );
    }
    await owner.query('commit');
  };
  return {
    write,
    close: () => owner.end(),
    found: async (from, to) => {
      const [agency] = await read('agency', 'id = $1', from);
      await write(to, [{ table: 'agency', row: { ...agency?.row, id: to } }]);
      for (const table of FIRST) await write(to, await read(table, 'agency_id = $1', from));
      const touched = `source = 'estimated' and (edited_at is not null or deleted_at is not null)`;
      await write(to, await read('time_entry', `agency_id = $1 and ${touched}`, from));
      const facts = await read('time_entry', `agency_id = $1 and source <> 'estimated'`, from);
      for (const table of FACTS) facts.push(...(await read(table, 'agency_id = $1', from)));
      return facts;
    },
  };
}

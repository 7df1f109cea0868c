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
export class FactCopier {
  readonly #owner: pg.Client;

  constructor(ownerUrl: string) {
    this.#owner = new pg.Client({ connectionString: ownerUrl });
  }

  async open(): Promise<void> {
    await this.#owner.connect();
  }

  async close(): Promise<void> {
    await this.#owner.end();
  }

  /** Founds `to` as `from` is set up now, with estimates that people edited, and answers all other facts of `from`. */
  async found(from: string, to: string): Promise<CopiedFact[]> {
    const [agency] = await this.#rows('agency', 'id = $1', from);
    await this.write(to, [{ table: 'agency', row: { ...agency?.row, id: to } }]);
    for (const table of FIRST) {
      // oxlint-disable-next-line no-await-in-loop
      await this.write(to, await this.#rows(table, 'agency_id = $1', from));
    }
    const edited = `source = 'estimated' and (edited_at is not null or deleted_at is not null)`;
    await this.write(to, await this.#rows('time_entry', `agency_id = $1 and ${edited}`, from));
    const facts: CopiedFact[] = await this.#rows(
      'time_entry',
      `agency_id = $1 and source <> 'estimated'`,
      from,
    );
    for (const table of FACTS) {
      // oxlint-disable-next-line no-await-in-loop
      facts.push(...(await this.#rows(table, 'agency_id = $1', from)));
    }
    return facts;
  }

  /** Writes facts for an agency in one transaction; one that is there already stays. */
  async write(agencyId: string, facts: readonly CopiedFact[]): Promise<void> {
    await this.#owner.query('begin');
    for (const { table, row } of facts) {
      // oxlint-disable-next-line no-await-in-loop
      await this.#owner.query(
        `insert into retainer.${table} overriding system value
         select (jsonb_populate_record(null::retainer.${table}, $1::jsonb)).* on conflict do nothing`,
        [JSON.stringify(table === 'agency' ? row : { ...row, agency_id: agencyId })],
      );
    }
    await this.#owner.query('commit');
  }

  async #rows(table: string, where: string, agencyId: string): Promise<CopiedFact[]> {
    const { rows } = await this.#owner.query<{ row: object }>(
      `select to_jsonb(t) as row from retainer.${table} t where ${where}`,
      [agencyId],
    );
    return rows.map(({ row }) => ({ table, row }));
  }
}

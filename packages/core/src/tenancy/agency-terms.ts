import { DomainError } from '@retainer/domain';

import type { SqlSession } from '../db/sql-session.ts';
import { selectAgencyTerms, type AgencyTerms } from './agency-terms.queries.ts';

export type { AgencyTerms } from './agency-terms.queries.ts';

/** What the agency's figures are counted and judged by; `not_found` when the host never registered it. */
export async function readAgencyTerms(sql: SqlSession): Promise<AgencyTerms> {
  const terms = await selectAgencyTerms(sql);
  if (terms) return terms;
  throw new DomainError('not_found', 'No such agency. Register it first.');
}

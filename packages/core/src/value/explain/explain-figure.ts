import type { EntityManager } from '@mikro-orm/postgresql';
import { formatMoney, type LocalDate, type MissingReason, type Money } from '@retainer/domain';

import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { refreshClient } from '../../rollups/refresh.ts';
import type { Client } from '../../tenancy/client.entity.ts';
import { requireClient } from '../../tenancy/require-client.ts';
import { checkPeriod } from '../tracking/tracking-input.ts';
import { explainFacts, type ExplainedFacts } from './explain-facts.ts';
import { ExplainFigureInput, readFactCursor, rowAsked } from './explain-input.ts';
import { readExplainedRow, reasonOf, valueOf, type ExplainedRow } from './explained-row.ts';
import type { ExplainedValue, TermDto } from './explanation-dto.ts';
import type { FigureName } from './figure-names.ts';
import { specOf } from './figure-spec.ts';

/** Where a figure comes from: the figures it is made of, and the facts that sum to it. */
export interface Explanation extends ExplainedFacts {
  readonly clientWorkspaceId: string;
  readonly figure: FigureName;
  readonly period: { readonly startDate: LocalDate; readonly endDate: LocalDate };
  readonly currency: string;
  readonly formula: string;
  readonly value: ExplainedValue;
  readonly reason: MissingReason | null;
  readonly terms: readonly TermDto[];
}

const NO_FACTS: ExplainedFacts = { sources: [], sum: null, items: [], nextCursor: null };

/**
 * Says where any figure of a client's value tracking comes from, by all facts known now: a sum leads to its facts,
 * the earliest first, and a ratio to its terms. `not_found`, `period_inverted`.
 */
export async function explainFigure(
  ctx: ServiceContext,
  input: ExplainFigureInput,
): Promise<Explanation> {
  const wanted = ExplainFigureInput.parse(input);
  const { clientWorkspaceId: clientId, startDate, endDate, figure, limit } = wanted;
  const { hourlyRate, conversionValue, leadValue } = wanted;
  const { agencyId } = ctx;
  const period = checkPeriod({ startDate, endDate });
  const row = rowAsked(wanted, period);
  const asked = { agencyId, clientId, period, row, after: readFactCursor(wanted.cursor), limit };
  const client = (em: EntityManager): Promise<Client> =>
    requireClient(em, agencyId, { clientId, forWriting: false });
  await inTransaction(ctx, client, { readOnly: true });
  await refreshClient(ctx, clientId, endDate);
  return inTransaction(
    ctx,
    async (em) => {
      const assumptions = { hourlyRate, conversionValue, leadValue };
      const found = await readExplainedRow(em, await client(em), { period, row, assumptions });
      const { formula, terms, facts } = specOf(figure, found);
      const value = valueOf(found, figure);
      const reason = reasonOf(found, figure);
      const explained = facts ? await explainFacts(em, { facts, row: found }, asked) : NO_FACTS;
      return {
        clientWorkspaceId: clientId,
        figure,
        period,
        currency: found.currency,
        formula,
        value,
        reason,
        terms: terms.map((term) => termOf(found, term, figure)),
        ...explained,
        // What is unknown is no sum of the facts there happen to be: 0 leads are not no leads told.
        sum: facts && reason === 'missing_data' ? value : explained.sum,
      };
    },
    { readOnly: true, oneView: true },
  );
}

function termOf(row: ExplainedRow, figure: FigureName, of: FigureName): TermDto {
  const worth = of === 'value.total' ? worthOf(row, figure) : null;
  return { figure, value: valueOf(row, figure), worth: worth && formatMoney(worth) };
}

function worthOf({ assumed }: ExplainedRow, figure: FigureName): Money | null {
  if (figure === 'value.leads') return assumed.leadValue;
  return figure === 'value.conversionsWithoutAmount' ? assumed.conversionValue : null;
}

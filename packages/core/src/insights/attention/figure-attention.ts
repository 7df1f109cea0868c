import {
  addTotals,
  divideFractions,
  fallOf,
  formatMoney,
  fraction,
  isLongEnough,
  leadCostRise,
  margin,
  multiplyFractions,
  returnOnCost,
  toDecimal,
  type Fraction,
  type Ratio,
  type ReturnFigures,
  type Total,
} from '@retainer/domain';

import { NO_FEE } from '../../billing/read-fees.ts';
import { bandsOf } from '../../kpi/bands.ts';
import type { Counted } from '../../kpi/counted.ts';
import type { JudgedPeriod } from '../judged-period.ts';
import type { AttentionItem } from './attention-dto.ts';
import type { AttentionWorld } from './attention-world.ts';
import { money, percent, said } from './measures.ts';
import { about } from './tier-attention.ts';

const HUNDRED: Fraction = { num: 100n, den: 1n };

/** Whom an item is about: a client, or one of its campaigns. */
type Subject = Pick<AttentionItem, 'clientId' | 'clientName' | 'part' | 'campaign'>;

/** Margins and returns of clients and campaigns that are bad, or worse than in the days they are compared with. */
export function figureAttention(world: AttentionWorld): AttentionItem[] {
  const { current, previous } = world;
  if (!current || !isLongEnough(current.counted.span)) return [];
  const compared = previous && isLongEnough(previous.counted.span) ? previous : undefined;
  return [...clientItems(world, current, compared), ...campaignItems(world, current, compared)];
}

function clientItems(
  world: AttentionWorld,
  current: JudgedPeriod,
  previous: JudgedPeriod | undefined,
): AttentionItem[] {
  const { service } = world;
  const [now, earlier] = [current, previous].map(
    (period) => new Map(period?.counted.clients.map((one) => [one.client.id, one])),
  );
  return service.clients.flatMap((client) => {
    const own = now?.get(client.id);
    if (!own) return [];
    const other = earlier?.get(client.id);
    const told = toldOf(world, about(client));
    const before = other && previous ? marginOf(previous, other) : undefined;
    return [
      ...marginItems(told, marginOf(current, own), before),
      ...returnItems(told, own.figures, other?.figures),
    ];
  });
}

function campaignItems(
  world: AttentionWorld,
  current: JudgedPeriod,
  previous: JudgedPeriod | undefined,
): AttentionItem[] {
  const clients = new Map(world.service.clients.map((client) => [client.id, client]));
  const before = new Map(
    previous?.campaigns.map((one) => [JSON.stringify([one.clientId, one.id]), one]),
  );
  return current.campaigns.flatMap(({ id, clientId, name, figures }) => {
    const client = clients.get(clientId);
    if (!client) return [];
    const subject = { ...about(client), part: id, campaign: { id, name } };
    const other = before.get(JSON.stringify([clientId, id]));
    return returnItems(toldOf(world, subject), figures, other?.figures);
  });
}

function toldOf({ agency }: AttentionWorld, subject: Subject): Told {
  return { subject, currency: agency.currency, band: bandsOf(agency).points };
}

/** A fee beside what the agency bears of its cost. */
interface Margin {
  readonly fee: Total;
  readonly cost: Total;
  readonly percent: Fraction | null;
}

function marginOf({ fees }: JudgedPeriod, { client, figures }: Counted): Margin {
  const fee = fees.get(client.id) ?? NO_FEE;
  const cost = figures.cost.borneByAgency;
  const isKnown = addTotals([fee, cost]).totalMinor !== null;
  const found = margin({ feeMinor: fee.totalMinor, costMinor: cost.totalMinor });
  return { fee, cost, percent: isKnown ? percentOf(found) : null };
}

interface Told {
  readonly subject: Subject;
  readonly currency: string;
  /** In points: what falls by no more is stable. */
  readonly band: Fraction;
}

function marginItems(
  { subject, currency, band }: Told,
  { fee, cost, percent: current }: Margin,
  previous: Margin | undefined,
): AttentionItem[] {
  if (current === null) return [];
  if (current.num < 0n) {
    const amount = ({ knownMinor: amountMinor }: Total): string =>
      `${formatMoney({ amountMinor, currency }).amount} ${currency}`;
    return [
      {
        ...subject,
        code: 'margin_negative',
        weight: { num: -current.num, den: current.den },
        figure: percent(current),
        comparedWith: percent({ num: 0n, den: 1n }),
        message: `The margin is ${said(percent(current))}: the work cost ${amount(cost)} of a fee of ${amount(fee)}.`,
      },
    ];
  }
  const weight = fallOf({ current, previous: previous?.percent ?? null }, band);
  if (!weight || !previous?.percent) return [];
  const [figure, comparedWith] = [percent(current), percent(previous.percent)];
  const message = `The margin fell by ${toDecimal(weight, 1)} points, from ${said(comparedWith)} to ${said(figure)}.`;
  return [{ ...subject, code: 'margin_fallen', weight, figure, comparedWith, message }];
}

function returnItems(
  told: Told,
  current: ReturnFigures,
  previous: ReturnFigures | undefined,
): AttentionItem[] {
  if (!previous) return [];
  return [...roiItems(told, current, previous), ...leadItems(told, current, previous)];
}

function roiItems(
  { subject, band }: Told,
  current: ReturnFigures,
  previous: ReturnFigures,
): AttentionItem[] {
  const [now, before] = [percentOf(returnOnCost(current)), percentOf(returnOnCost(previous))];
  const weight = fallOf({ current: now, previous: before }, band);
  if (!weight || !now || !before) return [];
  const [figure, comparedWith] = [percent(now), percent(before)];
  const message = `The ROI fell by ${toDecimal(weight, 1)} points, from ${said(comparedWith)} to ${said(figure)}.`;
  return [{ ...subject, code: 'roi_fallen', weight, figure, comparedWith, message }];
}

function leadItems(
  { subject, currency }: Told,
  current: ReturnFigures,
  previous: ReturnFigures,
): AttentionItem[] {
  const [now, before] = [current, previous].map(({ cost, value }) => ({
    costMinor: cost.total.totalMinor,
    leads: value.leads,
  }));
  const weight = now && before && leadCostRise(now, before);
  if (!weight) return [];
  const each = ({ costMinor, leads }: typeof now): AttentionItem['figure'] & object =>
    money(divideFractions(fraction(costMinor ?? 0n, 1n), fraction(leads ?? 1n, 1n)), currency);
  const [figure, comparedWith] = [each(now), each(before)];
  const rise = toDecimal(multiplyFractions(weight, HUNDRED), 1);
  const message = `A lead costs ${rise} % more: ${said(figure)} after ${said(comparedWith)}.`;
  return [{ ...subject, code: 'cost_per_lead_up', weight, figure, comparedWith, message }];
}

function percentOf(ratio: Ratio): Fraction | null {
  return ratio.value === null ? null : multiplyFractions(ratio.fraction, HUNDRED);
}

import {
  fallOf,
  formatMoney,
  isLongEnough,
  leadCostRise,
  toDecimal,
  type Fraction,
  type LeadCost,
  type ReturnFigures,
  type Total,
} from '@retainer/domain';

import { NO_FEE } from '../../billing/read-fees.ts';
import { createReuse } from '../../kernel/reuse.ts';
import { bandsOf } from '../../kpi/bands.ts';
import type { Counted } from '../../kpi/counted.ts';
import type { JudgedPeriod } from '../judged-period.ts';
import type { AttentionItem, Told } from './attention-dto.ts';
import type { AttentionWorld } from './attention-world.ts';
import { money, percent, said, type MeasureDto } from './measures.ts';
import { about } from './tier-attention.ts';

/** Whom an item is about: a client, or one of its campaigns. */
type Subject = Pick<AttentionItem, 'clientId' | 'clientName' | 'part' | 'campaign'>;

/** Margins and returns of clients and campaigns that are bad, or worse than in the days they are compared with. */
export function figureAttention(world: AttentionWorld): AttentionItem[] {
  const { current, previous } = world;
  if (!current || !isLongEnough(current.counted.span)) return [];
  const compared = previous && isLongEnough(previous.counted.span) ? previous : undefined;
  return [...clientItems(world, current, compared), ...campaignItems(world, current, compared)];
}

// Most clients and campaigns are what they were when somebody looked last.
const judgedClients = createReuse<readonly AttentionItem[]>();
const judgedCampaigns = createReuse<readonly AttentionItem[]>();

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
    const fees = [current, previous].map((period) => period?.fees.get(client.id) ?? NO_FEE);
    return judgedClients(own, [client, world.agency, other, ...fees], () => {
      const judged = subjectOf(world, about(client));
      const before = other && previous ? marginOf(previous, other) : undefined;
      return [
        ...marginItems(judged, marginOf(current, own), before),
        ...returnItems(judged, own.figures, other?.figures),
      ];
    });
  });
}

function campaignItems(
  world: AttentionWorld,
  current: JudgedPeriod,
  previous: JudgedPeriod | undefined,
): AttentionItem[] {
  const clients = new Map(world.service.clients.map((client) => [client.id, client]));
  // Ids are a client's own.
  const before = Map.groupBy(previous?.campaigns ?? [], ({ clientId }) => clientId);
  return current.campaigns.flatMap((campaign) => {
    const { id, clientId, name, figures } = campaign;
    const client = clients.get(clientId);
    if (!client) return [];
    const other = before.get(clientId)?.find((one) => one.id === id);
    return judgedCampaigns(campaign, [client, world.agency, other], () => {
      const subject = { ...about(client), part: id, campaign: { id, name } };
      return returnItems(subjectOf(world, subject), figures, other?.figures);
    });
  });
}

function subjectOf({ agency }: AttentionWorld, subject: Subject): Judged {
  return { subject, currency: agency.currency, band: bandsOf(agency).points };
}

/** Whom figures are of, and how they are judged. */
interface Judged {
  readonly subject: Subject;
  readonly currency: string;
  /** In points: what falls by no more is stable. */
  readonly band: Fraction;
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
  const [whole, spent] = [fee.totalMinor, cost.totalMinor];
  const isKnown = whole !== null && spent !== null;
  return { fee, cost, percent: isKnown ? percentOf(whole - spent, whole) : null };
}

function marginItems(
  { subject, currency, band }: Judged,
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
        tell: () => ({
          figure: percent(current),
          comparedWith: percent({ num: 0n, den: 1n }),
          message: `The margin is ${said(percent(current))}: the work cost ${amount(cost)}, the fee came to ${amount(fee)}.`,
        }),
      },
    ];
  }
  const before = previous?.percent ?? null;
  const weight = fallOf({ current, previous: before }, band);
  if (!weight || !before) return [];
  const tell = () => toldFall('margin', weight, [current, before]);
  return [{ ...subject, code: 'margin_fallen', weight, tell }];
}

function returnItems(
  judged: Judged,
  current: ReturnFigures,
  previous: ReturnFigures | undefined,
): AttentionItem[] {
  if (!previous) return [];
  return [...roiItems(judged, current, previous), ...leadItems(judged, current, previous)];
}

function roiItems(
  { subject, band }: Judged,
  current: ReturnFigures,
  previous: ReturnFigures,
): AttentionItem[] {
  const [now, before] = [roiOf(current), roiOf(previous)];
  const weight = fallOf({ current: now, previous: before }, band);
  if (!weight || !now || !before) return [];
  const tell = () => toldFall('ROI', weight, [now, before]);
  return [{ ...subject, code: 'roi_fallen', weight, tell }];
}

function toldFall(
  what: string,
  points: Fraction,
  [now, before]: readonly [Fraction, Fraction],
): Told {
  const [figure, comparedWith] = [percent(now), percent(before)];
  const message = `The ${what} fell by ${toDecimal(points, 1)} points, from ${said(comparedWith)} to ${said(figure)}.`;
  return { figure, comparedWith, message };
}

function leadItems(
  { subject, currency }: Judged,
  current: ReturnFigures,
  previous: ReturnFigures,
): AttentionItem[] {
  const [now, before] = [leadsOf(current), leadsOf(previous)];
  const weight = leadCostRise(now, before);
  if (!weight) return [];
  const each = ({ costMinor, leads }: LeadCost): MeasureDto =>
    money({ num: costMinor ?? 0n, den: leads ?? 1n }, currency);
  const tell = (): Told => {
    const [figure, comparedWith] = [each(now), each(before)];
    const rise = toDecimal({ num: weight.num * 100n, den: weight.den }, 1);
    const message = `A lead costs ${rise} % more: ${said(figure)} after ${said(comparedWith)}.`;
    return { figure, comparedWith, message };
  };
  return [{ ...subject, code: 'cost_per_lead_up', weight, tell }];
}

function leadsOf({ cost, value }: ReturnFigures): LeadCost {
  return { costMinor: cost.total.totalMinor, leads: value.leads };
}

function roiOf({ returned, cost }: ReturnFigures): Fraction | null {
  const whole = cost.total.totalMinor;
  const { totalMinor } = returned;
  return totalMinor === null || whole === null ? null : percentOf(totalMinor - whole, whole);
}

/** A part as a percentage of the whole; in no lowest terms, for most are only compared. */
function percentOf(part: bigint, whole: bigint): Fraction | null {
  if (whole === 0n) return null;
  return whole < 0n ? { num: -part * 100n, den: -whole } : { num: part * 100n, den: whole };
}

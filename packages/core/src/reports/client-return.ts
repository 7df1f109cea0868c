import { addTotals, clientRoi, missing, type Ratio, type Total } from '@retainer/domain';

import { returnKpi } from '../kpi/kpi-figure.ts';
import { toAmount, toFigure } from '../value/tracking/tracking-dto.ts';
import type { PeriodMaterial } from './read-material.ts';
import type { ClientReturnDto } from './report-content.ts';

/** A period, and what the client was charged for its tier in it. */
export interface Charged {
  readonly material: PeriodMaterial;
  readonly fee: Total;
}

/** What the client paid and what that brought. What the work cost the agency is no part of it. */
export function clientReturn(current: Charged, previous: Charged | undefined): ClientReturnDto {
  const { material, fee } = current;
  const { cost, value, efficiency, currency } = material.figures;
  const { leadValue, conversionValue } = material.assumed;
  const roi = { current: roiOf(current), previous: previous && roiOf(previous) };
  return {
    fee: toAmount(fee, currency),
    adSpend: toAmount(cost.adSpend, currency),
    paid: toAmount(addTotals([fee, cost.adSpend]), currency),
    revenue: toAmount(value.revenue, currency),
    value: toAmount(value.total, currency),
    roiPercent: returnKpi(roi, material, 'percent'),
    roas: toFigure(efficiency.roas),
    assumed: { leadValue, conversionValue },
  };
}

function roiOf({ material: { figures }, fee }: Charged): Ratio {
  const { total } = figures.value;
  const { adSpend } = figures.cost;
  const reason = [total, fee, adSpend].find((part) => part.reason !== undefined)?.reason;
  if (reason !== undefined) return missing(reason);
  return clientRoi({
    valueMinor: total.totalMinor,
    feeMinor: fee.totalMinor,
    adSpendMinor: adSpend.totalMinor,
  });
}

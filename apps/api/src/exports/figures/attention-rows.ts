import type { KpiDashboard } from '@retainer/core';

import { counted, told } from './counted.ts';
import { NOTHING, type ExportRow } from './rows.ts';

type Attention = KpiDashboard['insights']['needsAttention']['items'][number];
type Measure = NonNullable<Attention['figure']>;

/** One thing that needs attention, and what the answer tells of it. */
export interface AttentionRows {
  readonly of: Attention;
  /** What it is about, and what that is compared with; either may have no number. */
  readonly figure: ExportRow | undefined;
  readonly comparedWith: ExportRow | undefined;
  readonly rows: readonly ExportRow[];
}

const COUNTS = [
  { name: 'total', label: 'Things that need attention' },
  { name: 'urgent', label: 'Of them urgent' },
  { name: 'warning', label: 'Of them warnings' },
  { name: 'notice', label: 'Of them notices' },
] as const;

/** How much needs attention. */
export function attentionCounts({ insights }: KpiDashboard): ExportRow[] {
  const { counts } = insights.needsAttention;
  return COUNTS.map(({ name, label }) =>
    counted({ section: 'needs_attention', figure: `counts.${name}`, label }, counts[name]),
  );
}

/** The first few of what needs attention, the worst first. */
export function attentionRows({ insights }: KpiDashboard): AttentionRows[] {
  return insights.needsAttention.items.map((of) => {
    const figure = measured(of, 'figure');
    const comparedWith = measured(of, 'comparedWith');
    const numbers = [figure, comparedWith].filter((row) => row !== undefined);
    const texts = [
      told(placeOf(of, 'severity', 'How soon'), of.severity),
      told(placeOf(of, 'message', 'What'), of.message),
      told(placeOf(of, 'lookAt', 'Look at'), of.lookAt),
    ];
    return { of, figure, comparedWith, rows: [...texts, ...numbers] };
  });
}

function measured(of: Attention, name: 'figure' | 'comparedWith'): ExportRow | undefined {
  const measure: Measure | null = of[name];
  if (!measure) return undefined;
  const label = name === 'figure' ? 'Now' : 'Compared with';
  const { unit, value, currency } = measure;
  return { ...NOTHING, ...placeOf(of, name, label), unit, current: value, currency };
}

function placeOf({ code, ...of }: Attention, part: string, label: string) {
  const { clientWorkspaceId: client, clientName: name, campaignId } = of;
  const key = { client, name, ...(campaignId !== null && { campaign: campaignId }) };
  return { section: 'needs_attention', figure: `${code}.${part}`, label, key } as const;
}

/** The kinds of facts that people write down. */
export type LedgerName = 'time' | 'adSpend' | 'otherCosts' | 'tools' | 'conversions' | 'rates';

import type { Metric, Reason } from '../home/metrics.ts';
import type { HomeMessages } from './home-messages.ts';

/** English. */
export const home: HomeMessages = {
  figures: 'Key figures',
  staleFigures: 'These figures could not be updated.',
  clamped: 'the period before is shorter',
  noPosts: (period) =>
    `No posts were published from ${period}. Change the period or open the calendar.`,
  metrics: {
    roi: {
      name: 'ROI',
      formula: '(Value − cost) ÷ cost, over the clients whose value is known',
      sources: 'Hours, tools, ad spend and other costs; revenue, leads and conversions',
    },
    revenue: {
      name: 'Revenue',
      formula: 'The sum of revenue that clients’ shops and people reported',
      sources: 'Conversions of kind “revenue”, at the exchange rate of their day',
    },
    cost: {
      name: 'Total cost',
      formula: 'Time + tools + ad spend + other costs',
      sources: 'Time entries at the rate of their day, tool costs by day, ad spend, other costs',
    },
    leads: {
      name: 'Leads',
      formula: 'How many leads were reported on the days of the period',
      sources: 'Conversions of kind “lead”, by hand, by CSV or over the API',
    },
    velocity: {
      name: 'Posts published',
      formula: 'Content velocity: how many posts went out on the days of the period',
      sources: 'What the scheduler reported as published',
    },
    clients: {
      name: 'Active clients',
      formula: 'Clients on a tier, trials included, on the last day of the period',
      sources: 'Tier assignments',
    },
  },
  unknown,
  notCompared: 'Not compared',
  firstTime: 'First month: nothing to compare yet',
  versus: (days, value) => `vs ${days}: ${value}`,
  perDay: (change) => `${change} a day`,
  knownPart: (amount) => `${amount} of it is known`,
  explain: (name) => `What is ${name}?`,
  formula: 'Formula',
  sources: 'Sources',
  lastSync: 'Last sync',
  metricsUntil: (day) => `Metrics until ${day}`,
  noMetrics: 'No metrics have arrived yet',
};

function unknown(metric: Metric | 'costPerLead', reason: Reason | undefined): string {
  switch (reason) {
    case 'no_complete_day':
      return 'No day is over yet';
    case 'missing_rate':
      return 'A rate is missing';
    case 'mixed_currency':
      return 'Currencies cannot be added';
    case 'zero_denominator':
      return metric === 'costPerLead' ? 'No leads yet' : 'No cost yet';
    case 'missing_benchmark':
    case 'missing_data':
    case 'no_data':
    case 'not_additive':
    case undefined:
      return UNKNOWN[metric];
  }
}

const UNKNOWN: Readonly<Record<Metric | 'costPerLead', string>> = {
  roi: 'Value is not known yet',
  revenue: 'No revenue reported yet',
  cost: 'Not known yet',
  leads: 'No leads reported yet',
  velocity: 'Not known yet',
  clients: 'Not known yet',
  costPerLead: 'No leads reported yet',
};

import { blocks } from '../../blocks/messages.en.ts';
import { home } from './home.en.ts';
import type { DashboardMessages } from './messages.ts';

/** English. */
export const messages: DashboardMessages = {
  blocks,
  frame: {
    screen: 'Agency dashboard',
    pages: 'Pages',
    overview: 'Overview',
    clients: 'Clients',
    tiers: 'Service tiers',
    back: 'Back to the overview',
    theAgency: 'the agency',
    thisPage: 'this page',
    live: 'Live',
    notLive: 'Not live: figures are updated when the connection is back',
    updated: 'Figures were updated.',
    cancel: 'Cancel',
    close: 'Close',
    save: 'Save',
  },
  period: {
    period: 'Period',
    comparison: 'Compare with',
    presets: {
      month_to_date: 'Month to date',
      last_month: 'Last month',
      last_7_days: 'Last 7 days',
      last_30_days: 'Last 30 days',
      last_90_days: 'Last 90 days',
      quarter_to_date: 'Quarter to date',
      last_quarter: 'Last quarter',
      year_to_date: 'Year to date',
      last_year: 'Last year',
      custom: 'Custom dates',
    },
    comparisons: {
      previous_period: 'Previous period',
      previous_month: 'Previous month',
      previous_year: 'Previous year',
      none: 'Nothing',
    },
    from: 'From',
    to: 'To',
    apply: 'Show',
    matchWeekday: 'Match weekdays',
    inverted: 'The first day must not be after the last one.',
    comparedWith: (period, comparison) => `${period}, compared with ${comparison}`,
    zone: (city) => `days in ${city}`,
    noDay: 'No day of it is over yet.',
  },
  home,
};

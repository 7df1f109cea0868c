import { blocks } from '../../blocks/messages.de.ts';
import { home } from './home.de.ts';
import type { DashboardMessages } from './messages.ts';

/** German. */
export const messages: DashboardMessages = {
  blocks,
  frame: {
    screen: 'Agentur-Dashboard',
    pages: 'Seiten',
    overview: 'Überblick',
    clients: 'Kunden',
    tiers: 'Leistungsstufen',
    back: 'Zurück zum Überblick',
    theAgency: 'Agentur',
    thisPage: 'Seite',
    live: 'Live',
    notLive: 'Nicht live: Zahlen werden aktualisiert, sobald die Verbindung wieder steht',
    updated: 'Die Zahlen wurden aktualisiert.',
    cancel: 'Abbrechen',
    close: 'Schließen',
    save: 'Speichern',
  },
  period: {
    period: 'Zeitraum',
    comparison: 'Vergleichen mit',
    presets: {
      month_to_date: 'Laufender Monat',
      last_month: 'Letzter Monat',
      last_7_days: 'Letzte 7 Tage',
      last_30_days: 'Letzte 30 Tage',
      last_90_days: 'Letzte 90 Tage',
      quarter_to_date: 'Laufendes Quartal',
      last_quarter: 'Letztes Quartal',
      year_to_date: 'Laufendes Jahr',
      last_year: 'Letztes Jahr',
      custom: 'Eigene Daten',
    },
    comparisons: {
      previous_period: 'Voriger Zeitraum',
      previous_month: 'Voriger Monat',
      previous_year: 'Voriges Jahr',
      none: 'Nichts',
    },
    from: 'Von',
    to: 'Bis',
    apply: 'Zeigen',
    matchWeekday: 'Gleiche Wochentage',
    inverted: 'Der erste Tag darf nicht nach dem letzten liegen.',
    comparedWith: (period, comparison) => `${period}, verglichen mit ${comparison}`,
    zone: (city) => `Tage in ${city}`,
    noDay: 'Noch kein Tag davon ist vorbei.',
  },
  home,
};

import type { Metric, Reason } from '../home/metrics.ts';
import type { HomeMessages } from './home-messages.ts';

/** German. */
export const home: HomeMessages = {
  figures: 'Kennzahlen',
  staleFigures: 'Diese Zahlen konnten nicht aktualisiert werden.',
  clamped: 'der Zeitraum davor ist kürzer',
  noPosts: (period) =>
    `Vom ${period} wurden keine Beiträge veröffentlicht. Wählen Sie einen anderen Zeitraum oder öffnen Sie den Kalender.`,
  metrics: {
    roi: {
      name: 'ROI',
      formula: '(Wert − Kosten) ÷ Kosten, über die Kunden, deren Wert bekannt ist',
      sources: 'Stunden, Werkzeuge, Werbebudget und andere Kosten; Umsatz, Leads und Conversions',
    },
    revenue: {
      name: 'Umsatz',
      formula: 'Die Summe des Umsatzes, den Shops und Personen gemeldet haben',
      sources: 'Conversions der Art „Umsatz“, zum Wechselkurs ihres Tages',
    },
    cost: {
      name: 'Gesamtkosten',
      formula: 'Zeit + Werkzeuge + Werbebudget + andere Kosten',
      sources: 'Zeiteinträge zum Satz ihres Tages, Werkzeuge je Tag, Werbebudget, andere Kosten',
    },
    leads: {
      name: 'Leads',
      formula: 'Wie viele Leads an den Tagen des Zeitraums gemeldet wurden',
      sources: 'Conversions der Art „Lead“, von Hand, als CSV oder über die API',
    },
    velocity: {
      name: 'Veröffentlichte Beiträge',
      formula: 'Wie viele Beiträge an den Tagen des Zeitraums erschienen sind',
      sources: 'Was der Planer als veröffentlicht gemeldet hat',
    },
    clients: {
      name: 'Aktive Kunden',
      formula: 'Kunden mit einer Stufe, auch im Test, am letzten Tag des Zeitraums',
      sources: 'Zuweisungen von Stufen',
    },
  },
  unknown,
  notCompared: 'Ohne Vergleich',
  firstTime: 'Erster Monat: noch nichts zum Vergleichen',
  versus: (days, value) => `ggü. ${days}: ${value}`,
  perDay: (change) => `${change} pro Tag`,
  knownPart: (amount) => `davon sind ${amount} bekannt`,
  explain: (name) => `Was ist ${name}?`,
  formula: 'Formel',
  sources: 'Quellen',
  lastSync: 'Letzter Abgleich',
  metricsUntil: (day) => `Metriken bis ${day}`,
  noMetrics: 'Noch keine Metriken eingetroffen',
};

function unknown(metric: Metric | 'costPerLead', reason: Reason | undefined): string {
  switch (reason) {
    case 'no_complete_day':
      return 'Noch kein Tag vorbei';
    case 'missing_rate':
      return 'Ein Satz fehlt';
    case 'mixed_currency':
      return 'Währungen nicht addierbar';
    case 'zero_denominator':
      return metric === 'costPerLead' ? 'Noch keine Leads' : 'Noch keine Kosten';
    case 'missing_benchmark':
    case 'missing_data':
    case 'no_data':
    case 'not_additive':
    case undefined:
      return UNKNOWN[metric];
  }
}

const UNKNOWN: Readonly<Record<Metric | 'costPerLead', string>> = {
  roi: 'Wert noch nicht bekannt',
  revenue: 'Noch kein Umsatz gemeldet',
  cost: 'Noch nicht bekannt',
  leads: 'Noch keine Leads gemeldet',
  velocity: 'Noch nicht bekannt',
  clients: 'Noch nicht bekannt',
  costPerLead: 'Noch keine Leads gemeldet',
};

import { blocks } from '../../blocks/messages.de.ts';
import type { PortalMessages } from './messages.ts';

/** German. */
export const messages: PortalMessages = {
  blocks,
  portal: 'Ihr Paket und Ihre Ergebnisse',
  plan: {
    title: 'Ihr Paket',
    status: {
      active: 'Aktiv',
      trialing: 'Probezeit',
      paused: 'Pausiert',
      past_due: 'Zahlung offen',
      canceled: 'Beendet',
    },
    halted: {
      paused:
        'Ihr Paket pausiert. Neues wird erst wieder geplant, wenn es weitergeht; Geplantes erscheint.',
      past_due: 'Eine Zahlung ist offen. Sprechen Sie mit Ihrer Agentur, bevor Sie mehr planen.',
      canceled: 'Ihr Paket ist beendet. Veröffentlichtes bleibt veröffentlicht.',
    },
    trialUntil: (day) => `Probezeit bis ${day}`,
    endsOn: (day) => `Endet am ${day}`,
    changesTo: (tier, day) => `${tier} ab ${day}`,
    none: 'Noch kein Paket',
    noneYet:
      'Ihre Agentur hat noch kein Paket für Sie gewählt. Sobald sie es tut, sehen Sie es hier.',
    startsOn: (day) => `Ihr Paket beginnt am ${day}.`,
  },
  usage: {
    title: 'Was Sie genutzt haben',
    meters: {
      posts: 'Beiträge diese Woche',
      ai_generations: 'KI-Entwürfe',
      reports: 'Berichte',
      storage_bytes: 'Speicher',
      library_items: 'Medien',
    },
    onPlatform: (platform) => `Beiträge auf ${platform}`,
    of: (used, limit) => `${used} von ${limit} genutzt`,
    unlimited: (used) => `${used} genutzt · unbegrenzt`,
    notIncluded: 'Nicht in Ihrem Paket',
    scheduled: (count) => `davon ${count} geplant`,
    resets: (day) => `neu ab ${day}`,
    runsOut: (day) => `bei diesem Tempo am ${day} aufgebraucht`,
    reached: 'Limit erreicht',
    over: (count) => `${count} darüber`,
  },
  value: {
    title: 'Was es gebracht hat',
    posts: { one: '# Beitrag veröffentlicht', other: '# Beiträge veröffentlicht' },
    people: { one: '# Person erreicht', other: '# Menschen erreicht' },
    times: { one: '# Aufruf erzielt', other: '# Aufrufe erzielt' },
    leads: { one: '# Anfrage gewonnen', other: '# Anfragen gewonnen' },
    inMonth: (month) => `Im ${month}`,
    soFarIn: (month) => `Bisher im ${month}`,
    between: (first, last) => `Vom ${first} bis ${last}`,
    we: (when, did) => `${when} haben wir ${did}.`,
    saved: (time) => `Durch Automatisierung gespart: ${time}.`,
    noPosts: (first, last) =>
      `Vom ${first} bis ${last} erschien kein Beitrag. Wählen Sie einen anderen Zeitraum oder öffnen Sie den Kalender.`,
    nothingYet: 'Noch ist kein Tag dieses Zeitraums vorbei. Die ersten Zahlen kommen morgen.',
    firstNumbers:
      'Erste Zahlen kommen meist binnen einer Stunde, nachdem ein Konto verbunden wurde. Früheres zählt nicht.',
    firstPeriod: 'Erster Monat: noch nichts zum Vergleichen',
    upTo: (day) => `Die Zahlen der Plattformen reichen bis ${day}; Späteres ist unvollständig.`,
  },
  period: {
    label: 'Zeitraum',
    names: {
      month_to_date: 'Dieser Monat',
      last_month: 'Letzter Monat',
      last_7_days: 'Letzte 7 Tage',
      last_30_days: 'Letzte 30 Tage',
      last_90_days: 'Letzte 90 Tage',
      year_to_date: 'Dieses Jahr',
    },
    versus: (range) => `zu ${range}`,
  },
  tiles: {
    posts: 'Beiträge',
    reach: 'Erreichte Menschen',
    impressions: 'Aufrufe',
    leads: 'Anfragen',
    clientReturn: 'Ihr Ertrag',
    none: 'Noch keine Zahlen',
    noLeads: 'Noch keine Anfragen',
    noReturn: 'Was eine Anfrage wert ist, ist noch nicht festgelegt',
    nothingPaid: 'In diesem Zeitraum wurde nichts berechnet',
    paidAndBrought: (paid, value) => `${paid} gezahlt, ${value} gebracht`,
    included: (some, all) => `${some} von ${all} Plattformen enthalten`,
  },
  breakdown: {
    title: 'Woher es kam',
    by: { platforms: 'Plattform', contentTypes: 'Art', campaigns: 'Kampagne' },
    other: 'Übrige',
    share: 'Anteil',
  },
  denied: {
    title: { one: '# Beitrag erscheint nicht', other: '# Beiträge erscheinen nicht' },
    post: (when, platforms) => `${when} auf ${platforms}`,
    reasons: {
      limit_reached: ({ limit, platform }) =>
        platform
          ? `Die ${limit} Beiträge auf ${platform} sind aufgebraucht.`
          : `Die ${limit} Beiträge jener Woche sind aufgebraucht.`,
      limit_is_zero: ({ platform }) =>
        platform
          ? `Ihr Paket hat keine Beiträge auf ${platform}.`
          : 'Ihr Paket hat keine Beiträge.',
      not_in_tier: ({ tier }) => `Beiträge gehören nicht zu ${tier}.`,
      platform_not_in_tier: ({ platform, tier }) => `${platform} gehört nicht zu ${tier}.`,
      platform_count: ({ limit, tier }) => `${tier} nimmt ${limit} Plattformen je Beitrag.`,
      no_assignment: () => 'Zu dieser Zeit gibt es kein Paket.',
      assignment_paused: () => 'Ihr Paket pausiert zu dieser Zeit.',
      assignment_ended: () => 'Ihr Paket ist dann beendet.',
      assignment_past_due: () => 'Eine Zahlung ist offen.',
      trial_ended: () => 'Ihre Probezeit ist dann vorbei.',
    },
    otherReason: 'Er passt nicht in Ihr Paket.',
    fitsFrom: (when) => `Er passt ab ${when}.`,
    fitsIn: (tier) => `Er passt in ${tier}.`,
  },
  reports: {
    title: 'Berichte',
    open: (range) => `Bericht ${range} öffnen`,
    openLast: 'Ganzen Bericht öffnen',
    cadence: {
      monthly: 'Monatlich',
      biweekly: 'Alle zwei Wochen',
      weekly: 'Wöchentlich',
      asked: 'Auf Wunsch',
    },
    none: 'Ihr erster Bericht erscheint hier, wenn sein Zeitraum vorbei ist.',
    failed: 'Der Bericht lässt sich nicht öffnen.',
  },
  footer: {
    updated: (ago) => `Aktualisiert ${ago}`,
    live: 'Live',
    lost: (time) => `Verbindung unterbrochen. Sie sehen den Stand von ${time}.`,
    lag: 'Zahlen der Plattformen können bis zu 48 Stunden nachhängen.',
  },
  failures: {
    offline: 'Der Server ist nicht erreichbar. Neuer Versuch folgt …',
    no_token: 'Sie sind hier nicht angemeldet. Laden Sie die Seite neu oder melden Sie sich an.',
    unauthenticated: 'Ihre Sitzung ist abgelaufen. Laden Sie die Seite neu.',
    forbidden: 'Dieses Konto darf das nicht sehen.',
    not_found: 'Für dieses Konto gibt es kein solches Portal.',
    period_inverted: 'Der Zeitraum endet, bevor er beginnt.',
    other: 'Ihre Zahlen lassen sich gerade nicht zeigen. Neuer Versuch folgt …',
  },
};

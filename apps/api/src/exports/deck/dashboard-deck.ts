import { showDates } from '../figures/show-dates.ts';
import { slideFacts, type DashboardFacts } from './dashboard-facts.ts';
import type { Deck } from './deck.ts';
import { footerOf } from './footer.ts';
import { campaignsSlide } from './slides/campaigns.ts';
import { clientsSlide } from './slides/clients.ts';
import { definitionsSlide } from './slides/definitions.ts';
import { figuresSlide } from './slides/figures.ts';
import { goalsSlide } from './slides/goals.ts';
import { headlineSlide } from './slides/headline.ts';
import { monthsSlide } from './slides/months.ts';
import { performanceSlide } from './slides/performance.ts';
import { problemsSlide } from './slides/problems.ts';
import { returnSlide } from './slides/return.ts';

/** What a dashboard says to those who decide, in ten slides at most: the message first, what proves it last. */
export function dashboardDeck({ dashboard, brand }: DashboardFacts): Deck {
  const facts = slideFacts({ dashboard, brand });
  const slides = [
    headlineSlide(facts),
    goalsSlide(facts),
    returnSlide(facts),
    monthsSlide(facts),
    performanceSlide(facts),
    campaignsSlide(facts),
    clientsSlide(facts),
    problemsSlide(facts),
    figuresSlide(facts),
    definitionsSlide(facts),
  ];
  return {
    title: `${brand.name}, ${showDates(dashboard.period)}`,
    brand,
    footer: footerOf(dashboard),
    slides: slides.filter((slide) => slide !== undefined),
  };
}

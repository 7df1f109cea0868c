import KpiDashboard from './dashboard/KpiDashboard.element.svelte';
import { askedTag, defineElement } from './define-element.ts';

/** Defines the agency's screen under a tag of your own, beside another version of it. */
export function defineKpiDashboard(tag: string): void {
  defineElement(KpiDashboard, tag);
}

defineKpiDashboard(askedTag(import.meta.url, 'agency-kpi-dashboard'));

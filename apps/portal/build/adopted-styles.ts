import type { Plugin } from 'vite';

const SVELTE_STYLES = /svelte\/src\/internal\/client\/dom\/css\.js$/;

/**
 * Has Svelte put the styles of components into `adoptedStyleSheets`: the `<style>` elements that it makes by itself are
 * forbidden by a page whose Content-Security-Policy allows no inline style.
 */
export function adoptedStyles(): Plugin {
  return {
    name: 'adopted-styles',
    enforce: 'pre',
    load: (id) => (SVELTE_STYLES.test(id) ? APPEND_STYLES : undefined),
  };
}

/** Takes the room out of the style sheets that Svelte writes into its components: it leaves them as they were typed. */
export function tightStyles(): Plugin {
  return {
    name: 'tight-styles',
    enforce: 'post',
    transform: (code, id) =>
      id.endsWith('.svelte')
        ? { code: code.replace(COMPONENT_STYLES, (sheet) => tight(sheet)), map: null }
        : undefined,
  };
}

const COMPONENT_STYLES = /const \$\$css = \{[^]*?\n\};/;

// Inside a string of JavaScript, where line breaks are written out.
function tight(sheet: string): string {
  return sheet
    .replaceAll(/(?:\\[nt]|\s)+/g, ' ')
    .replaceAll(/\/\*[^]*?\*\//g, '')
    .replaceAll(/\s*([{};,])\s*/g, '$1')
    .replaceAll(';}', '}');
}

// Stands where Svelte's own `append_styles` does; beyond the sheet it does as that does.
const APPEND_STYLES = `
import { effect } from '../reactivity/effects.js';
import { active_effect } from '../runtime.js';

const sheets = new Map();

export function append_styles(anchor, { hash, code }) {
  effect(() => {
    const node = active_effect?.parent?.nodes?.start ?? anchor;
    const root = node.getRootNode();
    let sheet = sheets.get(hash);
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(code);
      sheets.set(hash, sheet);
    }
    if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
  });
}
`;

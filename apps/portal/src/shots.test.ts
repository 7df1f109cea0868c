import { describe, expect } from 'vitest';
import { STORY_NOW, tellHotel } from './testing/client-story.ts';
import { test } from './testing/index.ts';

describe('shots', () => {
  test('hotel', async ({ world, visit }) => {
    const story = await tellHotel(world.api, 'harbor');
    const token = await story.token();
    const html = (attrs = '') => `<main><script type="module" src="/portal/agency-portal.js"></script>
        <agency-portal ${attrs} base-url="${world.api.url}" token="${token}"></agency-portal></main>`;
    const style = '@font-face{font-family:Arabic;src:url(/arabic.woff2)} body{margin:0;background:#eef0f4;font-family:"Open Sans",Arabic,sans-serif} main{max-width:1180px;margin:0 auto;padding:24px} html.dark body{background:#0f1218}';
    for (const [name, width, attrs, lang] of [['wide',1280,'','en'],['phone',360,'','en'],['dark',1280,'theme="dark"','en'],['ar',1000,'','ar'],['de',700,'','de']] as const) {
      const page = await visit({ body: html(attrs), style: name==='dark'?style.replace('#eef0f4','#0f1218'):style, lang, dir: lang==='ar'?'rtl':'ltr' }, { width, height: 900, now: STORY_NOW });
      await page.locator('agency-portal footer').waitFor({timeout:15000}).catch(()=>{});
      await page.waitForTimeout(500);
      await page.screenshot({ path: `/tmp/shots/${name}.png`, fullPage: true });
    }
    expect(1).toBe(1);
  }, 120_000);
});

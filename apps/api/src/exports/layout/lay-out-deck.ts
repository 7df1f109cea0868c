import { themeOf } from '../brand/theme.ts';
import type { Block, Deck, Slide, SlideRow } from '../deck/deck.ts';
import { typefaceOf } from '../type/typeface.ts';
import { layOutChart, LEAST_CHART_HEIGHT } from './chart.ts';
import { columnsOf, fitted, GAP, PLACES } from './geometry.ts';
import { headlineHeight, layOutHeadline } from './headline.ts';
import type { Box, Page, Part } from './scene.ts';
import { textPart, type Surroundings } from './surroundings.ts';
import { layOutTable, tableHeight } from './table.ts';
import { layOutText, textHeight } from './text.ts';
import { layOutTiles, TILE_HEIGHT } from './tiles.ts';

/** Where everything of a deck stands, page by page. Text is cut where it would leave its place. */
export function layOutDeck(deck: Deck): Page[] {
  const around = { theme: themeOf(deck.brand), typeface: typefaceOf(deck.brand.font) };
  return deck.slides.map((slide, index) => ({
    title: slide.title,
    notes: slide.notes,
    parts: [
      ...frameOf(deck, { slide, number: index + 1, around }),
      ...layOutRows(slide.rows, PLACES.body, around),
    ],
  }));
}

interface Framing {
  readonly slide: Slide;
  readonly number: number;
  readonly around: Surroundings;
}

/** What stands around the blocks of each slide. */
function frameOf({ brand, footer, slides }: Deck, { slide, number, around }: Framing): Part[] {
  const { theme } = around;
  const small = { size: 9, bold: false, color: theme.muted, valign: 'middle' } as const;
  return [
    { kind: 'area', box: PLACES.strip, fill: theme.band },
    textPart(slide.topic, around, {
      box: PLACES.topic,
      size: 12,
      bold: true,
      color: theme.brandInk,
    }),
    {
      ...textPart(slide.title, around, {
        box: PLACES.title,
        size: 26,
        bold: true,
        color: theme.ink,
        lines: 2,
      }),
      isTitle: true,
    },
    signOf(brand, around),
    { kind: 'area', box: PLACES.footerLine, fill: theme.line },
    textPart(footer, around, { box: PLACES.footer, ...small }),
    textPart(`${number} / ${slides.length}`, around, {
      box: PLACES.number,
      align: 'right',
      ...small,
    }),
  ];
}

/** Whose it is: a logo, else the name. */
function signOf({ logo, name }: Deck['brand'], around: Surroundings): Part {
  if (logo) {
    return { kind: 'logo', box: fitted(PLACES.logo, logo.width / logo.height), logo, name };
  }
  return textPart(name, around, {
    box: PLACES.logo,
    size: 12,
    bold: true,
    color: around.theme.brandInk,
    align: 'right',
    lines: 2,
  });
}

function layOutRows(rows: readonly SlideRow[], body: Box, around: Surroundings): Part[] {
  const heights = heightsOf(rows, body, around);
  let { y } = body;
  return rows.flatMap((row, index) => {
    const box = { ...body, y, h: heights[index] ?? 0 };
    y += box.h + GAP;
    const boxes = columnsOf(box, sharesOf(row));
    return row.blocks.flatMap((block, at) => layOutBlock(block, boxes[at] ?? box, around));
  });
}

/** Each row as high as it likes; charts take what is left, and where too little is, tables, text and charts give way. */
function heightsOf(rows: readonly SlideRow[], body: Box, around: Surroundings): number[] {
  const room = body.h - GAP * (rows.length - 1);
  const wishes = rows.map((row) => {
    const boxes = columnsOf(body, sharesOf(row));
    const heights = row.blocks.map((block, at) => wishOf(block, (boxes[at] ?? body).w, around));
    return {
      height: Math.max(...heights),
      isFixed: row.blocks.every(({ kind }) => kind === 'tiles' || kind === 'headline'),
      grows: row.blocks.some(({ kind }) => kind === 'chart'),
    };
  });
  const sum = (of: typeof wishes): number => of.reduce((total, { height }) => total + height, 0);
  const growing = wishes.filter(({ grows }) => grows);
  const spare = room - sum(wishes);
  if (spare >= 0) {
    return wishes.map(({ height, grows }) => height + (grows ? spare / growing.length : 0));
  }
  const giving = sum(wishes.filter(({ isFixed }) => !isFixed));
  return wishes.map(({ height, isFixed }) =>
    isFixed || giving === 0 ? height : Math.max(0, height + (spare * height) / giving),
  );
}

function sharesOf({ blocks, shares }: SlideRow): readonly number[] {
  return shares ?? blocks.map(() => 1);
}

function wishOf(block: Block, width: number, around: Surroundings): number {
  switch (block.kind) {
    case 'headline':
      return headlineHeight(block);
    case 'tiles':
      return TILE_HEIGHT;
    case 'table':
      return tableHeight(block);
    case 'chart':
      return LEAST_CHART_HEIGHT;
    case 'text':
      return textHeight(block, width, around);
  }
}

function layOutBlock(block: Block, box: Box, around: Surroundings): Part[] {
  switch (block.kind) {
    case 'headline':
      return layOutHeadline(block, box, around);
    case 'tiles':
      return layOutTiles(block, box, around);
    case 'table':
      return layOutTable(block, box, around);
    case 'chart':
      return layOutChart(block, box, around);
    case 'text':
      return layOutText(block, box, around);
  }
}

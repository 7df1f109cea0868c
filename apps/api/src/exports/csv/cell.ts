/** What a cell begins with that a spreadsheet would take for a formula, also after blanks and in full width. */
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/u;
/** The same after a sign that some languages part cells by, whatever the quotes around them. */
const FORMULA_AFTER_PART = /([;\t|])(?=\s*[=+\-@＝＋－＠])/gu;

/**
 * Text for a cell that stays text: an apostrophe before what would be a formula, which spreadsheets do not show.
 * Numbers of ours do not come through here, so that negative ones stay numbers.
 */
export function textCell(text: string): string {
  const parted = text.replaceAll(FORMULA_AFTER_PART, "$1'");
  return FORMULA.test(parted) ? `'${parted}` : parted;
}

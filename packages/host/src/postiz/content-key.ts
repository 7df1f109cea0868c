import { createHash } from 'node:crypto';

const MOST_LETTERS = 500;

/**
 * What the text of a post is known by, in a create call and in Postiz's list alike: without markup, addresses (Postiz
 * may shorten them), case and spacing.
 */
export function contentKeyOf(content: string): string {
  const plain = content
    .replaceAll(/<[^>]*>/gu, ' ')
    .replaceAll(/https?:\/\/\S+/gu, ' ')
    .replaceAll(/&nbsp;/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .toLowerCase()
    .slice(0, MOST_LETTERS);
  return createHash('sha256').update(plain).digest('base64url').slice(0, 22);
}

import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { knowledge, readablePaths } from '../../test/fixtures/fixtures.js';
import { placeOf } from '../editions/edition-text.js';
import { formatMarkdown } from '../editions/markdown-formats.js';
import { readIncoming } from './read-incoming.js';

describe('a body that was parsed with its page', () => {
  it.each(readablePaths)('%s is formatted as it would be by itself', (path) => {
    const bytes = readFileSync(path);
    const read = readIncoming({ path, fileName: 'page.txt', format: 'MARKDOWN', bytes }, knowledge);
    const { body, language } = read.reading.article;
    const place = placeOf({ articleId: read.newArticleId, language }, 'body');
    expect(read.body).toEqual(formatMarkdown(body, place));
  });
});
